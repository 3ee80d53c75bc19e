package handover

import (
	"fmt"
	"html"
	"path"
	"regexp"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/screen"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/summary"
)

// words explains the words that the page uses.
func (w *pageWriter) words() (report.Section, error) {
	meaning := func(word string, says ...string) report.Meaning {
		return report.Meaning{ID: "word-" + strings.ReplaceAll(strings.ToLower(word), " ", "-"), Word: report.T(word),
			Says: report.Texts(says...)}
	}
	scale, err := w.scale()
	if err != nil {
		return report.Section{}, err
	}
	return report.Section{ID: "words", Title: "Words and numbers on this page", Blocks: []report.Block{
		report.Terms{Items: []report.Meaning{
			meaning("Future", fmt.Sprintf(
				"One simulated course of events over %s. Each version of a future meets the same incidents and the same luck.",
				say.Span(w.Summary.Run.HorizonDays))),
			meaning("Version", "One set of decisions about dialogue, such as with or without a forum. The figures call it an "+
				"arm."),
			meaning("Case", "An incident, such as a break-in into a network, from the day on which its victim has discovered "+
				"it. Counts are per 100 cases that were discovered in both versions, so that they read like percentages."),
			meaning("Step", "What a state does about a case. Steps have rungs from R0, nothing, to R9, force. A public or "+
				"harder step is R3, naming the other side in public, or anything above it: covert operations (R7) count, though "+
				"the public does not see them."),
			meaning("Misstep", "A public or harder step that the same state, at the same moment and by the same luck, would "+
				"not have taken had it known the truth: who did it, what for, how grave it was, and what its rival is like.",
				"It is avoidable if the evidence at hand, soundly read, would have kept the step lower. Otherwise it is bad "+
					"luck: only better evidence would have helped."),
			meaning("Hostile operation",
				"A state's operation that prepares damage (access for later) or does it (disruption). Espionage and crime, "+
					"which are most of all cases, are not hostile in this sense, and states let most of them pass."),
			meaning("Unanswered", "Nothing harder than a private protest or request to clarify (R1) came of it, or an answer "+
				"to the wrong side. A private démarche with a stated consequence (R2) is an answer."),
			meaning("Missed response",
				"A hostile operation that went unanswered and would have been answered, had the truth been known. What lowers "+
					"missteps can raise these: the two are read together."),
			meaning("Accountability forgone",
				"A public step against the guilty that the other version took and this one did not."),
			meaning("Induced step", "A step that would not have come without an earlier misstep: a reply to it, or a reply "+
				"to that."),
			meaning("Exchange of public steps",
				"Public steps between two states from one to the next quiet time. The model calls it an episode."),
			meaning("Regret", "How far a step falls short of the best one in hindsight, by the state's own weights, in per "+
				"cent of the range of its utility."),
			meaning("Two uncertainties",
				"After ±: sampling error, which shrinks with more simulated futures. In parentheses or brackets: the range that "+
					"the uncertain assumptions leave open, which does not. Both at 95\u00a0%. They are never mixed. “Not "+
					"resolved” says that the second cannot be told from the first. A range ends where the quantity does: at 0, and "+
					"for what is counted out of 100 at 100."),
		}},
		report.Details{Title: "All ten rungs of the ladder", Blocks: []report.Block{rungs(scale)}},
	}}, nil
}

// rungs are the ladder as a table.
func rungs(scale *ladder.Scale) report.Table {
	t := report.Table{Caption: "The ladder of steps, from the mildest to the hardest",
		Columns: []report.Column{{Title: "rung"}, {Title: "what a state does"}, {Title: "who sees it"}}}
	var g report.Group
	for _, r := range scale.Rungs {
		seen := "the two states only"
		switch {
		case r.Visibility >= 1:
			seen = "the public"
		case r.Visibility > 0:
			seen = "in part the public"
		}
		if r.Code == "R0" {
			seen = "nobody"
		}
		g.Rows = append(g.Rows, report.Row{Cells: report.Cells(r.Code, r.Name, seen)})
	}
	t.Groups = []report.Group{g}
	return t
}

// scale is the ladder of the run, the standard one where the scenario cannot be read.
func (w *pageWriter) scale() (*ladder.Scale, error) {
	name := "standard"
	if w.job != nil && w.job.Scenario.Scale != "" {
		name = w.job.Scenario.Scale
	}
	return ladder.Named(name)
}

