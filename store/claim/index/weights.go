package index

// DefaultModel is the model of this version, as printed by store/claim/fit.
func DefaultModel() Model {
	return Model{
		Rank: Evidence{Lead: 7574, QueryFound: -704, TextFound: 1749, TitleFound: 1635, Neighbours: -475, NamesFound: 351, NamesMissed: -74, NumbersFound: -849, NumbersNear: 523, NumbersMissed: -251, QuotedFound: 2126, NearDay: 4482, FarDay: -1390, Rarest: 2091, Weight: 1621, Pairs: 1071, InLine: 1837, InLineText: 1101, Alike: 3839, Length: -567},
		Sure: Evidence{Bias: -3922, Lexical: 685, Lead: -900, QueryFound: 1138, TextFound: 1265, TitleFound: 1640, BothFound: -1342, Neighbours: 755, LongestRun: -1580, NamesFound: -416, NamesMissed: 30, NumbersFound: -103, NumbersNear: 32, NumbersMissed: -786, QuotedFound: -146, NearDay: 1837, FarDay: -282, Rarest: 1323, Weight: 1851, Pairs: 982, InLine: 609, InLineText: -48, Alike: 593, Length: -174, Gap: 481},
	}
}
