package record

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/evidence"
)

// evidenceType is a type of event with its place in the model.
type evidenceType struct {
	Type    string   `json:"type"`
	Meaning string   `json:"meaning"`
	Codes   []string `json:"codes"`
	Event   string   `json:"event"`
	Stands  string   `json:"stands"`
}

// evidenceTypes prints the vocabulary of types.
func evidenceTypes(a *cli.App) error {
	var list []evidenceType
	for _, name := range slices.Sorted(maps.Keys(evidence.StepTypes)) {
		x := evidence.StepTypes[name]
		list = append(list, evidenceType{name, x.Means, append([]string{}, x.Codes...), x.Event, placeOf(name)})
	}
	if a.Flags.JSON {
		_, err := a.Out.Write(say.JSON(list))
		return err
	}
	var b strings.Builder
	b.WriteString("types of events\n")
	for i := range list {
		b.WriteString("  " + say.PadRight(list[i].Type, 25) + list[i].Meaning + "\n")
		for _, l := range say.Folded(say.NarrowWidth, strings.Repeat(" ", 27)+"→ ", strings.Repeat(" ", 29),
			list[i].Stands) {
			b.WriteString(l + "\n")
		}
	}
	_, err := fmt.Fprint(a.Out, b.String())
	return err
}

// linesOf writes numbers of lines.
func linesOf(list []int) string {
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = strconv.Itoa(n)
	}
	if len(list) == 1 {
		return "line " + words[0]
	}
	return "lines " + strings.Join(words, ", ")
}
