package sim

import (
	"context"
	"time"
)

// quiet is how long a customer waits for the agent to write on before
// answering.
const quiet = 2500 * time.Millisecond

// customer plays one visit from the question to the end.
func (p *player) customer(ctx context.Context, v Visit) {
	chat, err := p.Server.Visit(ctx, v)
	if err != nil {
		p.Log.DebugContext(ctx, "a simulated customer was not let in", "visit", v.Number, "err", err)
		return
	}
	defer chat.Close()
	if p.converse(ctx, chat, v) == timeUp {
		if err := chat.End(ctx); err != nil {
			p.Log.DebugContext(ctx, "a simulated customer could not end the chat", "visit", v.Number, "err", err)
		}
	}
}

// outcome is how a wait ended.
type outcome int

const (
	over     outcome = iota // the chat, or the whole play
	happened                // what was waited for
	timeUp                  // nothing, for long enough
)

// converse says what v has to say. If it is timeUp the customer wants to
// leave; otherwise there is nothing left to leave.
func (p *player) converse(ctx context.Context, chat Chat, v Visit) outcome {
	for _, step := range v.Steps {
		if o := p.answered(ctx, chat, v.Patience); o != happened {
			return o
		}
		if p.settled(ctx, chat) == over || !p.say(ctx, chat, step) {
			return over
		}
	}
	return p.listen(ctx, chat, v.Linger, nil)
}

// answered waits for something an agent wrote. Whoever sees that an agent has
// come is patient again.
func (p *player) answered(ctx context.Context, chat Chat, patience time.Duration) outcome {
	return p.listen(ctx, chat, patience, func(n ChatNews) (done, again bool) { return n == ChatAnswer, n == ChatJoined })
}

// settled waits until the agent has written nothing for a moment: timeUp.
func (p *player) settled(ctx context.Context, chat Chat) outcome {
	return p.listen(ctx, chat, quiet, func(ChatNews) (done, again bool) { return false, true })
}

// listen hears news until judge says that it is done, or for d without the
// wait being begun again.
func (p *player) listen(ctx context.Context, chat Chat, d time.Duration, judge func(ChatNews) (done, again bool)) outcome {
	t := time.NewTimer(p.real(d))
	defer t.Stop()
	for {
		select {
		case n, ok := <-chat.News():
			if !ok || n == ChatOver {
				return over
			}
			if judge == nil {
				continue
			}
			done, again := judge(n)
			if done {
				return happened
			}
			if again {
				t.Reset(p.real(d))
			}
		case <-t.C:
			return timeUp
		case <-ctx.Done():
			return over
		}
	}
}

func (p *player) say(ctx context.Context, chat Chat, s Step) bool {
	if !p.wait(ctx, s.Read) {
		return false
	}
	for _, line := range s.Lines {
		_ = chat.Typing(ctx, true) // a signal that may be lost
		if !p.wait(ctx, line.Typing) {
			return false
		}
		if err := chat.Say(ctx, line.Text); err != nil {
			p.Log.DebugContext(ctx, "a simulated customer could not write", "err", err)
			return false
		}
	}
	return true
}
