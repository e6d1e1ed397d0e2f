package store

import (
	"fmt"
	"strings"

	"hiwar/internal/engine"
)

// fault is what an error of the database means to us.
type fault int

const (
	unclear  fault = iota // it may or may not have happened; ask again
	conflict              // a rule of the schema was violated
	broken                // the medium or the file cannot be trusted any more
)

// SQLite's primary result codes; the extended ones carry more in their higher
// bytes. They are the same in every driver because they are SQLite's.
const (
	codeIOErr      = 10
	codeCorrupt    = 11
	codeConstraint = 19
	codeNotADB     = 26

	codeIOErrWrite   = codeIOErr | 3<<8
	codeIOErrNoMem   = codeIOErr | 12<<8
	codeIOErrSHMSize = codeIOErr | 19<<8
)

// sqliteFault sorts an extended result code of SQLite. A full disk (13), a lock
// (5, 6) and a lack of memory (7) pass: the transaction was rolled back. So does
// a write that was refused: nothing of it can be taken for stored, and it is
// also how the driver reports a disk that is really full. A sync that failed
// does not pass, because trying it again may succeed without what was lost.
func sqliteFault(code int) fault {
	switch code {
	case codeIOErrWrite, codeIOErrNoMem, codeIOErrSHMSize:
		return unclear
	}
	switch code & 0xff {
	case codeConstraint:
		return conflict
	case codeIOErr, codeCorrupt, codeNotADB:
		return broken
	}
	return unclear
}

// meaning wraps an error of a commit in what the engine acts upon.
func (d dialect) meaning(err error) error {
	switch d.fault(err) {
	case conflict:
		return fmt.Errorf("%w: %w", engine.ErrConflict, err)
	case broken:
		return fmt.Errorf("%w: %w", engine.ErrBroken, err)
	case unclear:
	}
	return err
}

// postgresFault sorts a SQLSTATE. Of class 23 are the rules of the schema; what
// happens to a server's medium is the server's to act upon.
func postgresFault(state string) fault {
	if strings.HasPrefix(state, "23") {
		return conflict
	}
	return unclear
}
