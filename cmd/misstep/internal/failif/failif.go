// Package failif reads the conditions of run --fail-if, and judges a run by them:
//
//	missteps > 0.5
//	missteps.without-forum >= 2
//	missteps.difference.high < 0
//
// A condition is OUTCOME[.ARM|.difference][.low|.high] OP NUMBER. OUTCOME is the id of an outcome, as
// summary.json has it; OP is >, >=, < or <=. Without an arm it is the level in the treatment arm of the
// headline; difference is treatment minus baseline; low and high are the ends of the 95 % range. Numbers
// are in the unit of the table of run: probabilities count of 100 futures. Where an arm is called low,
// high or difference, the arm is meant.
package failif

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
)

// World is what a condition can be about.
type World struct {
	Arms      []string // that are played
	Treatment string   // of the headline; "" where one arm is played
	Ranges    bool     // numbers vary over draws, so that there are 95 % ranges
}

// Condition is an expression that was read.
type Condition struct {
	text    string
	outcome string
	arm     string // "" for the difference
	end     string // "", low or high
	op      string
	limit   float64 // in the unit of the table
}

const (
	difference = "difference"
	low        = "low"
	high       = "high"
)

var (
	operators = map[string]func(a, b float64) bool{
		">":  func(a, b float64) bool { return a > b },
		">=": func(a, b float64) bool { return a >= b },
		"<":  func(a, b float64) bool { return a < b },
		"<=": func(a, b float64) bool { return a <= b },
	}
	form   = regexp.MustCompile(`^(\s*)((?:[^\s<>=!"]|"[^"]*"?)*)(\s*)([<>=!]*)(\s*)(.*?)\s*$`)
	number = regexp.MustCompile(`^[-+−]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$`)
)

// Parse reads conditions. An error tells the place in its condition, and what to write.
func Parse(texts []string, w World) ([]Condition, error) {
	var out []Condition
	for _, text := range texts {
		if w.Treatment == "" {
			return nil, fmt.Errorf("--fail-if %q is about the headline's two arms, and one arm is played; leave it out, "+
				"or play both", text)
		}
		c, err := parse(text, w)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func parse(text string, w World) (c Condition, err error) {
	const example = `--fail-if "missteps > 0.5"`
	m := form.FindStringSubmatchIndex(text)
	if m == nil {
		return c, at(text, 0, "a line ends here; write one line, as in %s", example)
	}
	path, op, limit := text[m[4]:m[5]], text[m[8]:m[9]], text[m[12]:m[13]]
	c = Condition{text: strings.TrimSpace(text), op: op}
	_, known := operators[op]
	switch {
	case path == "":
		return c, at(text, m[4], "an outcome is missing; write one as in %s", example)
	case op == "" && limit != "":
		return c, at(text, m[12], "%q is no comparison; write >, >=, < or <=, as in %s", limit, example)
	case op == "":
		return c, at(text, m[5], "a comparison is missing; write it between quotes, as in %s", example)
	case !known:
		return c, at(text, m[8], "%q is no comparison; write >, >=, < or <=", op)
	case limit == "":
		return c, at(text, m[9], "a number is missing; write one, as in %s", example)
	case !number.MatchString(limit):
		return c, at(text, m[12], "%q is no number; write one such as 0.5", limit)
	}
	if c.limit, err = strconv.ParseFloat(strings.ReplaceAll(limit, "−", "-"), 64); err != nil {
		return c, at(text, m[12], "%s is too large; write a number such as 0.5", limit)
	}
	return c, c.read(path, w, func(offset int, format string, args ...any) error {
		return at(text, m[4]+offset, format, args...)
	})
}

// at is an error with the column of a byte of the expression.
func at(text string, offset int, format string, args ...any) error {
	return fmt.Errorf("--fail-if %q, column %d: "+format, append([]any{text,
		utf8.RuneCountInString(text[:offset]) + 1}, args...)...)
}

// read takes apart what stands on the left.
func (c *Condition) read(path string, w World, at func(int, string, ...any) error) error {
	parts := scenario.SplitPath(path)
	c.outcome, c.arm = parts[0], w.Treatment
	_, compared := outcome.Named(c.outcome)
	lone := slices.ContainsFunc(outcome.Levels[:], func(o outcome.Outcome) bool { return o.ID == c.outcome })
	if !compared && !lone {
		return at(0, "unknown outcome %q; %s", c.outcome, nearest.Remedy(c.outcome, ids()))
	}
	offset, given := len(c.outcome)+1, false // given: an arm or the difference
	for _, part := range parts[1:] {
		switch isArm := slices.Contains(w.Arms, part); {
		case c.end == "" && !given && (isArm || part == difference):
			c.arm, given = part, true
			if !isArm {
				c.arm = ""
			}
			if !isArm && lone {
				return at(offset, "%s is read in each arm and not compared; write %s.%s", c.outcome, c.outcome,
					scenario.Quoted(w.Treatment))
			}
		case c.end == "" && (part == low || part == high):
			c.end = part
			if !w.Ranges {
				return at(offset, "there is no range, for nothing varies over draws; leave .%s out, or play more --draws "+
					"and --replicates", part)
			}
		case given || c.end != "":
			return at(offset, "%q has no place here; write OUTCOME.ARM.high > NUMBER, or less of it", part)
		default:
			return at(offset, "unknown arm %q; %s", part, nearest.Remedy(part, slices.Concat(w.Arms,
				[]string{difference, low, high})))
		}
		offset += len(scenario.Quoted(part)) + 1
	}
	return nil
}

func ids() []string {
	out := outcome.IDs()
	for i := range outcome.Levels {
		out = append(out, outcome.Levels[i].ID)
	}
	return out
}
