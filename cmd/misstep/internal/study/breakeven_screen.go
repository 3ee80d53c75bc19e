package study

import (
	"fmt"
	"math"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/outcome"
)

// measureNamed finds a measure by its id.
func measureNamed(id string) (outcome.Outcome, error) {
	if i := outcome.Index(id); i >= 0 {
		return outcome.All[i], nil
	}
	return outcome.Outcome{}, fmt.Errorf("--outcome: unknown measure %q; %s", id,
		nearest.Remedy(id, outcome.IDs()))
}

// signOf is the sign of an effect that its interval leaves no doubt of; 0 else.
func (s *Span95) signOf() int {
	switch {
	case s.Low != nil && *s.Low > 0:
		return 1
	case s.High != nil && *s.High < 0:
		return -1
	}
	return 0
}

// does says what the treatment does: the forum lowers, the talks lower.
func (r *Breakeven) does(verb string) string { return say.Does(r.subject(), verb) }

// verb says in which direction an effect goes.
func (r *Breakeven) verb(below bool) string {
	if below {
		return r.does("lower")
	}
	return r.does("raise")
}

// subject is the treatment in a sentence.
func (r *Breakeven) subject() string { return say.Lever(r.Treatment) }

// sentence says the finding in words.
func (w *breakingEven) sentence(r *Breakeven) string {
	if len(w.vary) == 2 {
		return w.sentenceOver(r)
	}
	v, what := &w.vary[0], r.measure.Words.Name
	first, last := &r.Effects[0], &r.Effects[len(r.Effects)-1]
	if len(r.Crossings) == 0 {
		return w.sentenceWithout(r, first, last)
	}
	zero := &r.Crossings[w.main(r)]
	if zero.Anywhere() {
		return fmt.Sprintf("where along %s the effect of %s on %s changes its sign is not known: the estimate crosses "+
			"zero at %s, and its 95\u00a0%% interval leaves the range from %s to %s",
			v.label(), r.subject(), what, v.with(zero.Value), v.number(v.Lo), v.with(v.Hi))
	}
	more := ""
	if len(r.Crossings) > 1 {
		more = fmt.Sprintf("; the sign changes %d times in the range", len(r.Crossings))
	}
	below := zero.Rising == (v.today < zero.Value) // the effect is below zero at the assumed value
	side := "exceeds"
	if v.today > zero.Value {
		side = "is below"
	}
	return fmt.Sprintf("on average over what else is assumed, %s %s %s unless %s %s %s %s%s%s", r.subject(), r.verb(below),
		what, v.label(), side, v.with(zero.Value), v.between(zero), v.change(zero.Value), more)
}

// Anywhere reports whether a crossing may lie on either side of the range.
func (z *BreakevenZero) Anywhere() bool { return z.Low == nil && z.High == nil }

// signs counts the points with an effect below and above zero.
func (r *Breakeven) signs() (below, above int) {
	for i := range r.Effects {
		switch v := r.Effects[i].Value; {
		case v < 0:
			below++
		case v > 0:
			above++
		}
	}
	return
}

// main is the crossing that is nearest to the assumed value.
func (w *breakingEven) main(r *Breakeven) int {
	best := 0
	for k := range r.Crossings {
		if math.Abs(r.Crossings[k].Value-w.vary[0].today) < math.Abs(r.Crossings[best].Value-w.vary[0].today) {
			best = k
		}
	}
	return best
}

// with writes a value with its unit.
func (x *varied) with(value float64) string {
	s := x.number(value)
	if x.unit != "" && x.unit != "–" && !x.domain.Duration {
		s += " " + x.unit
	}
	return s
}

// between writes the interval of a crossing; an open end is that of the range.
func (x *varied) between(z *BreakevenZero) string {
	end := func(v *float64, edge float64, beyond string) string {
		if v == nil {
			return beyond + " " + x.number(edge)
		}
		return x.number(*v)
	}
	return "[" + end(z.Low, x.Lo, "below") + ", " + end(z.High, x.Hi, "above") + "]"
}

// change says how far a value lies from what is assumed of it in the middle.
func (x *varied) change(value float64) string {
	if x.today == 0 {
		return ", assumed 0"
	}
	by := value/x.today - 1
	word := "above"
	if by < 0 {
		word = "below"
	}
	return fmt.Sprintf(", %s %s the assumed %s", say.Percent(math.Abs(by)), word, x.number(x.today))
}

