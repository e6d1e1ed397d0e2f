package engine_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"hiwar/internal/engine"
	"hiwar/internal/id"
)

// Durable messages a second, end to end through the engine on a real file:
// each conversation is a few messages ahead of its answers, as a page is that
// sends what somebody wrote while it was away.
//
//	go test ./internal/engine -run '^$' -bench Messages
func BenchmarkMessages(b *testing.B) {
	for _, conversations := range []int{1, 10, 100, 1000} {
		b.Run(fmt.Sprint(conversations), func(b *testing.B) { benchmarkMessages(b, conversations) })
	}
}

// ahead is how many messages of a conversation are not answered yet.
const ahead = 8

func benchmarkMessages(b *testing.B, conversations int) {
	c := newCentre(b)
	var all []id.Conversation
	for n := range conversations {
		all = append(all, c.write(n, "hello"))
	}
	b.ReportAllocs()
	rounds := c.Counts().Rounds.Load()
	var left atomic.Int64
	left.Store(int64(b.N))
	var senders sync.WaitGroup
	b.ResetTimer()
	cpu := cpuTime(b)
	for n, conv := range all {
		senders.Go(func() {
			flight := make(chan struct{}, ahead)
			for i := 0; left.Add(-1) >= 0; i++ {
				flight <- struct{}{}
				q := engine.Request{Actor: customer(n), CommandID: fmt.Sprintf("0b3e7a52-9b3f-4c51-8f6e-%012d", i), Command: engine.SendMessage{Conversation: conv, Text: "أين طلبي؟ رقمه 10294 منذ يوم الأحد"}}
				c.Submit(q, func(_ engine.Reply, err error) {
					if err != nil {
						b.Error(err)
					}
					<-flight
				})
			}
			for range ahead { // all are answered
				flight <- struct{}{}
			}
		})
	}
	senders.Wait()
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
	b.ReportMetric(float64(b.N)/float64(c.Counts().Rounds.Load()-rounds), "messages/commit")
	b.ReportMetric(float64((cpuTime(b)-cpu).Nanoseconds())/1000/float64(b.N), "cpu-µs/message")
}
