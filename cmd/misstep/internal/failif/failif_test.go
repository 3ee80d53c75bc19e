package failif

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/model/summary"
)

var world = World{Arms: []string{"without", "with", "line"}, Treatment: "with", Ranges: true}

// TestMistakes: every mistake has its column, counted in letters, and says what to write.
func TestMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"":                         `--fail-if "", column 1: an outcome is missing; write one as in `,
		"  > 3":                    `column 3: an outcome is missing`,
		"misstep > 1":              `column 1: unknown outcome "misstep"; did you mean "missteps"?`,
		"  misstep > 1":            `column 3: unknown outcome "misstep"; did you mean "missteps"?`,
		"missteps.wihout > 1":      `column 10: unknown arm "wihout"; did you mean "without"?`,
		"missteps.diference > 1":   `column 10: unknown arm "diference"; did you mean "difference"?`,
		"missteps.with.hi > 1":     `column 15: "hi" has no place here`,
		"missteps.low.with > 1":    `column 14: "with" has no place here`,
		"missteps.low.high > 1":    `column 14: "high" has no place here`,
		"missteps. > 1":            `column 10: unknown arm ""; known: without, with, line, difference, low, high`,
		"false_share.difference<1": `column 13: false_share is read in each arm and not compared; write false_share.with`,
		"missteps":                 `column 9: a comparison is missing; write it between quotes`,
		"missteps 0.5":             `column 10: "0.5" is no comparison`,
		"missteps = 1":             `column 10: "=" is no comparison; write >, >=, < or <=`,
		"missteps >":               `column 11: a number is missing`,
		"missteps > half":          `column 12: "half" is no number`,
		"missteps > nan":           `column 12: "nan" is no number`,
		"missteps > 0x1":           `column 12: "0x1" is no number`,
		"missteps > 1 > 0":         `column 12: "1 > 0" is no number`,
		"missteps > 1e999":         `column 12: 1e999 is too large`,
		"missteps\n> 1\n2":         `column 1: a line ends here; write one line`,
		"müssteps > é":             `column 12: "é" is no number`,
	} {
		if _, err := Parse([]string{"cases > 1", text}, world); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, lacks %s", text, err, want)
		}
	}
	if _, err := Parse([]string{"missteps > 1"}, World{Arms: []string{"with"}}); err == nil ||
		!strings.Contains(err.Error(), "one arm is played") {
		t.Error(err)
	}
	if _, err := Parse([]string{"missteps.with.high > 1"}, World{Arms: world.Arms, Treatment: "with"}); err == nil ||
		!strings.Contains(err.Error(), "column 15: there is no range") {
		t.Error(err)
	}
}

// found is a summary in which every number differs, so that a condition which reads another shows.
func found() *summary.Summary {
	at := func(x float64) summary.Estimate {
		return summary.Estimate{Value: x, Low: x - .25, High: x + .25, Resolved: true}
	}
	measure := func(id, unit string, base float64) summary.Measure {
		return summary.Measure{ID: id, Unit: unit, Baseline: at(base), Treatment: at(base - 3), Difference: at(-3)}
	}
	unresolved := measure("missed", "per 100 cases", 8)
	unresolved.Treatment.Resolved = false
	chance := measure("any_misstep", "probability", 0)
	chance.Treatment = summary.Estimate{Value: .25}
	return &summary.Summary{
		Contrasts: []summary.Contrast{
			{Baseline: "without", Treatment: "with", Measures: []summary.Measure{measure("missteps", "per 100 cases", 5),
				unresolved, chance}},
			{Baseline: "without", Treatment: "line", Measures: []summary.Measure{measure("missteps", "per 100 cases", 7)}},
		},
		Arms: []summary.Arm{{Name: "without", Levels: []summary.Level{{Measure: "false_share", Value: at(40)}}},
			{Name: "with", Levels: []summary.Level{{Measure: "false_share", Value: at(30)}}}, {Name: "line"}},
	}
}

// TestConditions: which number each form means, on both sides of it.
func TestConditions(t *testing.T) {
	for _, c := range []struct {
		holds, not string
	}{
		{"missteps > 1.9", "missteps > 2"},
		{"missteps>=2", "missteps >= 2.01"},
		{"missteps.with < 2.1", "missteps.with < 2"},
		{"missteps.without <= 5", "missteps.without <= 4.9"},
		{"missteps.line > 3.9", "missteps.line > 4"},
		{"missteps.difference < -2.9", "missteps.difference < −3"},
		{"missteps.high > 2.2", "missteps.high > 2.25"},
		{"missteps.with.low < 1.8", "missteps.with.low < 1.75"},
		{"missteps.difference.high <= -2.75", "missteps.difference.high <= -2.76"},
		{"any_misstep >= 25", "any_misstep > 25"},
		{"false_share > 29", "false_share > 30"},
		{"false_share.without > 39", "false_share.without > 40"},
		{"missteps > 1e-3", "missteps < .5"},
	} {
		list, err := Parse([]string{c.not, c.holds}, world)
		if err != nil {
			t.Error(err)
			continue
		}
		if holds, err := Judge(list, found()); err != nil || len(holds) != 1 || !strings.Contains(holds[0], c.holds) {
			t.Errorf("%s holds and %s does not: %q, %v", c.holds, c.not, holds, err)
		}
	}
	for text, want := range map[string]string{
		"missteps.difference.low < 0": `holds: −3.25 per 100 cases, in the difference between the arms, low end ` +
			`of the 95 % range`,
		"any_misstep > 1": `holds: 25 of 100 futures, in arm with`,
	} {
		list, _ := Parse([]string{text}, world)
		if holds, err := Judge(list, found()); err != nil || !strings.HasSuffix(holds[0], want) {
			t.Errorf("%q, %v", holds, err)
		}
	}
	for text, want := range map[string]string{"missed.high > 0": "there is no range", "missed.line > 0": "has no missed"} {
		list, _ := Parse([]string{text}, world)
		if holds, err := Judge(list, found()); err == nil || len(holds) > 0 || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %q, %v", text, holds, err)
		}
	}
}

// TestArmsCalledLikeParts: an arm goes before a word of the grammar.
func TestArmsCalledLikeParts(t *testing.T) {
	s := found()
	s.Contrasts[1].Treatment = "low"
	list, err := Parse([]string{"missteps.low > 3.9"}, World{Arms: []string{"without", "with", "low"}, Treatment: "with",
		Ranges: true})
	if err != nil {
		t.Fatal(err)
	}
	if holds, err := Judge(list, s); err != nil || len(holds) != 1 {
		t.Errorf("%q, %v", holds, err)
	}
}

// FuzzParse: no text panics, and what is accepted can be judged or says why not.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"missteps > 0.5", "missteps.with.high<=−1", "false_share.low >= 1e3", "é.. >> ", "\n>"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		list, err := Parse([]string{text}, world)
		if err != nil {
			if !strings.Contains(err.Error(), ", column ") {
				t.Errorf("%q: no column: %v", text, err)
			}
			return
		}
		_, _ = Judge(list, found())
	})
}
