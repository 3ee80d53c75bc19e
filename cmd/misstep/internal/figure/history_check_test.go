package figure

import (
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/timeline"
)

// TestHistoryCheck: a history of a run passes, and one that no future has is refused with the place.
func TestHistoryCheck(t *testing.T) {
	if err := oneFuture().Check(); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(h *History){
		"Arms[1].Lanes[0].Kind: 4 is none of 0 to 3":    func(h *History) { h.Arms[1].Lanes[0].Kind = 4 },
		"Arms[0].Name: a text with a control character": func(h *History) { h.Arms[0].Name = "\x1b" },
		"Arms[0].Lanes[0].Events[0]: rung 10 is none of the ladder": func(h *History) {
			h.Arms[0].Lanes[0].Events[0].Rung = 10
		},
		"Arms[0].Lanes[0].Events[0]: day -1 is none of a window": func(h *History) {
			h.Arms[0].Lanes[0].Events[0].Day = -1
		},
		"Arms[0].Lanes[0].Up[0]: from day 1 to day 1e+09 is no stretch of time": func(h *History) {
			h.Arms[0].Lanes[0].Up = []timeline.Interval{{From: 1, To: 1e9}}
		},
		"draw -1, replicate 17, a window of 0 days and a parting on day 402 are those of no future": func(h *History) {
			h.Draw = -1
		},
	} {
		h := oneFuture()
		change(h)
		if err := h.Check(); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
