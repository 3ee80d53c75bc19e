package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/cheggaaa/pb/v3"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/abc"
)

// Between two lines of progress where there is no terminal.
const lineEvery = 3 * time.Second

// progress shows how far a simulation is: a bar on a terminal, a line every few
// seconds elsewhere, nothing with --quiet.
type progress struct {
	out   io.Writer
	quiet bool
	bar   *pb.ProgressBar
	began time.Time
	last  time.Time
	now   func() time.Time
}

const barWidth = 80

const barTemplate = `{{counters . }} replicates {{bar . "[" "=" ">" " " "]"}} {{percent . "%.0f %%"}} {{rtime . "%s left" "%s" "?"}}`

func (a *app) newProgress() *progress {
	p := &progress{out: a.err, quiet: a.flags.quiet, now: time.Now}
	if f, ok := a.err.(*os.File); ok && !p.quiet && isTerminal(f) {
		p.bar = newBar(f)
	}
	p.began = p.now()
	p.last = p.began
	return p
}

// newBar is a bar that goes away when it is done.
func newBar(w io.Writer) *pb.ProgressBar {
	bar := pb.ProgressBarTemplate(barTemplate).New(0).SetWriter(w).SetRefreshRate(100 * time.Millisecond).SetWidth(barWidth)
	bar.Set(pb.CleanOnFinish, true)
	return bar.Set(pb.Terminal, true)
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}

// update takes the number of replicates done. It is called from several
// goroutines, one at a time.
func (p *progress) update(done, total int) {
	switch {
	case p.quiet:
	case p.bar != nil:
		p.bar.SetTotal(int64(total)).SetCurrent(int64(done))
		if !p.bar.IsStarted() {
			p.bar.Start()
		}
	default:
		now := p.now()
		if now.Sub(p.last) < lineEvery || done >= total {
			return
		}
		p.last = now
		left := time.Duration(float64(now.Sub(p.began)) / float64(done) * float64(total-done))
		fmt.Fprintf(p.out, "misstep: %s of %s replicates, about %s left\n", say.Thousands(done), say.Thousands(total), say.Roughly(left))
	}
}

// generation takes the progress of a calibration: histories simulated, of at most
// so many.
func (p *progress) generation(g abc.Progress, most int) {
	now := p.now()
	if p.quiet || now.Sub(p.last) < lineEvery && g.Done < g.Total {
		return
	}
	p.last = now
	step := "from the priors"
	if g.Generation > 0 {
		step = fmt.Sprintf("generation %d, distance below %.2f", g.Generation, g.Epsilon)
	}
	fmt.Fprintf(p.out, "misstep: %s: %s of %s particles; %s histories before, at most %s\n", step, say.Thousands(g.Done), say.Thousands(g.Total), say.Thousands(g.Simulations), say.Thousands(most))
}

// stop removes the bar.
func (p *progress) stop() {
	if p.bar != nil && p.bar.IsStarted() {
		p.bar.Finish()
	}
}
