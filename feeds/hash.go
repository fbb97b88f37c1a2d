package feeds

import (
	"encoding/binary"
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// The constants of hash64, odd and without pattern.
const (
	hashA = 0xa0761d6478bd642f
	hashB = 0xe7037ed1a0b428db
)

// hash64 is a fast hash of bytes that stays the same from run to run: cursors
// hold it. It mixes eight bytes at a time by a 128-bit product, as wyhash does,
// and is no protection against somebody who looks for collisions: the worst
// that one does is to hide an item of a feed that is their own.
func hash64[T string | []byte](seed uint64, data T) uint64 {
	h := seed ^ hashA ^ uint64(len(data))
	var last [8]byte
	i := 0
	for ; i+8 <= len(data); i += 8 {
		h = mix(h^load(data, i), hashB)
	}
	for j := 0; i < len(data); i, j = i+1, j+1 {
		last[j] = data[i]
	}
	return mix(h^binary.LittleEndian.Uint64(last[:]), hashA)
}

func load[T string | []byte](data T, i int) uint64 {
	return uint64(data[i]) | uint64(data[i+1])<<8 | uint64(data[i+2])<<16 | uint64(data[i+3])<<24 |
		uint64(data[i+4])<<32 | uint64(data[i+5])<<40 | uint64(data[i+6])<<48 | uint64(data[i+7])<<56
}

func mix(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}

// hashWords is the hash of a text's letters and digits alone: white space,
// punctuation and case may change without the words changing.
func hashWords(text string) uint64 {
	h := uint64(hashB)
	var buffer [64]byte
	n := 0
	for _, r := range text {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			buffer[n] = byte(r)
			n++
		case r >= 'A' && r <= 'Z':
			buffer[n] = byte(r) + 'a' - 'A'
			n++
		case r >= 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			n += utf8.EncodeRune(buffer[n:], unicode.ToLower(r))
		default:
			continue
		}
		if n > len(buffer)-8 {
			h = hash64(h, buffer[:n])
			n = 0
		}
	}
	return hash64(h, buffer[:n])
}
