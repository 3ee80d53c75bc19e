package evidence

import (
	"slices"
	"strings"
)

// Step is one act in the history of a pair of rivals. China's with the United States and with the
// United Kingdom are in evidence.csv; these are other pairs, for comparison.
type Step struct {
	ID        string
	Parties   []string // two, those that acted or were acted on
	Date      string
	Precision string // one of [Precisions]
	Actors    string // separated by "; "
	Target    string
	Type      string // one of [StepTypes]
	Rung      string // R0 to R9; "" for what is no step of the ladder, or not coded
	Text      string
	Certainty string // one of [Certainties]
	Source    string
	Checked   string // one of [Checks]
}

// When is the date with its precision.
func (x Step) When() Date { return Date{x.Date, x.Precision} }

// StepTypes are the kinds of [Types], and those that only pairs of rivals show.
var StepTypes = Types.with(map[string]Type{
	"reduction":  {"diplomats expelled or called home, posts closed, relations cut", on("expulsion", "closure"), ""},
	"force":      {"armed force in answer to an operation", on("military-posture"), ""},
	"correction": {"what was said of a culprit is taken back", nil, ""},
})

const stepColumns = "id,parties,date,precision,actors,target,type,rung,text,certainty,source,checked"

func readStep(r *row) Step {
	x := Step{ID: r.id("X"), Parties: list(r.Need("parties")), Precision: r.Get("precision"), Actors: r.Need("actors"),
		Target: r.Need("target"), Type: oneOf(r, "type", StepTypes), Rung: r.Word("rung", rungs...), Text: r.Need("text"),
		Certainty: r.Word("certainty", Certainties...)}
	x.Date = r.date("date", x.Precision).Text
	x.Checked, x.Source = r.backed()
	if len(x.Parties) != 2 || x.Parties[0] == x.Parties[1] {
		r.Say("parties", "are no pair; write two names with a semicolon between them")
	}
	r.later(func() { x.belongs(r) })
	return x
}

// belongs notes a step that stands under a pair of which neither acted, or was acted on: where
// actors or target name parties of any pair, one of them must be of this pair.
func (x *Step) belongs(r *row) {
	for _, column := range []string{"actors", "target"} {
		named, own := "", false
		for _, name := range list(r.Get(column)) {
			if slices.ContainsFunc(r.loader.tables.Steps, func(s Step) bool { return slices.Contains(s.Parties, name) }) {
				named, own = name, own || slices.Contains(x.Parties, name)
			}
		}
		if named != "" && !own {
			r.Say(column, "%s is of another pair than %s; correct one of the two", named, strings.Join(x.Parties, " and "))
		}
	}
}
