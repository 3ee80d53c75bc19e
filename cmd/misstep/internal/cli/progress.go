package cli

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/cheggaaa/pb/v3"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// Between two lines of progress where there is no terminal.
const lineEvery = 3 * time.Second

// Progress shows how far a simulation is: a bar on a terminal, a line every few
// seconds elsewhere, nothing with --quiet.
type Progress struct {
	out   io.Writer
	quiet bool
	bar   *pb.ProgressBar
	began time.Time
	last  time.Time
	now   func() time.Time
}

const barWidth = 80

const barTemplate = `{{counters . }} replicates {{bar . "[" "=" ">" " " "]"}} ` +
	`{{percent . "%.0f %%"}} {{rtime . "%s left" "%s" "?"}}`

// NewProgress is the progress of one simulation.
func (a *App) NewProgress() *Progress {
	p := ProgressTo(a.Err, a.Flags.Quiet, time.Now)
	if f, ok := a.Err.(*os.File); ok && !p.quiet && isTerminal(f) {
		p.bar = newBar(f)
	}
	return p
}

// ProgressTo is progress without a bar, by a clock.
func ProgressTo(out io.Writer, quiet bool, now func() time.Time) *Progress {
	at := now()
	return &Progress{out: out, quiet: quiet, now: now, began: at, last: at}
}

// newBar is a bar that goes away when it is done.
func newBar(w io.Writer) *pb.ProgressBar {
	bar := pb.ProgressBarTemplate(barTemplate).New(0).SetWriter(w)
	bar.SetRefreshRate(100 * time.Millisecond).SetWidth(barWidth)
	bar.Set(pb.CleanOnFinish, true)
	return bar.Set(pb.Terminal, true)
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}

// Update takes the number of replicates done. It is called from several
// goroutines, one at a time.
func (p *Progress) Update(done, total int) {
	switch {
	case p.quiet:
	case p.bar != nil:
		p.bar.SetTotal(int64(total)).SetCurrent(int64(done))
		if !p.bar.IsStarted() {
			p.bar.Start()
		}
	case done < total:
		left := time.Duration(float64(p.now().Sub(p.began)) / float64(done) * float64(total-done))
		p.Line(false, "%s of %s replicates, about %s left", say.Thousands(done), say.Thousands(total), say.Seconds(left))
	}
}

// Line tells how far something is, unless a line came a moment ago; the last one of a
// part always.
func (p *Progress) Line(last bool, format string, args ...any) {
	now := p.now()
	if p.quiet || now.Sub(p.last) < lineEvery && !last {
		return
	}
	p.last = now
	fmt.Fprintf(p.out, "misstep: "+format+"\n", args...)
}

// Stop removes the bar.
func (p *Progress) Stop() {
	if p.bar != nil && p.bar.IsStarted() {
		p.bar.Finish()
	}
}
