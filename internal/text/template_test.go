package text

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestParseTemplate(t *testing.T) {
	type parsed struct {
		Name, Text string
		Parts      [][2]string
		Faults     [][2]any
	}
	for _, c := range cases[parsed](t, "template.json") {
		t.Run(c.Name, func(t *testing.T) {
			parts, faults := ParseTemplate(c.Text)
			var gotParts [][2]string
			for _, p := range parts {
				gotParts = append(gotParts, [2]string{string(p.Kind), p.Value})
			}
			var gotFaults [][2]any
			for _, f := range faults {
				gotFaults = append(gotFaults, [2]any{f.Reason, float64(f.Position)})
			}
			if diff := cmp.Diff(c.Parts, gotParts, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("parts (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.Faults, gotFaults, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever the text is, nothing of it is lost and no two texts stand side by
// side.
func FuzzParseTemplate(f *testing.F) {
	for _, seed := range []string{"", "@@queue <a>", "<a\n>", "@@@", "<<>>", "e\u0301<é>", "\xff<", "@@customer_name"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		parts, faults := ParseTemplate(in)
		var out strings.Builder
		before := TemplateVariable
		for _, p := range parts {
			switch p.Kind {
			case TemplateVariable:
				out.WriteString("@@" + p.Value)
			case TemplateField:
				out.WriteString("<" + p.Value + ">")
			default:
				out.WriteString(p.Value)
				if before == TemplateText || p.Value == "" {
					t.Errorf("%q: text beside text or empty: %v", in, parts)
				}
			}
			before = p.Kind
		}
		if out.String() != NormalizeMessage(in) {
			t.Errorf("%q came back as %q", in, out.String())
		}
		if len(faults) == 0 {
			for _, p := range parts {
				if p.Kind == TemplateText && strings.ContainsAny(p.Value, "<>") {
					t.Errorf("%q: a sign is left in %v and nothing is wrong", in, parts)
				}
			}
		}
	})
}