// escalation shows how probable what has become by when.
func (w *pageWriter) escalation() (report.Section, error) {
	c := w.chart()
	if len(c.Panels) == 0 {
		return report.Section{}, nil
	}
	peak, err := w.pictured("peak", "How far cases go",
		report.T("Of all discovered cases, by the hardest step that the victim took."))
	if err != nil {
		return report.Section{}, err
	}
	text := report.T("Levels such as these follow from rates that are known within a factor of two at best. Read how " +
		"the lines differ, more than how high they are.")
	blocks := []report.Block{report.Paragraph{Text: text}, c, peak}
	if b := w.covert(); b != "" {
		blocks = append(blocks, report.Paragraph{Text: report.T(b)})
	}
	if b := w.bound(); b != "" {
		blocks = append(blocks, report.Note{Text: report.T(b)})
	}
	return report.Section{ID: "escalation", Title: "How far it goes, and how soon", Blocks: blocks}, nil
}

// bound says what history allows for the hardest steps, "" without a record.
func (w *pageWriter) bound() string {
	a := w.armNamed(w.Summary.Run.Baseline)
	c := a.Curve("R8", "any")
	if c == nil || c.Bound <= 0 {
		return ""
	}
	return fmt.Sprintf("Destructive operations and force (R8, R9) have no precedent between these states, and no "+
		"number is given: a model cannot say how rare they are. "+
		"History excludes only more than %s over %s. (Of n incidents on record none was answered so; then a share above 3 "+
		"in n is excluded at 95\u00a0%%.)", say.Probability(c.Bound), say.Span(w.Summary.Run.HorizonDays))
}

func (w *pageWriter) armNamed(name string) *summary.Arm {
	for i := range w.Summary.Arms {
		if w.Summary.Arms[i].Name == name {
			return &w.Summary.Arms[i]
		}
	}
	return &w.Summary.Arms[0]
}

// effect shows the differences, help and harm together.
func (w *pageWriter) effect() (report.Section, error) {
	if w.contrast == nil {
		return report.Section{}, nil
	}
	c := w.contrast
	f, err := w.pictured("effect", "Differences with both uncertainties",
		report.T("Thick: sampling error. Thin: the range that the assumptions leave open. A bar that crosses the zero "+
			"line shows no clear difference."))
	if err != nil {
		return report.Section{}, err
	}
	intro := fmt.Sprintf("Difference is %s less %s, over the same futures. What may help and what may harm stand in "+
		"one table: fewer missteps can cost missed responses or accountability.",
		reportArm(c.Treatment), reportArm(c.Baseline))
	blocks := []report.Block{report.Paragraph{Text: report.T(intro)}, f, w.effectTable(c)}
	for i := range w.Summary.Contrasts[1:] {
		other := &w.Summary.Contrasts[1+i]
		blocks = append(blocks, report.Details{Title: say.Capital(reportArm(other.Treatment)) + " instead",
			Blocks: []report.Block{w.effectTable(other)}})
	}
	return report.Section{ID: "effect", Title: "What changes, for better and for worse", Blocks: blocks}, nil
}

// effectTable lists the outcomes of a contrast in both arms.
func (w *pageWriter) effectTable(c *summary.Contrast) report.Table {
	t := report.Table{Stacked: true,
		Caption: fmt.Sprintf("All outcomes %s and %s; ± sampling error, [ ] range left open by the assumptions, "+
			"95\u00a0%%. Differences are computed before rounding.", reportArm(c.Baseline), reportArm(c.Treatment)),
		Columns: []report.Column{{Title: "outcome"}, {Title: reportArm(c.Baseline), Numbers: true},
			{Title: reportArm(c.Treatment), Numbers: true},
			{Title: "difference", Numbers: true}, {Title: "[range]", Numbers: true}, {Title: "reading"}}}
	for _, part := range screen.Sections(say.Span(w.Summary.Run.HorizonDays)) {
		g := report.Group{Title: strings.ReplaceAll(part.Heading, "arms", "versions")}
		for _, id := range part.Measures {
			m := c.Measure(id)
			if m == nil || id == "withdrawn" && m.Baseline.Value == 0 && m.Treatment.Value == 0 {
				continue
			}
			g.Rows = append(g.Rows, w.effectRow(m, part.Digits))
		}
		if len(g.Rows) > 0 {
			t.Groups = append(t.Groups, g)
		}
	}
	return t
}

