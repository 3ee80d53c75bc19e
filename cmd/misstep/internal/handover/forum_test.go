package handover

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/summary"
)

// TestForumSentence: meetings and suspensions are told of channels that have them.
func TestForumSentence(t *testing.T) {
	a := &summary.Arm{Name: "with-forum",
		Forum: summary.Forum{AtNeed: small.Est(.45, .01, .09, .82), Uptime: small.Est(.48, .01, .12, .85), Meetings: 4.6,
			Suspensions: .8}}
	want := "With the forum, the channel is up at 45 (9 to 82) of 100 moments of need, and on 48 (12 to 85) of 100 days."
	got := strings.ReplaceAll(forumSentence(a, true), "\u00a0", " ")
	if got != want+" On average it meets 4.6 times in a future. A channel ends in three ways: accusations suspend it "+
		"(0.8 times in a future), it lapses when nobody meets any more, or a shock breaks it." {
		t.Error(got)
	}
	a.Forum.Meetings, a.Forum.Suspensions = 0, 0
	if got := strings.ReplaceAll(forumSentence(a, true), "\u00a0", " "); got != want {
		t.Error(got)
	}
}
