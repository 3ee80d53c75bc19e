package handover

import (
	"fmt"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// forumSentence says how a forum fared in an arm.
func forumSentence(a *summary.Arm, uncertain bool) string {
	f := &a.Forum
	share := func(e summary.Estimate) string {
		e.Low, e.High = max(0, e.Low), min(1, e.High)
		return reportRange(e, 100, 0, uncertain)
	}
	text := fmt.Sprintf("%s, the channel is up at %s of 100 moments of need, and on %s of 100 days.",
		say.Capital(reportArm(a.Name)),
		share(f.AtNeed), share(f.Uptime))
	if s := tensionSentence(f); s != "" {
		text += " " + s
	}
	if f.Meetings > 0 {
		text += fmt.Sprintf(" On average it meets %s times in a future.", say.Number(f.Meetings, 1))
	}
	if f.Suspensions > 0 {
		text += fmt.Sprintf(" A channel ends in three ways: accusations suspend it (%s times in a future), it lapses when "+
			"nobody meets any more, or a shock breaks it.", say.Number(f.Suspensions, 1))
	}
	return text
}
