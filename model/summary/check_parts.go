package summary

import (
	"fmt"
	"math"
	"slices"

	"github.com/misstep/misstep/model/record/patterns"
)

var verdicts = []Verdict{Better, Worse, Unclear, Differs, Same, Unknown}

// contrasts checks the comparisons: one for each arm but the baseline, the headline's first.
func (c *checker) contrasts(s *Summary) {
	if len(s.Contrasts) != len(s.Run.Arms)-1 {
		c.say("contrasts", "has %d, needs one for each of %d arms but the baseline", len(s.Contrasts), len(s.Run.Arms))
		return
	}
	treatment := ""
	if len(s.Contrasts) > 0 {
		treatment = s.Contrasts[0].Treatment
	}
	if s.Run.Treatment != treatment {
		c.say("run.treatment", "%.40q is not that of the first contrast, %.40q", s.Run.Treatment, treatment)
	}
	c.once("contrasts", len(s.Contrasts), func(i int) string { return s.Contrasts[i].Treatment })
	for i := range s.Contrasts {
		x, path := &s.Contrasts[i], fmt.Sprintf("contrasts[%d]", i)
		switch {
		case x.Baseline != s.Run.Baseline:
			c.say(path+".baseline", "%.40q is not run.baseline, %.40q", x.Baseline, s.Run.Baseline)
		case x.Treatment == x.Baseline || !slices.Contains(s.Run.Arms, x.Treatment):
			c.say(path+".treatment", "%.40q is no other arm of run.arms", x.Treatment)
		case len(x.Measures) != len(s.Contrasts[0].Measures):
			c.say(path+".outcomes", "has %d, needs %d as contrasts[0] has", len(x.Measures), len(s.Contrasts[0].Measures))
		}
		c.contrast(path, x)
	}
}

func (c *checker) contrast(path string, x *Contrast) {
	c.within(path+".common_cases", x.CommonCases, 0, mostNumber)
	c.once(path+".outcomes", len(x.Measures), func(i int) string { return x.Measures[i].ID })
	for i := 0; i < len(x.Measures) && c.err == nil; i++ {
		c.measure(fmt.Sprintf("%s.outcomes[%d]", path, i), &x.Measures[i])
	}
	c.table(path+".futures.break", &x.Futures.Break)
	c.table(path+".futures.public", &x.Futures.Public)
	c.within(path+".pairing.correlation", x.Pairing.Correlation, -1-rounding, 1+rounding)
	c.within(path+".pairing.variance_factor", x.Pairing.VarianceFactor, 0, mostNumber)
	c.share(path+".pairing.share_divergent", x.Pairing.ShareDivergent)
	c.within(path+".pairing.median_divergent", x.Pairing.MedianDivergent, 0, mostNumber) // cases outlast the window
	c.once(path+".by", len(x.By), func(i int) string {
		return x.By[i].Grouping + "/" + x.By[i].Measure + "/" + x.By[i].Group
	})
	for i := range x.By {
		b, at := &x.By[i], fmt.Sprintf("%s.by[%d]", path, i)
		for _, t := range []string{b.Grouping, b.Measure, b.Group, b.Unit} {
			c.word(at, t)
		}
		c.within(at+".cases", b.Cases, 0, mostNumber)
		c.compared(at, b.Unit, b.Baseline, b.Treatment, b.Difference)
		oneOf(c, at+".verdict", b.Verdict, verdicts...)
	}
	c.days(path+".course", len(x.Course), func(i int) float64 { return x.Course[i].Day })
	for i := range x.Course {
		c.estimate(fmt.Sprintf("%s.course[%d].difference", path, i), x.Course[i].Difference, -1, 1)
	}
}

func (c *checker) measure(path string, m *Measure) {
	c.word(path+".id", m.ID)
	c.word(path+".label", m.Label)
	c.word(path+".unit", m.Unit)
	c.within(path+".goodness", float64(m.Goodness), -1, 1)
	c.compared(path, m.Unit, m.Baseline, m.Treatment, m.Difference)
	c.estimate(path+".ratio", m.Ratio, 0, mostNumber)
	if x := m.Shares; x != nil {
		c.within(path+".shares.delta", x.Delta, 0, mostNumber)
		for i, part := range [3]Share{x.Worse, x.Within, x.Better} {
			at := path + ".shares." + [3]string{"worse", "within", "better"}[i]
			c.share(at+".value", part.Value)
			c.share(at+".low", part.Low)
			c.share(at+".high", part.High)
			if part.Low > part.High {
				c.say(at, "low %v is above high %v", part.Low, part.High)
			}
		}
	}
	oneOf(c, path+".verdict", m.Verdict, verdicts...)
}

