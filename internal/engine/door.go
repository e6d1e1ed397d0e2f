package engine

import (
	"context"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
)

// Door is what anybody may know of an asset before they write: whether it is
// open, when it opens, and whether a message can be left.
func (e *Engine) Door(ctx context.Context, o id.Org, a id.Asset) (routing.Door, error) {
	return answer(ctx, e, o, func(f *floor, now time.Time) (routing.Door, error) {
		d, ok := f.state.Door(a, now)
		if !ok {
			return d, problem.New(problem.WidgetNotFound)
		}
		return d, nil
	})
}
