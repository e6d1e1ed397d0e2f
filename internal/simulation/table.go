package simulation

import (
	"fmt"
	"strings"
	"time"
)

// Table is the result for a terminal.
func (r *Result) Table() string {
	var b strings.Builder
	local := func(t time.Time) string { return t.In(r.Zone).Format("2006-01-02 15:04") }
	fmt.Fprintf(&b, "%s\n%s to %s (%s), seed %d, %d customers, %d agents\n\n", r.Name, local(r.From), local(r.To), r.Zone, r.Seed, r.All.Came, r.Staff.Agents)
	rows := [][]string{{"queue", "came", "answered", "abandoned", "rate", "not served", "waiting", "wait p50", "p90", "longest", "service level"}}
	figures := r.Queues
	if len(figures) > 1 {
		figures = append(figures[:len(figures):len(figures)], r.All)
	}
	for i := range figures {
		rows = append(rows, figures[i].row())
	}
	writeColumns(&b, rows)
	r.writeLimits(&b, figures)
	r.writeMessages(&b, figures)
	r.writeEstimates(&b, figures)
	s := &r.Staff
	fmt.Fprintf(&b, "\nrequests   %d offered, %d accepted, %d missed (RONA %s)\n", s.Requests, s.Accepted, s.Missed, percent(s.RONARate()))
	fmt.Fprintf(&b, "occupancy  %s of %s\n", percent(s.Occupancy()), (s.Busy + s.Idle).Round(time.Minute))
	return b.String()
}

// writeLimits says what hours and limits did, where there are any.
func (r *Result) writeLimits(b *strings.Builder, figures []Figures) {
	if !r.Limited {
		return
	}
	rows := [][]string{{"limits", "turned away: closed", "full", "moved on", "not served: too long", "queue closed"}}
	for i := range figures {
		f := &figures[i]
		rows = append(rows, append([]string{f.Name}, numbers(f.Closed, f.Full, f.Moved, f.TooLong, f.NotServed-f.TooLong)...))
	}
	b.WriteString("\n")
	writeColumns(b, rows)
}

// writeMessages says how many messages were left and how long they lay, where
// any could be left.
func (r *Result) writeMessages(b *strings.Builder, figures []Figures) {
	if !r.Messages {
		return
	}
	rows := [][]string{{"left messages", "left", "answered", "still there", "after p50", "p90", "longest"}}
	for i := range figures {
		f := &figures[i]
		row := append([]string{f.Name}, numbers(f.Left, f.Replied, f.Left-f.Replied)...)
		rows = append(rows, append(row, duration(f.Reply(0.5)), duration(f.Reply(0.9)), duration(f.Reply(1))))
	}
	b.WriteString("\n")
	writeColumns(b, rows)
}

// writeEstimates compares what people were told with what came, where anybody
// was told anything.
func (r *Result) writeEstimates(b *strings.Builder, figures []Figures) {
	if r.All.Estimates.Told == 0 {
		return
	}
	rows := [][]string{{"estimated wait", "told", "answered", "inside", "sooner", "later", "off on average"}}
	for i := range figures {
		e := &figures[i].Estimates
		part := func(n int) string { return percent(share(n, e.Answered)) }
		rows = append(rows, append(append([]string{figures[i].Name}, numbers(e.Told, e.Answered)...), part(e.Inside), part(e.Sooner), part(e.Later), duration(e.MeanOff())))
	}
	b.WriteString("\n")
	writeColumns(b, rows)
}

func numbers(list ...int) (texts []string) {
	for _, n := range list {
		texts = append(texts, fmt.Sprint(n))
	}
	return texts
}

func (f *Figures) row() []string {
	number := func(n int) string { return fmt.Sprint(n) }
	level := percent(f.ServiceLevel())
	if f.Within > 0 {
		level += " in " + f.Within.String()
	}
	return []string{
		f.Name, number(f.Came), number(f.Answered), number(f.Abandoned), percent(f.AbandonRate()), number(f.NotServed), number(f.Waiting),
		duration(f.Wait(0.5)), duration(f.Wait(0.9)), duration(f.Wait(1)), level,
	}
}

// writeColumns writes rows with the first column to the left and the others to
// the right.
func writeColumns(b *strings.Builder, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-len([]rune(cell)))
			if i == 0 {
				line.WriteString(cell + pad)
			} else {
				line.WriteString("  " + pad + cell)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}

func percent(share float64, ok bool) string {
	if !ok {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*share)
}

func duration(d time.Duration, ok bool) string {
	if !ok {
		return "–"
	}
	return d.Round(time.Second).String()
}
