package routing

import (
	"fmt"
	"math"
	"strings"
)

const (
	measureWidth, measureHeight = 880, 420
	measureStyle                = `<style>
text{font:12px system-ui,sans-serif;fill:#33415c}.title{font-size:15px;font-weight:600}.page{fill:#fff}.grid{stroke:#dde3ec}.bound{stroke:#b4232c;stroke-dasharray:2 4}
.l{fill:none;stroke-width:2}.freed{stroke:#2563c9}.arrived{stroke:#15803d}.day{stroke:#a05a00}.logn{stroke:#6b7280}.p99{stroke-dasharray:8 4}
@media(prefers-color-scheme:dark){text{fill:#d5deec}.page{fill:#10151f}.grid{stroke:#2a3444}.freed{stroke:#7fb0ff}.arrived{stroke:#6ee7a0}.day{stroke:#ffbf6b}.logn{stroke:#a3adbd}.bound{stroke:#ff9b9b}}
</style>
`
)

// drawMeasures draws what decisions took by the number of agents, both scales
// logarithmic, with what was promised and with log n beside it.
func drawMeasures(all []measure) string {
	const most, least = 10_000.0, 1.0 // microseconds
	x := func(agents float64) float64 { return 70 + (math.Log10(agents)-2)/2*520 }
	y := func(µs float64) float64 {
		return 380 - math.Log10(math.Max(least, math.Min(most, µs))/least)/math.Log10(most/least)*320
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="Time of a decision by the number of agents">`+"\n",
		measureWidth, measureHeight, measureWidth, measureHeight)
	b.WriteString(measureStyle)
	fmt.Fprintf(&b, "<rect class=\"page\" width=\"%d\" height=\"%d\"/>\n<text class=\"title\" x=\"70\" y=\"26\">Time of a decision by the number of agents</text>\n", measureWidth, measureHeight)
	for µs := least; µs <= most; µs *= 10 {
		fmt.Fprintf(&b, "<path class=\"grid\" d=\"M70 %.1fH590\"/><text x=\"62\" y=\"%.1f\" text-anchor=\"end\">%g µs</text>\n", y(µs), y(µs)+4, µs)
	}
	for agents := 100.0; agents <= 10_000; agents *= 10 {
		fmt.Fprintf(&b, "<path class=\"grid\" d=\"M%.1f 60V380\"/><text x=\"%.1f\" y=\"400\" text-anchor=\"middle\">%g agents</text>\n", x(agents), x(agents), agents)
	}
	for _, bound := range []struct {
		µs   float64
		name string
	}{{50, "half at most 50 µs"}, {1000, "99 of 100 at most 1 ms"}} {
		fmt.Fprintf(&b, "<path class=\"bound\" d=\"M70 %.1fH590\"/><text x=\"76\" y=\"%.1f\">%s</text>\n", y(bound.µs), y(bound.µs)-5, bound.name)
	}
	row := 150.0
	line := func(class, name string, points []string) {
		fmt.Fprintf(&b, "<path class=\"l %s\" d=\"M%s\"/>\n<path class=\"l %s\" d=\"M600 %.0fh30\"/><text x=\"638\" y=\"%.0f\">%s</text>\n", class, strings.Join(points, "L"), class, row, row+4, name)
		row += 20
	}
	for _, what := range []string{"freed", "arrived", "day"} {
		names := map[string]string{"freed": "a slot becomes free", "arrived": "a customer comes", "day": "all of a day"}
		var half, nearly []string
		for _, m := range all {
			if m.what == what {
				half = append(half, fmt.Sprintf("%.1f %.1f", x(float64(m.agents)), y(m.p50)))
				nearly = append(nearly, fmt.Sprintf("%.1f %.1f", x(float64(m.agents)), y(m.p99)))
			}
		}
		line(what, names[what]+", half", half)
		line(what+" p99", names[what]+", 99 of 100", nearly)
	}
	var grows []string
	for _, agents := range []float64{100, 1000, 10_000} {
		grows = append(grows, fmt.Sprintf("%.1f %.1f", x(agents), y(all[0].p50*math.Log(agents)/math.Log(100))))
	}
	line("logn", "as log n grows", grows)
	b.WriteString("</svg>\n")
	return b.String()
}
