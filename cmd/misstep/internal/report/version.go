package report

import (
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// Version is an arm of the run.
type Version struct {
	Name, Title string // in a sentence, with the forum, and at its beginning
	Added       string // channels that not every version has

	// Missteps per 100 cases by the false belief behind them, and by whether it could
	// have been known.
	Culprit, Intent, Severity, Rival, Avoidable, BadLuck string

	Channel *Channel // nil without a forum
}

// Channel is how available the forum of a version is.
type Channel struct {
	Need, Days            string // of 100 moments of need, of 100 days
	Meetings, Suspensions string // in a future; empty for none
	Seldom                bool   // less than half of the days
	Calm, Tense           string // of 100 moments of need where it is calmest and tensest; empty where too few are known
	TenseFrom             string // tension from there on
	MoreWhenTense         bool
	AsOften               bool // as far as chance lets one tell
}

// version is the place of an arm in a sentence: with the forum, in version “narrow”.
func version(name string) string {
	for _, p := range []string{"without", "with"} {
		if rest, ok := strings.CutPrefix(name, p+"-"); ok && rest != "" {
			return p + " the " + strings.ReplaceAll(rest, "-", " ")
		}
	}
	return "in version “" + strings.ReplaceAll(name, "-", " ") + "”"
}

// arm finds an arm by its name, the first where there is none.
func (w *writer) arm(name string) *summary.Arm {
	i := slices.IndexFunc(w.Summary.Arms, func(a summary.Arm) bool { return a.Name == name })
	return &w.Summary.Arms[max(i, 0)]
}

// versions puts the arms into words: baseline, treatment, others.
func (w *writer) versions() {
	r := &w.Summary.Run
	names := slices.DeleteFunc([]string{r.Baseline, r.Treatment}, func(s string) bool { return s == "" })
	for i := range w.Summary.Arms {
		names = once(names, w.Summary.Arms[i].Name)
	}
	in := map[string]int{} // versions in which a channel is up at some time
	for _, name := range names {
		a := w.arm(name)
		b, two := &a.Beliefs, digits(2)
		v := &Version{Name: version(name), Title: say.Capital(version(name)), Culprit: w.ranged(b.Culprit, two),
			Intent: w.ranged(b.Intent, two), Severity: w.ranged(b.Severity, two), Rival: w.ranged(b.Rival, two),
			Avoidable: w.ranged(b.Avoidable, two), BadLuck: w.ranged(b.Irreducible, two)}
		if a.Forum.Exists {
			v.Channel, w.AnyChannel = w.channel(&a.Forum), true
			if name == r.Treatment {
				w.Channel = v.Channel
			}
		}
		for _, c := range a.Channels {
			if c.Uptime.Value > 0 {
				in[c.Name]++
			}
		}
		w.Versions = append(w.Versions, v)
	}
	for i, name := range names {
		var common, added []string
		for _, c := range w.arm(name).Channels {
			words := "the " + strings.ReplaceAll(c.Name, "-", " ")
			switch {
			case in[c.Name] == len(names):
				common = append(common, words)
			case c.Uptime.Value > 0:
				added = append(added, words)
			}
		}
		w.Talks, w.Versions[i].Added = say.And(common), say.And(added)
	}
	w.Tail = w.tail()
	base := w.arm(r.Baseline)
	if c := base.Curve("R8", "any"); c != nil && c.Bound > 0 {
		w.Bound = chance(c.Bound)
	}
	w.Rare = w.Tail != "" || w.Bound != ""
	if p := base.Peaks; len(p) > 9 && p[7] > 0 {
		w.Covert = percent(p[7] / (p[6] + p[7] + p[8] + p[9]))
	}
}

// tail is what the model has of R8 or harder in the headline's versions; "" where the draws do not resolve it.
func (w *writer) tail() string {
	if len(w.Summary.Contrasts) == 0 {
		return ""
	}
	c := &w.Summary.Contrasts[0]
	m := c.Measure("reach_r8")
	if m == nil || !m.Baseline.Resolved || !m.Treatment.Resolved {
		return ""
	}
	return chance(m.Baseline.Value) + " " + version(c.Baseline) + ", " + chance(m.Treatment.Value) + " " +
		version(c.Treatment)
}

// once adds a word that is not there yet.
func once(list []string, word string) []string {
	if slices.Contains(list, word) {
		return list
	}
	return append(list, word)
}

// surestBin is the largest sampling error with which a share of moments is told.
const surestBin = .1

// of100 writes a share of a hundred with a range that ends where a share can, as the figure has it.
func of100(v, low, high float64) string {
	number := func(x float64) string { return say.Number(100*x, 0) }
	return number(v) + " (" + number(max(0, low)) + "\u00a0to\u00a0" + number(min(1, high)) + ")"
}

// channel says how available a forum is.
func (w *writer) channel(f *summary.Forum) *Channel {
	share := func(e summary.Estimate) string {
		switch {
		case w.Uncertain && resolved(e):
			return of100(e.Value, e.Low, e.High)
		case e.NoError:
			return say.Number(100*e.Value, 0)
		}
		return of100(e.Value, e.Value-e.MC, e.Value+e.MC)
	}
	c := &Channel{Need: share(f.AtNeed), Days: share(f.Uptime), Seldom: f.Uptime.Value < .5}
	if f.Meetings > 0 {
		c.Meetings = say.Number(f.Meetings, 1)
	}
	if f.Suspensions > 0 {
		c.Suspensions = say.Number(f.Suspensions, 1)
	}
	told := slices.DeleteFunc(slices.Clone(f.ByTension), func(b summary.NeedBin) bool {
		return b.Moments <= 0 || b.MC > surestBin
	})
	if len(told) == 0 {
		return c
	}
	need := func(b *summary.NeedBin) string { return of100(b.Available, b.Available-b.MC, b.Available+b.MC) }
	calm, tense := &told[0], &told[len(told)-1]
	if c.Calm = need(calm); tense != calm {
		c.Tense, c.TenseFrom, c.MoreWhenTense = need(tense), say.Number(tense.From, 1), tense.Available > calm.Available
		c.AsOften = math.Abs(tense.Available-calm.Available) <=
			math.Sqrt(float64(tense.MC*tense.MC)+float64(calm.MC*calm.MC))
	}
	return c
}
