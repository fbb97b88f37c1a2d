package index

// Model is the second step: what each kind of evidence counts, in thousandths.
// Rank orders the candidates of one query; Sure says of the best one how likely
// it says the same, so that scores of different queries can be compared. Both
// were fitted by the program store/claim/fit; the meaning of each kind of
// evidence stands with the Feature constants.
type Model struct {
	Rank Evidence
	Sure Evidence
}

// sum is the weighted evidence in thousandths.
func (w *Evidence) sum(e *Evidence) int64 {
	var s int64
	for f := range e {
		s += int64(w[f]) * int64(e[f])
	}
	return s / 1000
}

// logistic is a million times 1/(1+exp(-x/1000)), by a table and straight lines
// between its points: integers only.
func logistic(x int64) int64 {
	const step, last = 250, int64(len(logisticTable)-1) * 250
	neg := x < 0
	if neg {
		x = -x
	}
	x = min(x, last-1)
	i, r := x/step, x%step
	y := logisticTable[i] + (logisticTable[i+1]-logisticTable[i])*r/step
	if neg {
		return 1_000_000 - y
	}
	return y
}

// logisticTable holds a million times the logistic function at 0, ¼, ½ … 16.
var logisticTable = [...]int64{
	500000, 562177, 622459, 679179, 731059, 777300, 817574, 851953,
	880797, 904651, 924142, 939913, 952574, 962673, 970688, 977023,
	982014, 985936, 989013, 991423, 993307, 994780, 995930, 996827,
	997527, 998073, 998499, 998830, 999089, 999290, 999447, 999569,
	999665, 999739, 999797, 999842, 999877, 999904, 999925, 999942,
	999955, 999965, 999972, 999979, 999983, 999987, 999990, 999992,
	999994, 999995, 999996, 999997, 999998, 999998, 999999, 999999,
	999999, 999999, 999999, 1000000, 1000000, 1000000, 1000000, 1000000,
	1000000,
}
