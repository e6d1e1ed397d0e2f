package simulation

import (
	"fmt"
	"html"
	"math"
	"strings"
	"time"
)

// SVG is the day as pictures, one below the other: who came, how long they
// waited, and how many were answered in time. It needs nothing else to be
// shown, and follows the reader's light or dark.
func (r *Result) SVG() string {
	came, answered, abandoned, agents := r.series(), r.series(), r.series(), r.series()
	p50, p90, level := r.series(), r.series(), r.series()
	for i := range r.Intervals {
		f := &r.Intervals[i]
		came[i], answered[i], abandoned[i], agents[i] = float64(f.Came), float64(f.Answered), float64(f.Abandoned+f.NotServed), float64(f.Agents)
		p50[i], p90[i] = seconds(f.Wait(0.5)), seconds(f.Wait(0.9))
		if share, ok := f.ServiceLevel(); ok {
			level[i] = 100 * share
		}
	}
	plots := []plot{
		{"Customers and agents, by quarter of an hour", "", []line{{"came", came, 0}, {"answered", answered, 1}, {"left or not served", abandoned, 2}, {"agents on shift", agents, 3}}, 0},
		{"Wait of those answered", " s", []line{{"half waited less", p50, 0}, {"nine of ten waited less", p90, 2}}, 0},
		{"Service level", " %", []line{{"answered in time", level, 1}}, 100},
	}
	var b strings.Builder
	height := len(plots)*plotHeight + 40
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">`+"\n",
		plotWidth, height, plotWidth, height, html.EscapeString(r.Name))
	b.WriteString(plotStyle)
	fmt.Fprintf(&b, "<rect class=\"page\" width=\"%d\" height=\"%d\"/>\n<text class=\"name\" x=\"60\" y=\"26\">%s</text>\n", plotWidth, height, html.EscapeString(r.Name))
	for i, p := range plots {
		fmt.Fprintf(&b, "<g transform=\"translate(0 %d)\">\n", 40+i*plotHeight)
		r.draw(&b, p)
		b.WriteString("</g>\n")
	}
	b.WriteString("</svg>\n")
	return b.String()
}

const (
	plotWidth, plotHeight    = 880, 240
	left, right, top, bottom = 60.0, 860.0, 44.0, 200.0
	plotStyle                = `<style>
text{font:12px system-ui,sans-serif;fill:#33415c}.name{font-size:17px;font-weight:600}.title{font-size:14px;font-weight:600}.page{fill:#fff}
.grid{stroke:#dde3ec}.l{fill:none;stroke-width:2;stroke-linejoin:round}.k0{stroke:#2563c9}.k1{stroke:#15803d;stroke-dasharray:7 3}.k2{stroke:#b4232c;stroke-dasharray:2 3}.k3{stroke:#6b7280;stroke-dasharray:10 3 2 3}
@media(prefers-color-scheme:dark){text{fill:#d5deec}.page{fill:#10151f}.grid{stroke:#2a3444}.k0{stroke:#7fb0ff}.k1{stroke:#6ee7a0}.k2{stroke:#ff9b9b}.k3{stroke:#a3adbd}}
</style>
`
)

type plot struct {
	title, unit string
	lines       []line
	most        float64 // of the scale; 0 is as the lines need
}

type line struct {
	name   string
	values []float64 // NaN where there is none
	kind   int
}

// series is a value for each interval, none so far.
func (r *Result) series() []float64 {
	values := make([]float64, len(r.Intervals))
	for i := range values {
		values[i] = math.NaN()
	}
	return values
}

func seconds(d time.Duration, ok bool) float64 {
	if !ok {
		return math.NaN()
	}
	return d.Seconds()
}

func (r *Result) draw(b *strings.Builder, p plot) {
	most := p.most
	for _, l := range p.lines {
		for _, v := range l.values {
			if most < v && p.most == 0 {
				most = v
			}
		}
	}
	unit := ruler(most)
	most = math.Max(unit, math.Ceil(most/unit)*unit)
	fmt.Fprintf(b, "<text class=\"title\" x=\"%g\" y=\"16\">%s</text>\n", left, p.title)
	for v := 0.0; v <= most+unit/2; v += unit {
		y := bottom - v/most*(bottom-top)
		fmt.Fprintf(b, "<path class=\"grid\" d=\"M%g %.1fH%g\"/><text x=\"%g\" y=\"%.1f\" text-anchor=\"end\">%g%s</text>\n", left, y, right, left-6, y+4, v, p.unit)
	}
	r.hours(b)
	x := left
	for _, l := range p.lines {
		fmt.Fprintf(b, "<path class=\"l k%d\" d=\"M%g 30h24\"/><text x=\"%g\" y=\"34\">%s</text>\n", l.kind, x, x+30, l.name)
		x += 60 + 7*float64(len(l.name))
		b.WriteString(r.path(l, most))
	}
}

// path is a line, interrupted where it has no value.
func (r *Result) path(l line, most float64) string {
	var d strings.Builder
	pen := "M"
	for i, v := range l.values {
		if math.IsNaN(v) {
			pen = "M"
			continue
		}
		fmt.Fprintf(&d, "%s%.1f %.1f", pen, r.x(r.Intervals[i].Begin.Add(interval/2)), bottom-v/most*(bottom-top))
		pen = "L"
	}
	if d.Len() == 0 {
		return ""
	}
	return fmt.Sprintf("<path class=\"l k%d\" d=\"%s\"/>\n", l.kind, d.String())
}

func (r *Result) x(at time.Time) float64 {
	return left + (right-left)*float64(at.Sub(r.From))/float64(r.To.Sub(r.From))
}

// hours are the times below a plot, not closer than people can read.
func (r *Result) hours(b *strings.Builder) {
	every := time.Hour
	for r.To.Sub(r.From)/every > 14 {
		every *= 2
	}
	for at := r.From; !at.After(r.To); at = at.Add(every) {
		fmt.Fprintf(b, "<text x=\"%.1f\" y=\"%g\" text-anchor=\"middle\">%s</text>\n", r.x(at), bottom+18, at.In(r.Zone).Format("15:04"))
	}
}

// ruler is a round number that divides the scale into three to six.
func ruler(most float64) float64 {
	if most <= 0 {
		return 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(most/3)))
	for _, times := range []float64{1, 2, 5, 10} {
		if most/(unit*times) <= 6 {
			return math.Max(1, unit*times)
		}
	}
	return math.Max(1, unit*10)
}
