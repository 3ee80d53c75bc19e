package handover

import (
	"fmt"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/scenario"
)

// methods is a page of prose about how the model works.
func (w *pageWriter) methods() (report.Section, error) {
	r := &w.Summary.Run
	paragraphs := []string{
		"States, and groups that are no states, start cyber operations against others at random times and with hidden " +
			"aims: espionage, access for later, disruption, crime. A victim discovers some of them, after days or years. " +
			"Evidence comes piece by piece, and each piece can point at the wrong culprit or look more hostile than the " +
			"truth. Some operations fly a false flag.",
		"From the evidence and from what it holds its rivals to be, a victim forms beliefs: who did it, what for, how " +
			"grave it was. It then chooses a step on a ladder from nothing to force. The choice weighs the worth of showing " +
			"resolve, the price of going public, the cost of the step and the reply that is to be expected; harder to " +
			"justify steps are rarer, and none is excluded. The accused may deny, accuse in turn, or reply in kind.",
		"A channel of dialogue can change five things: what is known (a question can be put, and answered truly or " +
			"falsely), what can be done (a private option), when (an act can wait for contact), what pays (commitments, " +
			"trust, red lines), and whether it is still there (public steps can suspend it, contacts can leak). Each " +
			"mechanism can help and can hurt, and does exactly nothing at strength zero. No effect of a forum is written " +
			"into the program.",
		"Every step is then compared with the step that the same state would have taken at the same moment and by the " +
			"same luck, had it known the truth. If it would have stayed lower, the step is a misstep. A second comparison " +
			"asks what a sound reading of the same evidence would have led to: that tells avoidable missteps from bad luck.",
		fmt.Sprintf("Each future is played in every version with the same random numbers, each of which belongs to one "+
			"event and not to a place in a sequence. So the versions meet the same incidents, and a difference between them "+
			"comes from what they differ in. In this run %s of the %s were drawn %s times from their ranges, with %s for "+
			"each set.",
			say.Thousands(r.Free), say.Counted(len(w.Manifest.Parameters), "number"), say.Thousands(r.Draws),
			say.Counted(r.Replicates, "future")),
		"Two uncertainties are kept apart. Sampling error (±) is computed from the spread of futures at given " +
			"assumptions. The range that the assumptions leave open is the spread between the sets of assumptions after the " +
			"sampling error in it has been taken out. A difference is called clear only if zero lies outside the range even " +
			"when the range is widened by the sampling error.",
	}
	s := report.Section{ID: "methods", Title: "How it works"}
	for _, p := range paragraphs {
		s.Blocks = append(s.Blocks, report.Paragraph{Text: report.T(p)})
	}
	s.Blocks = append(s.Blocks,
		report.Paragraph{Text: report.T("The full description, equation by equation, is docs/MODEL.md of the program.")})
	return s, nil
}

// limits says what the page cannot tell.
func (w *pageWriter) limits() (report.Section, error) {
	s := report.Section{ID: "limits", Title: "What this cannot tell"}
	if l := w.card().Limits; l != "" {
		s.Blocks = append(s.Blocks, report.Paragraph{Text: report.T(l)})
	}
	items := []string{
		"It is a model and forecasts nothing. Levels follow from rates that are known within a factor of two at best. " +
			"Read the difference between versions, and which assumption makes it.",
		"How strongly the mechanisms of a forum act is identified by no data: two to five comparable forums exist, each " +
			"made in a thaw and broken in a freeze. Their strengths are drawn from nothing to everything.",
		"No record observes a false belief. How many public steps are missteps rests on assumptions about evidence that " +
			"no public source checks.",
		"Steps at R8 and above have no precedent between these states. Their simulated probability is the tail of a " +
			"formula and no finding.",
		"It knows the public record, and states do most of this in private. Domestic politics and crises elsewhere appear " +
			"only as prices and random shocks.",
	}
	s.Blocks = append(s.Blocks, report.List{Items: report.Texts(items...)})
	for _, warning := range w.warningTexts() {
		s.Blocks = append(s.Blocks, report.Note{Text: report.T(report.Bold("About this run:"), " "+warning)})
	}
	return s, nil
}

