package backtest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/misstep/misstep/model/record/calibrate"
)

// Inputs hashes everything that the result depends on but seed and sizes: what each cut-off is
// calibrated on, what comes from outside, and what came.
func (b *Backtest) Inputs() string {
	h := sha256.New()
	for _, p := range b.cutoffs {
		fmt.Fprintf(h, "cut-off %s %s\n", p.until.Format(time.DateOnly), p.problem.Inputs())
		for _, o := range p.player.outlooks {
			fmt.Fprintf(h, "outlook %s %v %v %v %v %v %d\n", o.West, o.Shocks, o.Meetings, o.Openings, o.Thawing, o.Freezing,
				o.UnderWay)
		}
		for q := range Quantities {
			fmt.Fprintf(h, "known %v\n", trainingOf(b.Tables, q, p.until))
		}
		for _, w := range p.player.windows {
			fmt.Fprintf(h, "window %s %s\n", date(w.From), date(w.To))
			for _, a := range calibrate.Documented(b.Tables, w.From, w.To) {
				_, exposed := calibrate.Suspending.Documented(a, b.Tables, b.Tables.Until())
				fmt.Fprintf(h, "%s %s %v %d %v %v %v\n", a.ID, a.Date, a.British, a.States, a.PenaltyDays, a.Suspended, exposed)
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Cutoffs are the cut-offs in order of time.
func (b *Backtest) Cutoffs() []time.Time {
	var out []time.Time
	for _, p := range b.cutoffs {
		out = append(out, p.until)
	}
	return out
}

// DocumentedYear is a count of accusations in a calendar year.
type DocumentedYear struct{ Year, N int }

// Documented counts the first of [Quantities] in the whole years before a cut-off, from
// the beginning of the record.
func (b *Backtest) Documented(until time.Time) []DocumentedYear {
	var out []DocumentedYear
	for y := firstYear; !newYear(y + 1).After(until.AddDate(0, 0, 1)); y++ {
		out = append(out, DocumentedYear{y, len(calibrate.Documented(b.Tables, newYear(y), newYear(y+1).AddDate(0, 0, -1)))})
	}
	return out
}
