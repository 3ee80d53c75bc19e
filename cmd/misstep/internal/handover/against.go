package handover

import (
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// counterRisks are the outcomes by which the second version can be worse, whatever it
// does to the headline's.
var counterRisks = []string{"missed", "forgone", "regret", "false_accusations"}

// against says what speaks against the second version, from the numbers alone.
func (w *pageWriter) against() []report.Block {
	var worse []string
	var l report.List
	for _, id := range counterRisks {
		m := w.contrast.Measure(id)
		if m == nil || m.Goodness == 0 {
			continue
		}
		if m.Verdict == summary.Worse {
			worse = append(worse, reportOutcome(m))
		}
		if m.Verdict != summary.Better && m.Difference.Value*float64(m.Goodness) < 0 {
			l.Items = append(l.Items,
				report.T(say.Capital(reportOutcome(m))+w.glossed(m)+": "+reportChange(m,
					w.uncertain)+", "+reportVerdict(m.Verdict)+"."+w.harmedIn(m)))
		}
	}
	first := "Nothing is clearly worse."
	if len(worse) > 0 {
		first = "Clearly worse: " + say.And(worse) + "."
	}
	if len(l.Items) == 0 {
		return append(said(first), said(w.away())...)
	}
	if len(worse) == 0 {
		first += " What leans that way, or could (zero lies within each range):"
	}
	return append(append(said(first), l), said(w.away())...)
}

// away says how often the channel of the second version is not there, "" where it has
// none.
func (w *pageWriter) away() string {
	a := w.armNamed(w.Summary.Run.Treatment)
	if !a.Forum.Exists {
		return ""
	}
	text := "The channel"
	if a.Forum.Uptime.Value < .5 {
		text += " is often not there: it"
	}
	text += fmt.Sprintf(" is up on %s of 100 days", say.Number(100*a.Forum.Uptime.Value, 0))
	if a.Forum.Meetings > 0 {
		text += fmt.Sprintf(", and meets %s times in %s", say.Number(a.Forum.Meetings, 1),
			say.Span(w.Summary.Run.HorizonDays))
	}
	return strings.TrimSpace(text + ". " + tensionSentence(&a.Forum))
}

// glossed explains an outcome that the table in brief does not have.
func (w *pageWriter) glossed(m *summary.Measure) string {
	if m == w.headline || slices.Contains(briefOutcomes, m.ID) {
		return ""
	}
	return reportGloss(m)
}

// harmedIn says in how many sets of assumptions an outcome is worse, "" where that is
// not known well enough to be told.
func (w *pageWriter) harmedIn(m *summary.Measure) string {
	if !w.uncertain || !toldHarm(&m.Harm) {
		return ""
	}
	return fmt.Sprintf(" Worse in %s of the sets of assumptions.", harmRange(&m.Harm))
}

// widestHarm is the width from which on an interval of a share says nothing.
const widestHarm = .9

func toldHarm(h *summary.Harm) bool { return h.Resolved && h.High-h.Low < widestHarm }

func harmRange(h *summary.Harm) string {
	return strings.ReplaceAll(fmt.Sprintf("%s (%s to %s)", say.Percent(h.Share), say.Percent(h.Low), say.Percent(h.High)),
		" %", "\u00a0%")
}

// surestBin is the largest sampling error with which a share of moments is told.
const surestBin = .1

// tensionSentence says how availability falls with tension, "" where too few moments of
// need are known.
func tensionSentence(f *summary.Forum) string {
	var told []summary.NeedBin
	for _, b := range f.ByTension {
		if b.Moments > 0 && b.MC <= surestBin {
			told = append(told, b)
		}
	}
	if len(told) == 0 {
		return ""
	}
	write := func(b *summary.NeedBin) string {
		return fmt.Sprintf("at %s\u00a0±%s of 100", say.Number(100*b.Available, 0), say.Number(100*b.MC, 0))
	}
	calm, tense := &told[0], &told[len(told)-1]
	if len(told) == 1 {
		return "At moments of need the channel is up " + write(calm) + "."
	}
	if tense.Available > calm.Available {
		return fmt.Sprintf("The channel is up as often when it is needed most: %s moments of need when relations are "+
			"tense (tension above %s of 1), %s when they are calm.",
			write(tense), say.Number(tense.From, 1), write(calm))
	}
	return fmt.Sprintf("The channel is down more often when it is needed most: when relations are tense (tension above "+
		"%s of 1) it is up %s moments of need, when they are calm %s.", say.Number(tense.From, 1), write(tense), write(calm))
}

// doNotConclude says what a reader must not take from the headline.
func (w *pageWriter) doNotConclude() report.Block {
	m, who := w.headline, reportLever(w.contrast.Treatment)
	var text string
	switch m.Verdict {
	case summary.Unclear:
		do, it := "does", "it is"
		if say.Plural(who) {
			do, it = "do", "they are"
		}
		text = fmt.Sprintf("that %s %s nothing to %s, or that %s proved to lower or to raise them: the result fits all three.", who, do, reportOutcome(m), it)
	case summary.Same:
		text = fmt.Sprintf("that %s %s nothing: in this run there was nothing to act on.", who, say.Does(who, "change"))
	default:
		text = fmt.Sprintf("that %s did so, or would, between real states: the direction follows from assumptions that no "+
			"record checks.", who)
	}
	return report.Note{Text: report.T(report.Bold("Do not conclude"), " "+text)}
}