// table checks shares that sum to 1.
func (c *checker) table(path string, t *Table) {
	sum := 0.0
	for _, x := range [4]float64{t.Neither, t.OnlyBaseline, t.OnlyTreatment, t.Both} {
		c.share(path, x)
		sum += x
	}
	if math.Abs(sum-1) > rounding {
		c.say(path, "its shares sum to %v, not to 1", sum)
	}
}

func (c *checker) arms(s *Summary) {
	if len(s.Arms) != len(s.Run.Arms) {
		c.say("arms", "has %d, needs %d as run.arms has", len(s.Arms), len(s.Run.Arms))
		return
	}
	for i := range s.Arms {
		a, path := &s.Arms[i], fmt.Sprintf("arms[%d]", i)
		if a.Name != s.Run.Arms[i] {
			c.say(path+".name", "%.40q where run.arms has %.40q", a.Name, s.Run.Arms[i])
		}
		if c.err == nil {
			c.arm(path, a, &s.Arms[0])
		}
	}
}

func (c *checker) arm(path string, a, first *Arm) {
	if len(a.Curves) != len(first.Curves) || len(a.Channels) != len(first.Channels) {
		c.say(path, "has %d curves and %d channels, needs %d and %d as arms[0] has", len(a.Curves), len(a.Channels),
			len(first.Curves), len(first.Channels))
		return
	}
	c.once(path+".curves", len(a.Curves), func(i int) string { return a.Curves[i].Class + "/" + a.Curves[i].Cause })
	for i := range a.Curves {
		c.curve(fmt.Sprintf("%s.curves[%d]", path, i), &a.Curves[i], &first.Curves[0])
	}
	c.list(path+".peaks", a.Peaks, 10, -rounding, 1+rounding) // R0 to R9
	c.told(path+".peaks_mc", a.PeaksMC, 10, 0, mostNumber)
	b := &a.Beliefs
	for i, e := range [8]Estimate{b.Culprit, b.Intent, b.Severity, b.Rival, b.Avoidable, b.Irreducible, b.Missed,
		b.Regret} {
		c.estimate(path+".beliefs."+[8]string{"culprit", "intent", "severity", "rival", "avoidable", "irreducible", "missed",
			"regret"}[i], e, -mostNumber, mostNumber) // parts can be below zero
	}
	c.once(path+".channels", len(a.Channels), func(i int) string { return a.Channels[i].Name })
	for i := range a.Channels {
		at := fmt.Sprintf("%s.channels[%d]", path, i)
		if a.Channels[i].Name != first.Channels[i].Name {
			c.say(at+".name", "%.40q, and %.40q in arms[0]", a.Channels[i].Name, first.Channels[i].Name)
		}
		c.name(at+".name", a.Channels[i].Name)
		c.estimate(at+".uptime", a.Channels[i].Uptime, 0, 1)
	}
	c.forum(path+".forum", &a.Forum)
	c.share(path+".attribution.brier", a.Attribution.Brier/2) // 2 where all is wrong
	for i, r := range a.Attribution.Reliability {
		at := fmt.Sprintf("%s.attribution.reliability[%d]", path, i)
		c.share(at+".belief", r.Belief)
		c.share(at+".truth", r.Truth)
		c.within(at+".cases", r.Cases, 0, mostNumber)
	}
	c.counts(path, a)
}