func (w *pageWriter) effectRow(m *summary.Measure, digits int) report.Row {
	r := screen.RowOf(m, digits, w.uncertain)
	if l, ok := reportLabels[m.ID]; ok {
		r.Label = l
	}
	if w.unprecedented(m) {
		return report.Row{Cells: report.Cells(r.Label, "no precedent", "no precedent", "", "", w.excluded())}
	}
	interval := ""
	switch {
	case r.Interval[0] == screen.Unresolved:
		interval = screen.Unresolved
	case r.Interval[0] != "":
		interval = "[" + r.Interval[0] + ",\u00a0" + r.Interval[1] + "]"
	}
	level := func(e summary.Estimate) string {
		return strings.NewReplacer("\u00a0(", " [", "\u00a0to\u00a0", ",\u00a0", " to ", ", ", ")", "]", " (",
			" [").Replace(reportLevel(m, e, digits, w.uncertain))
	}
	return report.Row{Cells: report.Cells(r.Label, level(m.Baseline), level(m.Treatment),
		strings.TrimSpace(r.Change.Value+"\u00a0"+r.Change.MC), interval, reportVerdict(m.Verdict))}
}

// reportLabels stand in a table in place of words that the page does not use.
var reportLabels = map[string]string{
	"forgone":       "accountability forgone (taken by the other version)",
	"any_induced":   "at least one step that a misstep brought about",
	"pair_episodes": "exchanges of public steps between the states", "regret": "regret, % of the range of utility",
}

// excluded says what history leaves of what has no precedent.
func (w *pageWriter) excluded() string {
	text := "no number is given."
	if c := w.armNamed(w.Summary.Run.Baseline).Curve("R8", "any"); c != nil && c.Bound > 0 {
		text += " History excludes only more than " + strings.ReplaceAll(say.Probability(c.Bound), " ", "\u00a0") + "."
	}
	return text
}

// why shows what further commands found, or how to find it.
func (w *pageWriter) why() (report.Section, error) {
	s := report.Section{ID: "why", Title: "Why, and what would change it"}
	var missing report.Command
	for _, c := range reportAnalyses {
		found := false
		for _, a := range w.analyses {
			if a.name == c.name {
				s.Blocks = append(s.Blocks, w.analysis(&a, c.title, c.says, c.remedy)...)
				found = true
			}
		}
		if !found {
			missing.Lines = append(missing.Lines, c.remedy+" "+quoted(w.Manifest.Folder())+w.variedBy(c.name))
		}
	}
	if w.contrast == nil {
		missing.Lines = nil
	}
	if len(missing.Lines) > 0 {
		text := "Not computed for this run. These commands compute it, and a report written afterwards shows it:"
		if len(s.Blocks) > 0 {
			text = "Not computed for this run:"
		}
		s.Blocks = append(s.Blocks, report.Paragraph{Text: report.T(text)}, missing)
	}
	return s, nil
}

// variedBy is what a command needs beside the run: breakeven a number to move, the
// first that the scenario's author would change.
func (w *pageWriter) variedBy(command string) string {
	if command != "breakeven" {
		return ""
	}
	for _, path := range w.card().Try {
		if w.numberOf(path) >= 0 {
			return " --vary " + quoted(strings.TrimPrefix(path, "assumptions."))
		}
	}
	return " --vary strength.clarify"
}

var pictureDescription = regexp.MustCompile(`(?s)<desc id="desc">(.*?)</desc>`)

// altOf is the text that a picture brings with it, which has the numbers with their
// intervals; a picture of another kind has none.
func altOf(picture []byte, says string) string {
	if m := pictureDescription.FindSubmatch(picture); m != nil {
		return html.UnescapeString(string(m[1]))
	}
	return says + " The numbers are in the table below the figure."
}

// analysis shows what a further command found. An effect along one number is drawn anew,
// for its sentence must hold for the page.
func (w *pageWriter) analysis(a *analysisFolder, title, says, command string) []report.Block {
	blocks := analysisBlocks(a, w.beside, title, says, command)
	f, ok := blocks[0].(report.Figure)
	if text := w.crossingText(); a.name == "breakeven" && ok && len(text) > 0 {
		if picture, alt := w.crossingPicture(); picture != nil {
			f.Picture, f.Alt, f.File = picture, alt, ""
		}
		f.Caption = append(report.T("How one number moves the average: "), text...)
		blocks[0] = f
	}
	return blocks
}

