package claim

// logisticTable holds a thousand times 1/(1+exp(-x)) for x = 0, ¼, ½ … 8.
var logisticTable = [...]int64{
	500, 562, 622, 679, 731, 777, 818, 852, 881, 905, 924, 940, 953, 963, 971, 977,
	982, 986, 989, 991, 993, 995, 996, 997, 998, 998, 999, 999, 999, 999, 999, 1000, 1000,
}

// logistic turns thousandths of a logit into thousandths of a chance, with
// integers only: a floating exponential differs between processors.
func logistic(x int64) Score {
	const step = 250
	neg := x < 0
	if neg {
		x = -x
	}
	x = min(x, step*int64(len(logisticTable)-1)-1)
	i, r := x/step, x%step
	y := logisticTable[i] + (logisticTable[i+1]-logisticTable[i])*r/step
	if neg {
		y = 1000 - y
	}
	return Score(y)
}
