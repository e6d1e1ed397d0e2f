package access

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"math/bits"
)

// Work is what has been done, and how hard each part of it has to be; 0 is no
// work at all.
type Work struct {
	Zeros  int
	Answer []int
}

// WorkParts is in how many parts work is done. Each is a search, which takes
// some much longer than others; over several parts that evens out.
const WorkParts = 8

// Worked reports whether an answer is the work that a token asks for: for each
// part, in order, a number with which the hash begins with so many zero bits.
// The hash is SHA-256 of that of the token, the number of the part in one byte
// and the answer's in four, most significant first.
func Worked(token string, zeros int, answer []int) bool {
	if len(answer) != WorkParts {
		return false
	}
	seed := sha256.Sum256([]byte(token))
	for part, n := range answer {
		if !fits(seed, part, n, zeros) {
			return false
		}
	}
	return true
}

// DoWork finds the answer, as browsers do.
func DoWork(token string, zeros int) []int {
	answer := make([]int, WorkParts)
	seed := sha256.Sum256([]byte(token))
	for part := range answer {
		for !fits(seed, part, answer[part], zeros) {
			answer[part]++
		}
	}
	return answer
}

func fits(seed [sha256.Size]byte, part, n, zeros int) bool {
	if n < 0 || n > math.MaxUint32 {
		return false
	}
	text := binary.BigEndian.AppendUint32(append(seed[:], byte(part)), uint32(n))
	sum := sha256.Sum256(text)
	return bits.LeadingZeros32(binary.BigEndian.Uint32(sum[:4])) >= zeros
}
