package report

import (
	"math"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/study/sensitivity"
)

// TestCheckSensitivity: what the command writes passes, and what it does not is refused with its place.
func TestCheckSensitivity(t *testing.T) {
	open := sensitivity.End(math.NaN())
	text := string(say.JSON(&sensitivity.Report{Groups: []sensitivity.Group{{Label: "choice.price", Numbers: 1}},
		Outputs: []sensitivity.OutputReport{{Steps: []sensitivity.Indices{{Total: []sensitivity.Index{{Low: open}}}}}}}))
	if err := checkSensitivity("s.json", []byte(text)); err != nil {
		t.Error(err)
	}
	for was, now := range map[string]string{`"points"`: `"pints"`, "choice.price": `\u001b`,
		`"numbers": 1`: `"numbers": []`} {
		if err := checkSensitivity("s.json", []byte(strings.Replace(text, was, now, 1))); err == nil ||
			!strings.HasPrefix(err.Error(), "s.json: ") {
			t.Errorf("%s: %v", now, err)
		}
	}
}
