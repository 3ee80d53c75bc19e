package handover

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/summary"
)

// TestAltOfAnalyses: the picture of a further command is described as it describes
// itself, with its intervals; one that does not is pointed to its table.
func TestAltOfAnalyses(t *testing.T) {
	in := &figure.WhyInput{Outcome: "missteps", Unit: small.PerCases, Uncertain: true,
		Rows: []figure.WhyRow{{Label: "a & b", Estimate: small.Est(-.17, .02, -.31, -.05), Verdict: summary.Better}}}
	files, err := figure.Why(in, figure.Options{Formats: []string{"svg"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		picture []byte
		want    string
	}{
		{files[0].Data, strings.ReplaceAll(figure.WhyAlt(in), "\u00a0", " ")},
		{[]byte("\x89PNG"), "Says. The numbers are in the table below the figure."},
	} {
		f := analysisBlocks(&analysisFolder{name: "why", picture: c.picture}, "", "Title", "Says.",
			"misstep why")[0].(report.Figure)
		if f.Alt != c.want {
			t.Errorf("%q, want %q", f.Alt, c.want)
		}
	}
	if !strings.Contains(figure.WhyAlt(in), "a & b −0.17 (−0.31 to −0.05)") {
		t.Error(figure.WhyAlt(in))
	}
}

// TestAvailabilityEndsWhereItCan: no share of days or of moments goes beyond 100.
func TestAvailabilityEndsWhereItCan(t *testing.T) {
	a := &summary.Arm{Name: "with-forum",
		Forum: summary.Forum{AtNeed: small.Est(.05, .01, -.02, .4), Uptime: small.Est(.97, .01, .6, 1.04)}}
	want := "With the forum, the channel is up at 5 (0 to 40) of 100 moments of need, and on 97 (60 to 100) of 100 days."
	if got := strings.ReplaceAll(forumSentence(a, true), "\u00a0", " "); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
