package summary

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/misstep/misstep/model/scenario"
)

// Check holds a summary that was read from a file against what every summary has: arms and contrasts
// that name one another, lists that belong together of one length, days and intervals in order, and
// numbers within what they can be. The error is the first that is wrong, with its path inside the file.
func (s *Summary) Check() error {
	c := &checker{}
	for _, step := range []func(*checker, *Summary){(*checker).run, (*checker).contrasts, (*checker).headline,
		(*checker).arms, (*checker).rest} {
		if c.err == nil {
			step(c, s)
		}
	}
	return c.err
}

// What a number, a text [letters] and a window [d] of a summary can be at most.
const (
	mostNumber  = 1e15
	mostText    = 4000
	mostHorizon = 36525
)

// rounding is by how much a sum or a share can miss.
const rounding = 1e-6

type checker struct {
	err     error
	horizon float64 // [d]
	single  bool    // one replicate a draw
}

func (c *checker) say(path, format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf("%s: "+format, append([]any{path}, args...)...)
	}
}

// within checks a number.
func (c *checker) within(path string, x, low, high float64) {
	switch {
	case x >= low && x <= high:
	case high == mostNumber:
		c.say(path, "%v is no number from %v on", x, low)
	default:
		c.say(path, "%v is not within %v and %v", x, low, high)
	}
}

func (c *checker) share(path string, x float64) { c.within(path, x, -rounding, 1+rounding) }

// text checks what somebody wrote.
func (c *checker) text(path, s string) {
	if what := BadText(s); what != "" {
		c.say(path, "%s", what)
	}
}

// word checks a text that is not empty.
func (c *checker) word(path, s string) {
	if s == "" {
		c.say(path, "is empty")
	}
	c.text(path, s)
}

// BadText says why a text of a stored file is refused, "" where nothing is wrong with it.
func BadText(s string) string {
	const overrides = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" // of the direction
	switch {
	case len(s) > 4*mostText || utf8.RuneCountInString(s) > mostText:
		return fmt.Sprintf("a text of more than %d letters", mostText)
	case strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\t' || strings.ContainsRune(overrides, r)
	}):
		return "a text with a control character"
	}
	return ""
}

// name checks the name of an arm or of a channel.
func (c *checker) name(path, s string) {
	if what := scenario.BadName(s); what != "" {
		c.say(path, "the name %s", what)
	}
}

// oneOf checks a word.
func oneOf[T ~string](c *checker, path string, x T, words ...T) {
	if !slices.Contains(words, x) {
		c.say(path, "%.40q is none of %q", string(x), words)
	}
}

// once checks that no key comes twice.
func (c *checker) once(path string, n int, key func(i int) string) {
	seen := map[string]bool{}
	for i := range n {
		if k := key(i); seen[k] {
			c.say(fmt.Sprintf("%s[%d]", path, i), "%.80q stands there twice", k)
		} else {
			seen[k] = true
		}
	}
}

// estimate checks a number with its intervals, of which the value is within low and high.
func (c *checker) estimate(path string, e Estimate, low, high float64) {
	c.within(path+".value", e.Value, low-rounding, high+rounding)
	c.within(path+".mc", e.MC, 0, mostNumber)
	if !e.Resolved {
		return
	}
	c.within(path+".low", e.Low, -mostNumber, mostNumber)
	c.within(path+".high", e.High, -mostNumber, mostNumber)
	if e.Low > e.High {
		c.say(path, "low %v is above high %v", e.Low, e.High)
	}
}

// compared checks what an outcome is in both arms, and the difference.
func (c *checker) compared(path, unit string, baseline, treatment, difference Estimate) {
	high := min(top(unit), mostNumber)
	c.estimate(path+".baseline", baseline, -high, high) // a part of a sum can be below zero
	c.estimate(path+".treatment", treatment, -high, high)
	c.estimate(path+".difference", difference, -high, high)
}

// list checks numbers of which there are n.
func (c *checker) list(path string, xs []float64, n int, low, high float64) {
	if len(xs) != n {
		c.say(path, "has %d numbers, needs %d", len(xs), n)
	}
	for i, x := range xs {
		if !(x >= low && x <= high) {
			c.within(fmt.Sprintf("%s[%d]", path, i), x, low, high)
		}
	}
}

// told checks numbers of which there are n, or none where one replicate a draw tells none.
func (c *checker) told(path string, xs Told, n int, low, high float64) {
	if xs != nil || !c.single {
		c.list(path, xs, n, low, high)
	}
}

// days checks moments of the window, in order.
func (c *checker) days(path string, n int, day func(i int) float64) {
	before := 0.0
	for i := range n {
		if x := day(i); !(x >= before && x <= c.horizon*(1+rounding)) {
			c.say(fmt.Sprintf("%s[%d]", path, i), "day %v does not follow day %v within the %v days of the window", x, before,
				c.horizon)
		} else {
			before = x
		}
	}
}

