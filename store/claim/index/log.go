package index

import "math/bits"

// logTable holds 256 times the binary logarithm of 1 + i/256, rounded. It is
// made with integers only, since a processor's floating logarithm may differ in
// its last bit.
var logTable = makeLogTable()

func makeLogTable() (t [256]uint32) {
	for i := range t {
		x := uint64(256+i) << 22 // 1 + i/256 in 2.30 fixed point
		var frac uint32
		for range 10 { // ten binary digits of the logarithm, by squaring
			x = x * x >> 30
			frac <<= 1
			if x >= 2<<30 {
				x >>= 1
				frac |= 1
			}
		}
		t[i] = (frac + 2) / 4
	}
	return t
}

// log2 is 256 times the binary logarithm of n; n must not be 0.
func log2(n uint64) uint32 {
	exp := bits.Len64(n) - 1
	var mantissa uint64
	if exp >= 8 {
		mantissa = n >> (exp - 8) & 0xff
	} else {
		mantissa = n << (8 - exp) & 0xff
	}
	return uint32(exp)*256 + logTable[mantissa]
}

// rarity is a term's weight, 256 times log2(1 + (n-df+½)/(df+½)), for df of n
// documents (Robertson's inverse document frequency, kept above zero).
func rarity(df, n int) uint32 {
	if df > n {
		df = n
	}
	return log2(uint64(n+1)*2*256) - log2(uint64(2*df+1)*256)
}
