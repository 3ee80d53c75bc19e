package report

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/decide"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/study/decision"
)

// TestDecisionInReport: a decision that is stored answers whether to keep it, in the brief and on the page, with its
// picture; one that is changed is refused at its place.
func TestDecisionInReport(t *testing.T) {
	const said = "The forum pays if accountability forgone counts less than 0.72 of a misstep."
	stored := say.JSON(&decide.Report{Format: 1, Answer: said,
		Result: decision.Result{Weights: []decision.Weight{}, At: []decision.At{}, Turns: []decision.Turn{}}})
	if _, err := decide.Read("decide.json", stored); err != nil {
		t.Fatal(err)
	}
	r := invented()
	r.further = map[string]*analysis{"decide": {Figure: Figure{ID: "decide", picture: []byte("<svg/>"), alt: "a line"},
		file: "decide/decide.svg", json: stored}}
	has(t, pageOf(t, r, false), "**Should we keep it?** "+said, "### Does it pay, and on what does that hang",
		"![a line](decide/decide.svg)")
	r.brief = true
	has(t, pageOf(t, r, false), "**Should we keep it?** "+said)
	for was, now := range map[string]string{`"answer"`: `"anser"`, said: `\u001b`, `"at": []`: `"at": 3`} {
		if _, err := decide.Read("decide.json", []byte(strings.Replace(string(stored), was, now, 1))); err == nil ||
			!strings.HasPrefix(err.Error(), "decide.json: ") || !strings.HasSuffix(err.Error(), "run misstep decide again") {
			t.Errorf("%s: %v", now, err)
		}
	}
}
