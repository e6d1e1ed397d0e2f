package ws

import "hiwar/internal/problem"

// closing is how the server ends a connection. The range of the code says what
// the client does next: 44xx come back, 45xx stay away.
type closing struct {
	code   int
	reason string
}

var (
	closeRestart   = closing{1012, "restarting"}
	closeProtocol  = closing{1002, "protocol"}
	closeBinary    = closing{1003, "binary"}
	closeUTF8      = closing{1007, "invalid_utf8"}
	closeNotJSON   = closing{1008, "bad_json"}
	closeInternal  = closing{1011, "internal"}
	closeAuth      = closing{4401, "auth"}
	closeSlow      = closing{4408, string(problem.SlowConsumer)}
	closeSeqAhead  = closing{4409, string(problem.SeqAhead)}
	closeSignedOut = closing{4501, "signed_out"}
	closeForbidden = closing{4503, "forbidden"}
)
