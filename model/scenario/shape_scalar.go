package scenario

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/param"
)

// Lengths of texts.
const (
	maxTitle  = 120
	maxText   = 4000
	maxQuoted = 160 // of a message that quotes the user's text
)

// scalar is the shape of a single value.
type scalar struct {
	says   string // what to write
	json   object // its JSON Schema
	shared string // the name under which the schema is written once; "": in place
	read   func(c *checker, n *node) (value any, bad *wrong)
}

func (s scalar) describe() string { return s.says }

func (s scalar) check(c *checker, n *node, path string) any {
	value, bad := s.read(c, n)
	if bad != nil {
		c.problem(n, path, bad.what, bad.hint)
		return nil
	}
	return value
}

func (s scalar) schema(d defs) object {
	if s.shared != "" {
		return d.ref(s.shared, func() object { return s.json })
	}
	return maps.Clone(s.json)
}

// text is free text of at most so many letters.
func text(letters int) scalar {
	return scalar{says: fmt.Sprintf("text, up to %d characters", letters),
		json: object{"type": "string", "minLength": 1, "maxLength": letters},
		read: func(_ *checker, n *node) (any, *wrong) {
			switch have := len([]rune(n.text)); {
			case n.kind != scalarNode:
				return nil, &wrong{"text is needed, not " + n.kind.String(), ""}
			case n.tag != "!!str":
				return nil, &wrong{quote(n.text) + " is no text", `put it in quotes: "` + clip(n.text) + `"`}
			case strings.TrimSpace(n.text) == "":
				return nil, &wrong{"the text is empty", "write it, or remove the key"}
			case have > letters:
				return nil, &wrong{fmt.Sprintf("%d characters long, more than %d", have, letters), "shorten it"}
			case strings.ContainsFunc(n.text, func(r rune) bool { return r != '\n' && r != '\t' && !strconv.IsGraphic(r) }):
				return nil, &wrong{"the text has a control character", "remove it"}
			}
			return strings.TrimSpace(n.text), nil
		}}
}

// words is one word of a closed list.
func words(known ...string) scalar {
	var values []any
	for _, w := range known {
		values = append(values, w)
		if x, err := strconv.ParseFloat(w, 64); err == nil {
			values = append(values, x)
		}
	}
	return scalar{says: "`" + strings.Join(known, "`, `") + "`", json: object{"enum": values},
		read: func(_ *checker, n *node) (any, *wrong) {
			switch {
			case n.kind != scalarNode:
				return nil, &wrong{"a word is needed, not " + n.kind.String(), nearest.List(known)}
			case !slices.Contains(known, n.text):
				return nil, &wrong{quote(n.text) + " is not known here", nearest.Remedy(n.text, known)}
			}
			return n.text, nil
		}}
}

// version is the version of the format.
var version = scalar{says: "`" + strconv.Itoa(Version) + "`", json: object{"const": Version},
	read: func(_ *checker, n *node) (any, *wrong) {
		if n.word() != strconv.Itoa(Version) {
			return nil, &wrong{shown(n) + " is not a version of the format that this program reads",
				"write misstep: " + strconv.Itoa(Version)}
		}
		return nil, nil
	}}

var slug = scalar{says: "lower-case letters, digits, hyphens",
	json: object{"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": 80},
	read: func(_ *checker, n *node) (any, *wrong) {
		if n.kind != scalarNode || !isSlug(n.text) {
			return nil, &wrong{"a lower-case name is needed", "it has lower-case letters, digits, hyphens"}
		}
		return n.text, nil
	}}

func isSlug(s string) bool {
	outside := func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' }
	return s != "" && len(s) <= 80 && s[0] != '-' && !strings.ContainsFunc(s, outside)
}

// yesNo is true or false.
var yesNo = scalar{says: "`true`, `false`", json: object{"type": "boolean"},
	read: func(_ *checker, n *node) (any, *wrong) {
		if n.kind != scalarNode || n.tag != "!!bool" || n.text != "true" && n.text != "false" {
			return nil, &wrong{"true or false is needed, not " + shown(n), ""}
		}
		return n.text == "true", nil
	}}

// plain is a number without uncertainty.
func plain(dom param.Domain) scalar {
	s := scalar{says: "plain number, " + dom.Text, json: bounded(dom)}
	switch {
	case dom.Duration:
		s.says = dom.Text + ", as 196d or 5y"
		s.json = anyOf(matching("^"+duration+"$"), object{"const": 0})
	case dom.Integer:
		s.says = dom.Text
	}
	s.read = func(_ *checker, n *node) (any, *wrong) {
		if n.kind != scalarNode {
			return nil, &wrong{"a plain number is needed, not " + n.kind.String(), "it is " + dom.Text}
		}
		x, err := param.ParseNumber(n.text, dom.Duration)
		if err != nil && !dom.Duration {
			return nil, &wrong{quote(n.text) + " is no plain number", "it is " + dom.Text}
		}
		if err == nil {
			err = dom.Check(x)
		}
		if err != nil {
			return nil, &wrong{clipTo(maxQuoted, err.Error()), ""}
		}
		return x, nil
	}
	return s
}

const (
	dateLayout          = "2006-01-02"
	firstYear, lastYear = 1950, 2150
)

// firstDay is the day from which the others are counted.
var firstDay = scalar{says: "date as 2026-02-01", json: matching(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`),
	read: func(_ *checker, n *node) (any, *wrong) {
		t, err := time.Parse(dateLayout, n.word())
		if err != nil {
			return nil, &wrong{shown(n) + " is no date", "write year-month-day: 2026-02-01"}
		}
		if y := t.Year(); y < firstYear || y > lastYear {
			return nil, &wrong{"the year " + strconv.Itoa(y) + " is out of range",
				fmt.Sprintf("dates lie between %d and %d", firstYear, lastYear)}
		}
		return t, nil
	}}

// date is a day of the calendar, counted from the start of the scenario.
var date = scalar{says: firstDay.says, json: firstDay.json, read: func(c *checker, n *node) (any, *wrong) {
	t, bad := firstDay.read(c, n)
	if bad != nil {
		return nil, bad
	}
	return t.(time.Time).Sub(c.first.Start).Hours() / 24, nil
}}

const highestRung = 9

// rung is a step of the ladder, written R0 to R9.
var rung = scalar{says: "rung, `R0` to `R9`", json: matching("^R[0-9]$"),
	read: func(_ *checker, n *node) (any, *wrong) {
		if w := n.word(); len(w) == 2 && w[0] == 'R' && w[1] >= '0' && w[1] <= '0'+highestRung {
			return int(w[1] - '0'), nil
		}
		return nil, &wrong{shown(n) + " is no rung", "known: R0, R1, R2, R3, R4, R5, R6, R7, R8, R9"}
	}}

func shown(n *node) string {
	if n.kind == scalarNode {
		return quote(n.text)
	}
	return n.kind.String()
}