// analysisBlocks show the figure of a further command, or its table alone.
func analysisBlocks(a *analysisFolder, beside, title, says, command string) []report.Block {
	source := report.Source{Made: report.T("By ", report.Mono(command), " from the inputs of this run."), Name: a.csv,
		CSV: a.table}
	if a.picture != nil {
		return []report.Block{report.Figure{ID: "figure-" + a.name, Title: title, Picture: a.picture,
			File: path.Join(beside, a.file), Alt: altOf(a.picture, says), Caption: report.T(says), Source: source}}
	}
	t, _, err := report.FromCSV(title+". "+says, a.table, mostAnalysisRows)
	if err != nil {
		return []report.Block{report.Note{Text: report.T(a.csv + " cannot be read as a table.")}}
	}
	return []report.Block{t}
}

// mostAnalysisRows is how many rows of a table without a figure are shown.
const mostAnalysisRows = 60

// beliefs says which false beliefs were behind missteps.
func (w *pageWriter) beliefs() (report.Section, error) {
	f, err := w.pictured("beliefs", "The false belief behind each misstep", nil)
	if err != nil {
		return report.Section{}, err
	}
	s := report.Section{ID: "beliefs", Title: "Which beliefs were false, and could it have been known"}
	s.Blocks = []report.Block{report.Paragraph{Text: report.T(
		"Each misstep is split among the beliefs that were false, by what correcting each would have changed. ",
		"It is avoidable if the evidence at hand, soundly read, would have kept the step lower.")}, w.beliefTable(), f}
	return s, nil
}

// beliefTable splits the missteps of every arm by the false belief behind them.
func (w *pageWriter) beliefTable() report.Table {
	t := report.Table{Caption: "Missteps per 100 cases", Stacked: true, Columns: []report.Column{{Title: ""}}}
	arms := w.chartArms()
	for _, a := range arms {
		t.Columns = append(t.Columns, report.Column{Title: reportArm(a.Name), Numbers: true})
	}
	t.Columns[0].Title = "missteps"
	row := func(name string, of func(*summary.Beliefs) summary.Estimate) report.Row {
		cells := report.Cells(name)
		for _, a := range arms {
			cells = append(cells, report.Cell{Text: report.T(strings.Replace(reportRange(of(&a.Beliefs), 1, 2, w.uncertain),
				"\u00a0(", " (", 1))})
		}
		return report.Row{Cells: cells}
	}
	t.Groups = []report.Group{
		{Title: "by false belief about …", Rows: []report.Row{
			row("who did it", func(b *summary.Beliefs) summary.Estimate { return b.Culprit }),
			row("what it was for", func(b *summary.Beliefs) summary.Estimate { return b.Intent }),
			row("how grave it was", func(b *summary.Beliefs) summary.Estimate { return b.Severity }),
			row("what the rival is like", func(b *summary.Beliefs) summary.Estimate { return b.Rival }),
		}},
		{Title: "by whether it could have been known", Rows: []report.Row{
			row("avoidable", func(b *summary.Beliefs) summary.Estimate { return b.Avoidable }),
			row("bad luck", func(b *summary.Beliefs) summary.Estimate { return b.Irreducible }),
		}},
	}
	return t
}

// availability says whether the forum was there when it was needed.
func (w *pageWriter) availability() (report.Section, error) {
	exists := false
	s := report.Section{ID: "channel", Title: "Is the channel there when it is needed"}
	for _, a := range w.chartArms() {
		if f := &a.Forum; f.Exists {
			exists = true
			s.Blocks = append(s.Blocks, report.Paragraph{Text: report.T(forumSentence(a, w.uncertain))})
		}
	}
	if !exists {
		return report.Section{}, nil
	}
	f, err := w.pictured("channel", "Availability at moments of need",
		report.T("A moment of need is a new case whose chief suspect shares the channel with the victim. Tension between "+
			"the two rises with every hostile step and fades with time."))
	if err != nil {
		return report.Section{}, err
	}
	s.Blocks = append(s.Blocks, f)
	return s, nil
}
