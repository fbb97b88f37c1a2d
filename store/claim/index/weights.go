package index

// DefaultModel is the model of this version, as printed by store/claim/fit.
func DefaultModel() Model {
	return Model{
		Rank: Evidence{Lead: 7476, QueryFound: -481, TextFound: 1426, TitleFound: 1697, Neighbours: -13, NamesFound: 297, NamesMissed: -76, NumbersFound: -726, NumbersNear: 336, NumbersMissed: -281, QuotedFound: 1933, NearDay: 4397, FarDay: -1482, Rarest: 2033, Weight: 1026, Pairs: 1043, InLine: 1953, InLineText: 1078, Alike: 3545, Length: -402},
		Sure: Evidence{Bias: -3879, Lexical: 753, Lead: -930, QueryFound: 1081, TextFound: 1316, TitleFound: 1597, BothFound: -1246, Neighbours: 740, LongestRun: -1686, NamesFound: -420, NamesMissed: 24, NumbersFound: -166, NumbersNear: 94, NumbersMissed: -771, QuotedFound: -118, NearDay: 1872, FarDay: -309, Rarest: 1341, Weight: 1805, Pairs: 1009, InLine: 610, InLineText: -21, Alike: 644, Length: -182, Gap: 479},
	}
}
