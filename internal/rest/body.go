package rest

import (
	"io"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"hiwar/internal/wire"
)

// JSON is the body of a request, read strictly. An unreadable one is kept as
// the error it is, which huma's own reading would lose.
type JSON[B any] struct {
	value B
	err   error
}

func (j *JSON[B]) read(data []byte) { j.err = wire.Decode(data, &j.value) }

func (j *JSON[B]) failed() error { return j.err }

// Schema is the schema of B.
func (JSON[B]) Schema(r huma.Registry) *huma.Schema { return r.Schema(reflect.TypeFor[B](), true, "") }

// strictly is huma's format for JSON bodies.
var strictly = huma.Format{
	Marshal: huma.DefaultJSONFormat.Marshal,
	Unmarshal: func(data []byte, v any) error {
		v.(interface{ read([]byte) }).read(data)
		return nil
	},
}

// oneByteMore reads a body up to the limit; ok is false if it is longer.
func oneByteMore(r io.Reader, limit int64) (body []byte, ok bool, err error) {
	body, err = io.ReadAll(io.LimitReader(r, limit+1))
	return body, int64(len(body)) <= limit, err
}