// sentenceWithout is that of an effect that never crosses zero.
func (w *breakingEven) sentenceWithout(r *Breakeven, first, last *BreakevenEffect) string {
	v, what := &w.vary[0], r.measure.Words.Name
	ends := fmt.Sprintf("%s at %s, %s at %s", r.effect(&first.Span95), v.with(v.Lo), r.effect(&last.Span95), v.with(v.Hi))
	below, above := r.signs()
	if below+above == 0 {
		return fmt.Sprintf("%s %s %s nowhere from %s to %s of %s", r.subject(), r.does("change"), what, v.number(v.Lo),
			v.with(v.Hi), v.label())
	}
	doubt := ""
	if below+above < len(r.Effects) {
		doubt = " at which anything differs"
	}
	if first.signOf() == 0 || last.signOf() == 0 {
		doubt += " on the estimate, though an end is within the error of zero"
	}
	return fmt.Sprintf("%s %s %s at every value of %s from %s to %s%s: %s", r.subject(), r.verb(below > 0), what,
		v.label(), v.number(v.Lo), v.with(v.Hi), doubt, ends)
}

func (w *breakingEven) sentenceOver(r *Breakeven) string {
	what := r.measure.Words.Name
	place := fmt.Sprintf("%s and %s", w.vary[0].label(), w.vary[1].label())
	below, above := r.signs()
	switch {
	case below+above == 0:
		return fmt.Sprintf("%s %s %s nowhere in the ranges of %s", r.subject(), r.does("change"), what, place)
	case below == 0 || above == 0:
		return fmt.Sprintf("%s %s %s at %d of %d points of %s, %s", r.subject(), r.verb(below > 0), what, below+above,
			len(r.Effects), place, r.extremes())
	case r.Above == nil:
		return fmt.Sprintf("%s %s %s at %d of %d points of %s, and at %d the other way, %s", r.subject(), r.verb(false), what,
			above, len(r.Effects), place, below, r.extremes())
	}
	return fmt.Sprintf("%s %s %s over %s of what is believed of %s, and not over the rest", r.subject(), r.verb(false),
		what, r.Above.share(), place)
}

// extremes are the lowest and the highest effect, and at how many points the interval
// leaves no doubt of the sign.
func (r *Breakeven) extremes() string {
	lowest, highest, clear := &r.Effects[0], &r.Effects[0], 0
	for i := range r.Effects {
		e := &r.Effects[i]
		if e.Value < lowest.Value {
			lowest = e
		}
		if e.Value > highest.Value {
			highest = e
		}
		if e.signOf() != 0 {
			clear++
		}
	}
	return fmt.Sprintf("from %s to %s; at %d zero is outside the interval", r.effect(&lowest.Span95),
		r.effect(&highest.Span95), clear)
}

// share writes a share with its interval.
func (s *Span95) share() string {
	if s.Low == nil || s.High == nil {
		return say.Percent(s.Value)
	}
	return fmt.Sprintf("%s [%s, %s]", say.Percent(s.Value), say.Percent(*s.Low), say.Percent(*s.High))
}

// effect writes an effect with its interval.
func (r *Breakeven) effect(e *Span95) string {
	low, high := e.Value, e.Value
	if e.Low != nil && e.High != nil {
		low, high = *e.Low, *e.High
	}
	digits := say.Decimals((high - low) / 2)
	return fmt.Sprintf("%s [%s, %s]", say.Signed(e.Value, digits), say.Signed(low, digits), say.Signed(high, digits))
}

