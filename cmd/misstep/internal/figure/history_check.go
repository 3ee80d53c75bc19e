package figure

import (
	"fmt"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/timeline"
	"github.com/misstep/misstep/model/summary"
)

// Check holds a history that was read from a file against what every history has: days that are some,
// intervals in order, rungs of the ladder, beliefs from 0 to 1. The error has the path inside the file.
func (h *History) Check() error {
	bad := func(what, format string, args ...any) error {
		if what == "" {
			return nil
		}
		return fmt.Errorf(format+": %s", append(args, what)...)
	}
	for _, t := range [2]string{h.Finding, h.Typical} {
		if err := bad(summary.BadText(t), "Finding, Typical"); err != nil {
			return err
		}
	}
	if h.Draw < 0 || h.Replicate < 0 || !timeline.IsDay(h.HorizonDays) || !timeline.IsDay(h.Diverges) {
		return fmt.Errorf("draw %d, replicate %d, a window of %v days and a parting on day %v are those of no future",
			h.Draw, h.Replicate, h.HorizonDays, h.Diverges)
	}
	for a := range h.Arms {
		if err := bad(summary.BadText(h.Arms[a].Name), "Arms[%d].Name", a); err != nil {
			return err
		}
		for l := range h.Arms[a].Lanes {
			if err := h.Arms[a].Lanes[l].Check(); err != nil {
				return fmt.Errorf("Arms[%d].Lanes[%d]%w", a, l, err)
			}
		}
	}
	return nil
}