func (c *checker) counts(path string, a *Arm) {
	c.once(path+".counts", len(a.Counts), func(i int) string { return a.Counts[i].ID })
	for i, x := range a.Counts {
		at := fmt.Sprintf("%s.counts[%d]", path, i)
		c.word(at+".id", x.ID)
		c.word(at+".label", x.Label)
		c.within(at+".mean", x.Mean, 0, mostNumber)
		if x.MC != nil {
			c.within(at+".mc", *x.MC, 0, mostNumber)
		} else if !c.single {
			c.say(at+".mc", "is null, and draws have more than one replicate")
		}
	}
	c.once(path+".levels", len(a.Levels), func(i int) string { return a.Levels[i].Measure + "/" + a.Levels[i].Group })
	for i, x := range a.Levels {
		at := fmt.Sprintf("%s.levels[%d]", path, i)
		for _, t := range []string{x.Measure, x.Label, x.Group, x.Unit} {
			c.text(at, t)
		}
		c.within(at+".cases", x.Cases, 0, mostNumber)
		c.estimate(at+".value", x.Value, 0, min(top(x.Unit), mostNumber))
	}
}

// curve checks a curve, which has as many days as the first.
func (c *checker) curve(path string, x, first *Curve) {
	c.word(path+".class", x.Class)
	c.word(path+".cause", x.Cause)
	n := len(first.Days)
	if n == 0 {
		c.say(path+".days", "has no day")
	}
	c.list(path+".days", x.Days, n, 0, mostHorizon)
	c.days(path+".days", len(x.Days), func(i int) float64 { return x.Days[i] })
	c.list(path+".value", x.Value, n, -rounding, 1+rounding)
	c.share(path+".bound", x.Bound)
	c.band(path+".mc_", n, x.MCLow, x.MCHigh)
	c.band(path+".", n, x.Low, x.High)
}

// band checks the ends of n intervals of probabilities.
func (c *checker) band(path string, n int, low, high Told) {
	if c.told(path+"low", low, n, 0, 1); (low == nil) != (high == nil) {
		c.say(path+"high", "one end of an interval is null")
	}
	c.told(path+"high", high, n, 0, 1)
	for i := 0; low != nil && i < n && c.err == nil; i++ {
		if low[i] > high[i] {
			c.say(fmt.Sprintf("%slow[%d]", path, i), "the low end of an interval is above its high end")
		}
	}
}

func (c *checker) forum(path string, f *Forum) {
	c.estimate(path+".uptime", f.Uptime, 0, 1)
	c.estimate(path+".at_need", f.AtNeed, 0, 1)
	before := 0.0
	for i, b := range f.ByTension {
		at := fmt.Sprintf("%s.by_tension[%d]", path, i)
		if !(b.From >= before-rounding && b.To > b.From && b.To <= 1+rounding) {
			c.say(at, "%v to %v does not follow %v within 0 and 1", b.From, b.To, before)
		}
		before = b.To
		c.within(at+".moments", b.Moments, 0, mostNumber)
		c.share(at+".available", b.Available)
		c.within(at+".mc", b.MC, 0, mostNumber)
	}
	c.within(path+".suspensions", f.Suspensions, 0, mostNumber)
	c.within(path+".meetings", f.Meetings, 0, mostNumber)
}

// rest checks warnings and expectations.
func (c *checker) rest(s *Summary) {
	for i, w := range s.Warnings {
		for _, t := range []string{w.ID, w.What, w.Why, w.Do} {
			c.text(fmt.Sprintf("warnings[%d]", i), t)
		}
	}
	for i := range s.Expectations {
		e, at := &s.Expectations[i], fmt.Sprintf("expectations[%d]", i)
		for _, t := range []string{e.ID, e.Says, e.Source, e.Arm, e.Measure, e.KnownMiss} {
			c.text(at, t)
		}
		oneOf(c, at+".side", e.Side, "both", "low", "high")
		oneOf(c, at+".verdict", e.Verdict, patterns.Pass, patterns.Miss, patterns.KnownMiss, patterns.Surprise,
			patterns.NotHere)
		c.within(at+".observed", e.Observed, -mostNumber, mostNumber)
		c.share(at+".yes", e.Yes)
		c.share(at+".tail", e.Tail)
		c.within(at+".tail_se", e.TailSE, 0, mostNumber)
		c.share(at+".level", e.Level)
		for _, x := range [3]float64{float64(e.Low), float64(e.Median), float64(e.High)} {
			if !math.IsInf(x, 1) { // never
				c.within(at, x, -mostNumber, mostNumber)
			}
		}
		if e.Low > e.Median || e.Median > e.High {
			c.say(at, "low %v, median %v and high %v are not in order", e.Low, e.Median, e.High)
		}
	}
}
