// Package wire reads what strangers send: JSON, strictly, within limits.
//
// The standard decoder takes the last of two equal keys, matches keys in any
// letter case, ignores what follows the value and replaces broken UTF-8 in
// silence; each of these lets two programs read one message differently. Here
// every such input is refused with a [problem.Problem] that says what is
// wrong and where. Whatever is accepted, encoding/json reads the same way; a
// fuzz test holds the package to that.
//
// It does not know what a message means, and it does not judge text: control
// characters, lengths and the like are package text's.
package wire

// The limits. They are part of the API: raising one is harmless, lowering one
// breaks callers.
const (
	MaxBody    = 64 << 10 // bytes of a request
	MaxFrame   = 32 << 10 // bytes of a socket frame
	MaxDepth   = 16       // arrays and objects inside one another
	MaxMembers = 256      // members of one object, elements of one array
)

// Decode parses data and stores it in the struct that dst points to. On error
// dst may be partly filled and must not be used.
func Decode(data []byte, dst any) error {
	v, err := Parse(data)
	if err != nil {
		return err
	}
	return v.Into(dst)
}

// MaxID is the length of the longest identifier a caller may give a command.
const MaxID = 64

// ValidID reports whether s can be the identifier of a command or message:
// 1 to 64 printable ASCII characters without spaces.
func ValidID(s string) bool {
	if s == "" || len(s) > MaxID {
		return false
	}
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
