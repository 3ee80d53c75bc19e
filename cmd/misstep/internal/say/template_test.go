package say

import (
	"strings"
	"testing"
	"text/template"
)

// TestLines: what begins with a blank goes on with the line before, and empty lines are
// none. Catches a sentence that is broken where its template is.
func TestLines(t *testing.T) {
	set := template.Must(template.New("").Parse(`{{define "x"}}
one {{.}}
  goes on{{if .}};
  and on{{end}}

{{with .}}two {{.}}.{{end}}
{{end}}`))
	for with, want := range map[string]string{"": "one goes on", "a": "one a goes on; and on|two a."} {
		if got := strings.Join(Lines(set, "x", with), "|"); got != want {
			t.Errorf("%q: %q, want %q", with, got, want)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a template that is not there says something")
		}
	}()
	Text(set, "y", nil)
}
