package study

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/study/sensitivity"
)

// varied is a number that a command moves.
type varied struct {
	Path string `json:"path"`
	sensitivity.Axis
	number sensitivity.Moved // what is known of it
	domain param.Domain
}

// ranges is how a --vary may end.
type ranges struct {
	optional bool // the range may be left out: the central 95 % of the prior
	values   int  // on a grid where no number is given; 0: the number must be given
	scatter  bool // points fill the ranges; no number may be given
}

// vary reads --vary PATH=lo:hi:n for a scenario.
func vary(v *scenario.Scenario, texts []string, r ranges) ([]varied, error) {
	var out []varied
	for _, text := range texts {
		path, span, given := scenario.Cut(text, '=')
		if path = strings.TrimSpace(path); path == "" || !given && !r.optional {
			return nil, r.refuse(text, "strength.clarify")
		}
		x, err := findNumber(v, path)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(out, func(o varied) bool { return o.Path == x.Path }) {
			return nil, fmt.Errorf("--vary %s stands there twice; write it once", path)
		}
		if given {
			err = x.span(text, strings.Split(span, ":"), r)
		} else {
			err = x.fromPrior(r.values)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, *x)
	}
	return out, nil
}

// refuse says how a --vary is to be written.
func (r ranges) refuse(text, path string) error {
	form, values := "PATH=lo:hi:n", ":9"
	switch {
	case r.scatter:
		form, values = "PATH=lo:hi", ""
	case r.optional:
		form = "PATH, PATH=lo:hi or PATH=lo:hi:n"
	}
	return fmt.Errorf("--vary %q is not %s; for example --vary %s=0:1%s", text, form, path, values)
}

// findNumber finds the number of a scenario that a path means, as it is or as --set would
// make it for one entity.
func findNumber(v *scenario.Scenario, path string) (*varied, error) {
	full := scenario.ShortPath(scenario.FullPath(path))
	at := slices.IndexFunc(v.Slots, func(s scenario.Slot) bool {
		return s.Path == full || scenario.ShortPath(s.Path) == full
	})
	if at < 0 { // as the screens and figures write it
		at = slices.IndexFunc(v.Slots, func(s scenario.Slot) bool { return numberLabel(s.Path) == full })
	}
	x := &varied{Path: full, number: sensitivity.Moved{Fixed: true}}
	if at >= 0 {
		x.Path, x.domain = v.Slots[at].Path, v.Slots[at].Domain
	} else {
		var known bool
		if x.domain, known = scenario.DomainOf(full); !known {
			if meant := v.Suggest(full); meant != "" {
				return nil, fmt.Errorf("--vary: unknown number %q; did you mean %s?", path, meant)
			}
			var paths []string
			for i := range v.Slots {
				paths = append(paths, scenario.ShortPath(v.Slots[i].Path))
			}
			return nil, fmt.Errorf("--vary: unknown number %q; %s", path, nearest.Remedy(full, paths))
		}
		if _, settable := param.ByName(full); !settable && !strings.HasPrefix(full, "levers.") {
			x.Path = "assumptions." + full
		}
		at = general(v, full)
	}
	n := &x.number
	if n.Path, x.Whole = scenario.ShortPath(x.Path), x.domain.Integer; at < 0 {
		return x, nil
	}
	if id := v.Slots[at].Param; id >= 0 {
		n.Unit = param.Get(id).Unit
	}
	n.Today = v.Slots[at].Dist.A
	for _, in := range sensitivity.NewSpace(v).Inputs {
		if in.Slot == at {
			n.Prior, n.Today, n.Fixed = &in, in.Quantile(0.5), false
		}
	}
	return x, nil
}

// general is the slot that holds a number for everyone, where an entity has no own one:
// of channels.forum.strength.delay that of strength.delay. It is −1 where there is none.
func general(v *scenario.Scenario, path string) int {
	parts := scenario.SplitPath(path)
	p, ok := param.ByName(strings.Join(parts[max(0, len(parts)-2):], "."))
	if !ok {
		return -1
	}
	return int(v.Param(p.ID, ""))
}

// span reads lo:hi or lo:hi:n.
func (x *varied) span(text string, parts []string, r ranges) error {
	if len(parts) != 2 && (len(parts) != 3 || r.scatter) || len(parts) == 2 && r.values == 0 && !r.scatter {
		return r.refuse(text, x.number.Path)
	}
	for i, to := range []*float64{&x.Lo, &x.Hi} {
		n, err := param.ParseNumber(strings.TrimSpace(parts[i]), x.domain.Duration)
		if err == nil {
			err = x.domain.Check(n)
		}
		if err != nil {
			return fmt.Errorf("--vary %s: %w", text, err)
		}
		*to = n
	}
	if x.Lo >= x.Hi {
		return fmt.Errorf("--vary %s: the range %s to %s is empty; write the lower end first", text, x.text(x.Lo),
			x.text(x.Hi))
	}
	if x.Values = r.values; len(parts) == 3 {
		n, err := strconv.Atoi(strings.TrimSpace(parts[2]))
		if err != nil || n < 2 {
			return fmt.Errorf("--vary %s: %q is no number of values; write a whole number, 2 or more", text, parts[2])
		}
		x.Values = n
	}
	if most := x.Hi - x.Lo + 1; x.Whole && float64(x.Values) > most {
		return fmt.Errorf("--vary %s: there are %v whole numbers from %v to %v, not %d", text, most, x.Lo, x.Hi, x.Values)
	}
	return nil
}

// fromPrior takes the central 95 % of what is believed.
func (x *varied) fromPrior(values int) error {
	path := x.number.Path
	if x.number.Fixed {
		return fmt.Errorf("--vary %s: the number is fixed, so that it has no range of its own; write --vary %s=lo:hi", path,
			path)
	}
	x.Lo, x.Hi, x.Values = x.number.Prior.Quantile(0.025), x.number.Prior.Quantile(0.975), values
	if x.Lo >= x.Hi {
		return fmt.Errorf("--vary %s: 95 %% of what is believed of it is %s; write --vary %s=lo:hi", path, x.text(x.Lo),
			path)
	}
	return nil
}

// text writes a value of the number for people; with adds its unit.
func (x *varied) text(value float64) string { return say.Short(value, x.domain.Duration) }

func (x *varied) with(value float64) string {
	if x.number.Unit == "" || x.number.Unit == "–" || x.domain.Duration {
		return x.text(value)
	}
	return x.text(value) + " " + x.number.Unit
}

func numberLabel(path string) string { return say.ShortPath(scenario.ShortPath(path)) }

func (x *varied) label() string { return numberLabel(x.Path) }

// noun is the number in a sentence, without what is explained of it in parentheses.
func (x *varied) noun() string {
	words, _, _ := strings.Cut(say.NumberAt(x.Path), " (")
	if strings.Contains(words, "“") {
		return "the " + words
	}
	return "“" + words + "”"
}

// moved is the run with some numbers set, as --set would.
func moved(j *run.Run, list []varied, values []float64) (*run.Run, error) {
	c := *j
	c.Layers = slices.Clone(j.Layers)
	for i := range list {
		c.Layers = append(c.Layers, scenario.Layer{Origin: scenario.FromFlag, Path: list[i].Path,
			Value: param.FormatNumber(values[i], list[i].domain.Duration), Where: "--vary"})
	}
	return &c, c.Load(j.Plan)
}