// csv is the effect at every point.
func (r *Breakeven) csv() []byte {
	var head []string
	for _, n := range r.Numbers {
		head = append(head, n.Path)
	}
	rows := [][]string{append(head, "effect", "low", "high")}
	for i := range r.Effects {
		e := &r.Effects[i]
		var row []string
		for _, x := range append(e.Values[:len(e.Values):len(e.Values)], e.Value) {
			row = append(row, say.Exact(x))
		}
		for _, x := range []*float64{e.Low, e.High} {
			cell := ""
			if x != nil {
				cell = say.Exact(*x)
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	return say.CSV(rows)
}

// screen shows the effect along the number, the crossings and the sentence.
func (w *breakingEven) screen(r *Breakeven) []string {
	lines := say.Wrapped("", "", w.run.Scenario.Title)
	lines = append(lines, say.Wrapped(" ", " ", fmt.Sprintf("%s, %s minus %s, %s", r.measure.Words.Name, r.Treatment,
		r.Baseline, r.Unit))...)
	lines = append(lines, "")
	if len(w.vary) == 1 {
		v := &w.vary[0]
		lines = append(lines, " "+say.PadLeft(v.label(), 30)+"   effect, 95 % of resampled draws")
		for i := range r.Effects {
			e := &r.Effects[i]
			lines = append(lines, " "+say.PadLeft(v.with(e.Values[0]), 30)+"   "+r.effect(&e.Span95))
		}
		lines = append(lines, "")
		for k := range r.Crossings {
			z := &r.Crossings[k]
			text := fmt.Sprintf("zero at %s %s", v.with(z.Value), v.between(z))
			if !z.NoPrior {
				text += fmt.Sprintf("; %s of what is believed of it lies below", z.Below.share())
			}
			lines = append(lines, say.Wrapped(" ", "   ", text)...)
		}
	}
	return append(lines, say.Wrapped(" ", " ", say.Capital(r.Sentence)+".")...)
}

// plane is the input of a figure over one number or two.
type plane struct{ figure.BreakevenInput }

// breakevenFigure is a figure without its effects.
func breakevenFigure(j *run.Run, list []varied) *plane {
	counts := "at each point " + figure.Played(j.Plan.Draws, j.Plan.Replicates)
	p := &plane{figure.BreakevenInput{Subtitle: studyParts(j, counts), Source: sourceLine(j)}}
	m, err := measureNamed(headlineOutcome(j))
	if err == nil {
		p.Outcome, p.Unit, p.Goodness = m.Words.Name, m.Unit, m.Direction
	}
	for i := range list {
		v := &list[i]
		axis := figure.BreakevenAxis{Label: v.label(), Plain: say.NumberAt(v.Path), Unit: v.unit, Today: v.today,
			Low: math.NaN(), High: math.NaN()}
		if v.unit == "–" {
			axis.Unit = ""
		}
		for k := range v.Values {
			axis.Values = append(axis.Values, v.axis().At(k))
		}
		if v.prior != nil {
			axis.Low, axis.High = v.prior.Quantile(0.05), v.prior.Quantile(0.95)
		}
		p.Axes = append(p.Axes, axis)
	}
	return p
}

// grid sets the effects, which are given by point: the last number runs first.
func (p *plane) grid(list []varied, effects []figure.BreakevenEffect) {
	if len(list) == 1 {
		p.Effects = [][]figure.BreakevenEffect{effects}
		return
	}
	for k := range list[1].Values {
		var row []figure.BreakevenEffect
		for i := range list[0].Values {
			row = append(row, effects[i*list[1].Values+k])
		}
		p.Effects = append(p.Effects, row)
	}
}

// inWords puts what the numbers are in place of their paths in a sentence.
func (w *breakingEven) inWords(sentence string) string {
	var pairs []string
	for i := range w.vary {
		pairs = append(pairs, w.vary[i].label(), nounOf(w.vary[i].Path))
	}
	if len(pairs) == 4 && len(pairs[0]) < len(pairs[2]) { // one may begin with the other
		pairs = append(pairs[2:], pairs[:2]...)
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}

// nounOf is the number at a path as a noun in a sentence, without what is explained of it
// in parentheses.
func nounOf(path string) string {
	words, _, _ := strings.Cut(say.NumberAt(path), " (")
	if strings.Contains(words, "“") {
		return "the " + words
	}
	return "“" + words + "”"
}

// picture is the figure of a breakeven.
func (w *breakingEven) picture(r *Breakeven) *figure.BreakevenInput {
	p := breakevenFigure(w.run, w.vary)
	p.Outcome, p.Unit, p.Goodness, p.Finding = r.measure.Words.Name, r.measure.Unit, r.measure.Direction,
		say.Capital(w.inWords(r.Sentence))
	end := func(v *float64, edge float64) float64 {
		if v == nil {
			return edge
		}
		return *v
	}
	columns := w.vary[0].Values
	for i := range r.Effects {
		e := &r.Effects[i]
		if i%columns == 0 {
			p.Effects = append(p.Effects, nil)
		}
		last := &p.Effects[len(p.Effects)-1]
		*last = append(*last, figure.BreakevenEffect{Value: e.Value, Low: end(e.Low, math.NaN()),
			High: end(e.High, math.NaN())})
	}
	for k := range r.Crossings {
		z := &r.Crossings[k]
		if z.Anywhere() {
			continue // a mark would claim a place
		}
		p.Crossings = append(p.Crossings, figure.BreakevenEffect{Value: z.Value, Low: end(z.Low, w.vary[0].Lo),
			High: end(z.High, w.vary[0].Hi)})
	}
	p.Contour = r.Contour
	if len(p.Crossings) == 0 && len(p.Contour) == 0 { // nothing to show that the standard title promises
		p.Title = "The effect on " + p.Outcome + " along one number"
		if len(w.vary) == 2 {
			p.Title = "The effect on " + p.Outcome + " over two numbers"
		}
	}
	return &p.BreakevenInput
}