// warningTexts are the warnings of the run, alike ones once.
func (w *pageWriter) warningTexts() []string {
	var out []string
	seen := map[string]bool{}
	for _, x := range w.Summary.Warnings {
		if seen[x.ID] || x.ID == "tail" { // of rungs of which the page gives no number
			continue
		}
		seen[x.ID] = true
		out = append(out, fmt.Sprintf("%s; %s. What to do: %s.", strings.TrimSuffix(x.What, "."),
			strings.TrimSuffix(x.Why, "."), strings.TrimSuffix(x.Do, ".")))
	}
	return out
}

// again says how to get this run and this page once more.
func (w *pageWriter) again() (report.Section, error) {
	m := w.Manifest
	folder := m.Folder()
	s := report.Section{ID: "again", Title: "How to do it again", Blocks: []report.Block{
		report.Paragraph{Text: report.T(
			"From the folder of the run, to the same bytes with the same version on any processor (PNG apart):")},
		report.Command{Lines: []string{"misstep run --from " + quoted(folder), "misstep report " + quoted(folder)}},
	}}
	if cmd, ok := w.fromScenario(); ok {
		s.Blocks = append(s.Blocks, report.Paragraph{Text: report.T("From the scenario that comes with the program:")},
			report.Command{Lines: []string{cmd}})
	}
	t := report.Table{Caption: "What the run is", Stacked: true,
		Columns: []report.Column{{Title: "what"}, {Title: "value"}}}
	in := &m.Inputs
	posterior := "none"
	if in.Posterior != nil {
		posterior = in.Posterior.Name + ", sha256 " + in.Posterior.SHA256
	}
	for _, row := range [][2]string{
		{"run", folder}, {"inputs, sha256", m.Hash}, {"scenario, sha256", in.SHA256}, {"posterior", posterior},
		{"model", in.ModelVersion},
		{"program", m.Program.Version + ", " + m.Program.Go + ", " + m.Program.GOARCH},
		{"seed and generator", fmt.Sprintf("%d, %s", in.Seed, in.Generator)},
		{"sample", fmt.Sprintf("%s, %s for each", say.Counted(in.Draws, "set")+" of assumptions",
			say.Counted(in.Replicates, "future"))}, {"versions", strings.Join(in.Arms, ", ")},
	} {
		if len(t.Groups) == 0 {
			t.Groups = []report.Group{{}}
		}
		t.Groups[0].Rows = append(t.Groups[0].Rows, report.Row{Cells: report.Cells(row[0], row[1])})
	}
	s.Blocks = append(s.Blocks, t,
		report.Details{Title: "The scenario as it was run", Blocks: []report.Block{report.Verbatim{Text: in.Scenario}}})
	return s, nil
}

// fromScenario is the command that makes the same run from a shipped scenario, and
// whether there is one.
func (w *pageWriter) fromScenario() (string, bool) {
	in := &w.Manifest.Inputs
	text, ok := run.Shipped(in.Name)
	if !ok || string(text) != in.Scenario || in.BlockSize != min(in.Replicates, model.BlockSize) {
		return "", false
	}
	cmd := []string{"misstep run", quoted(in.Name),
		fmt.Sprintf("--draws %d --replicates %d --seed %d", in.Draws, in.Replicates, in.Seed)}
	if in.Generator != "mix" {
		cmd = append(cmd, "--generator "+in.Generator)
	}
	for _, l := range in.Layers {
		cmd = append(cmd, "--set "+quoted(l.Path+"="+l.Value))
	}
	if w.job != nil {
		if whole, err := scenario.Load(in.Name, text, model.LoadOptions(in.Name, nil, true)); err == nil &&
			len(whole.Arms) > len(in.Arms) {
			for _, a := range in.Arms {
				cmd = append(cmd, "--arm "+quoted(a))
			}
		}
	}
	switch {
	case in.Posterior == nil:
		cmd = append(cmd, "--prior")
	case in.Posterior.Text != "":
		cmd = append(cmd, "--posterior "+quoted(in.Posterior.Name))
	}
	return strings.Join(cmd, " "), true
}

// quoted writes a word so that a shell takes it as it is.
func quoted(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./=,:", r)
	}
	if s != "" && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 && !strings.HasPrefix(s, "-") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