func (c *checker) run(s *Summary) {
	r := &s.Run
	c.horizon, c.single = r.HorizonDays, r.Replicates == 1
	if c.horizon <= 0 {
		c.say("run.horizon_days", "%v days are no window", c.horizon)
	}
	c.within("run.horizon_days", c.horizon, 0, mostHorizon)
	if _, err := time.Parse(time.DateOnly, r.Start); err != nil {
		c.say("run.start", "%.40q is no day such as 2026-02-01", r.Start)
	}
	c.text("run.title", r.Title)
	for _, x := range [][2]string{{"scenario", r.Scenario}, {"outcome", r.Outcome}, {"generator", r.Generator}} {
		c.word("run."+x[0], x[1])
	}
	for i, name := range r.Arms {
		c.name(fmt.Sprintf("run.arms[%d]", i), name)
	}
	c.once("run.arms", len(r.Arms), func(i int) string { return r.Arms[i] })
	if len(r.Arms) == 0 {
		c.say("run.arms", "names no arm")
	}
	if !slices.Contains(r.Arms, r.Baseline) {
		c.say("run.baseline", "%.40q is none of run.arms", r.Baseline)
	}
	c.within("run.draws", float64(r.Draws), 1, mostNumber)
	c.within("run.replicates", float64(r.Replicates), 1, mostNumber)
	c.within("run.delta", r.Delta, 0, mostNumber)
	c.within("run.free_parameters", float64(r.Free), 0, mostNumber)
	for i, path := range r.Pinned {
		c.text(fmt.Sprintf("run.pinned[%d]", i), path)
	}
	for i, t := range r.Turns {
		c.text(fmt.Sprintf("run.turns[%d].label", i), t.Label)
	}
	c.days("run.turns", len(r.Turns), func(i int) float64 { return r.Turns[i].Day })
}

func (c *checker) headline(s *Summary) {
	h := &s.Headline
	if h.Measure != s.Run.Outcome {
		c.say("headline.outcome", "%.40q is not run.outcome, %.40q", h.Measure, s.Run.Outcome)
	}
	if len(s.Contrasts) > 0 {
		m := s.Contrasts[0].Measure(h.Measure)
		if m == nil {
			c.say("headline.outcome", "%.40q is none of contrasts[0].outcomes", h.Measure)
		} else if h.Baseline != m.Baseline || h.Treatment != m.Treatment || h.Difference != m.Difference {
			c.say("headline", "its numbers are not those of %q in contrasts[0].outcomes", h.Measure)
		}
	}
	c.text("headline.coupling", h.Coupling)
	if x := h.Sampling; x != nil {
		c.within("headline.sampling.baseline", x.Baseline, 0, mostNumber)
		c.within("headline.sampling.treatment", x.Treatment, 0, mostNumber)
		c.within("headline.sampling.difference", x.Difference, 0, mostNumber)
	}
	c.estimate("headline.other_difference", h.Other, -mostNumber, mostNumber)
	if p := h.Prior; p != nil {
		c.within("headline.prior.replicates", float64(p.Replicates), 1, mostNumber)
		c.compared("headline.prior", "", p.Baseline, p.Treatment, p.Difference)
	}
	if d := h.Deciding; d != nil {
		c.share("headline.deciding.level", d.Level)
		c.within("headline.deciding.draws", float64(d.Draws), 0, float64(s.Run.Draws))
		c.within("headline.deciding.candidates", float64(d.Candidates), 0, mostNumber)
		c.share("headline.deciding.threshold", d.Threshold)
		c.share("headline.deciding.ties", d.Ties)
		for i := range d.Numbers {
			c.number(fmt.Sprintf("headline.deciding.numbers[%d]", i), &d.Numbers[i])
		}
	}
	for i := range h.Levers {
		l, path := &h.Levers[i], fmt.Sprintf("headline.levers[%d]", i)
		c.word(path+".path", l.Path)
		c.end(path+".low", &l.Low)
		c.end(path+".high", &l.High)
		if l.Low.At > l.High.At {
			c.say(path, "its low end, %v, is above its high end, %v", l.Low.At, l.High.At)
		}
	}
}

func (c *checker) number(path string, n *Number) {
	c.word(path+".path", n.Path)
	c.within(path+".correlation", n.Correlation, -1-rounding, 1+rounding)
	c.within(path+".corrected", n.Corrected, -1, 1)
	oneOf(c, path+".worse", n.Worse, "high", "low", "")
}

func (c *checker) end(path string, e *LeverEnd) {
	c.within(path+".at", e.At, -mostNumber, mostNumber)
	c.estimate(path+".baseline", e.Baseline, 0, mostNumber)
	c.estimate(path+".difference", e.Difference, -mostNumber, mostNumber)
}
