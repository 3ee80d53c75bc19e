package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/misstep/misstep/model/param"
)

// Lengths of texts.
const (
	maxTitle = 120
	maxText  = 4000

	maxQuoted = 160 // of a message that quotes the user's text
)

// text is free text.
type text struct{ max int }

func (s text) describe() string { return fmt.Sprintf("text, up to %d characters", s.max) }

func (s text) check(c *checker, n *node, path string) any {
	switch {
	case n.kind != scalarNode:
		c.problem(n, path, "text is needed, not "+n.kind.String(), "")
	case n.tag != "!!str":
		c.problem(n, path, quote(n.text)+" is no text", `put it in quotes: "`+clip(n.text)+`"`)
	case strings.TrimSpace(n.text) == "":
		c.problem(n, path, "the text is empty", "write it, or remove the key")
	case len([]rune(n.text)) > s.max:
		c.problem(n, path, fmt.Sprintf("%d characters long, more than %d", len([]rune(n.text)), s.max), "shorten it")
	case strings.ContainsFunc(n.text, unprintable):
		c.problem(n, path, "the text has a control character", "remove it")
	default:
		return strings.TrimSpace(n.text)
	}
	return nil
}

func unprintable(r rune) bool { return r != '\n' && r != '\t' && !strconv.IsGraphic(r) }

// word is one of a closed list.
type word struct{ words []string }

func words(w ...string) word { return word{w} }

func (s word) describe() string { return "`" + strings.Join(s.words, "`, `") + "`" }

func (s word) check(c *checker, n *node, path string) any {
	if n.kind != scalarNode {
		c.problem(n, path, "a word is needed, not "+n.kind.String(), oneOf(s.words))
		return nil
	}
	if !slices.Contains(s.words, n.text) {
		c.problem(n, path, quote(n.text)+" is not known here", didYouMean(n.text, s.words))
		return nil
	}
	return n.text
}

// version is the version of the format.
type version struct{}

func (version) describe() string { return "`" + strconv.Itoa(Version) + "`" }

func (version) check(c *checker, n *node, path string) any {
	if n.word() != strconv.Itoa(Version) {
		c.problem(n, path, shown(n)+" is not a version of the format that this program reads",
			"write misstep: "+strconv.Itoa(Version))
	}
	return nil
}

// slug is a lower-case name of a file.
type slug struct{}

func (slug) describe() string { return "lower-case letters, digits, hyphens" }

func (s slug) check(c *checker, n *node, path string) any {
	if n.kind != scalarNode || !isSlug(n.text) {
		c.problem(n, path, "a lower-case name is needed", "it has "+s.describe())
		return nil
	}
	return n.text
}

func isSlug(s string) bool {
	for i, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && (r != '-' || i == 0) {
			return false
		}
	}
	return s != "" && len(s) <= 80
}

// yesNo is true or false.
type yesNo struct{}

func (yesNo) describe() string { return "`true`, `false`" }

func (yesNo) check(c *checker, n *node, path string) any {
	if n.kind != scalarNode || n.tag != "!!bool" || n.text != "true" && n.text != "false" {
		c.problem(n, path, "true or false is needed, not "+shown(n), "")
		return nil
	}
	return n.text == "true"
}

// plain is a number without uncertainty.
type plain struct{ domain param.Domain }

func (s plain) describe() string {
	switch {
	case s.domain.Duration:
		return s.domain.Text + ", as 196d or 5y"
	case s.domain.Integer:
		return s.domain.Text
	}
	return "plain number, " + s.domain.Text
}

func (s plain) check(c *checker, n *node, path string) any {
	if n.kind != scalarNode {
		c.problem(n, path, "a plain number is needed, not "+n.kind.String(), "it is "+s.domain.Text)
		return nil
	}
	x, err := param.ParseNumber(n.text, s.domain.Duration)
	if err != nil && !s.domain.Duration {
		c.problem(n, path, quote(n.text)+" is no plain number", "it is "+s.domain.Text)
		return nil
	}
	if err == nil {
		err = s.domain.Check(x)
	}
	if err != nil {
		c.problem(n, path, clipTo(maxQuoted, err.Error()), "")
		return nil
	}
	return x
}

// date is a day of the calendar.
type date struct{}

const (
	dateLayout = "2006-01-02"
	firstYear  = 1950
	lastYear   = 2150
)

func (date) describe() string { return "date as 2026-02-01" }

// check returns the day, counted from the start of the scenario.
func (s date) check(c *checker, n *node, path string) any {
	if t, ok := s.read(c, n, path); ok {
		return t.Sub(c.first.Start).Hours() / 24
	}
	return nil
}

func (date) read(c *checker, n *node, path string) (time.Time, bool) {
	t, err := time.Parse(dateLayout, n.word())
	if err != nil {
		c.problem(n, path, shown(n)+" is no date", "write year-month-day: 2026-02-01")
		return t, false
	}
	if y := t.Year(); y < firstYear || y > lastYear {
		c.problem(n, path, "the year "+strconv.Itoa(y)+" is out of range",
			fmt.Sprintf("dates lie between %d and %d", firstYear, lastYear))
		return t, false
	}
	return t, true
}

// firstDay is the day from which the others are counted.
type firstDay struct{ date }

func (s firstDay) check(c *checker, n *node, path string) any {
	if t, ok := s.read(c, n, path); ok {
		return t
	}
	return nil
}

// rung is a step of the ladder, written R0 to R9.
type rung struct{}

const highestRung = 9

func (rung) describe() string { return "rung, `R0` to `R9`" }

func (rung) check(c *checker, n *node, path string) any {
	if w := n.word(); len(w) == 2 && w[0] == 'R' && w[1] >= '0' && w[1] <= '0'+highestRung {
		return int(w[1] - '0')
	}
	c.problem(n, path, shown(n)+" is no rung", "known: R0, R1, R2, R3, R4, R5, R6, R7, R8, R9")
	return nil
}

// shown is a node in a message.
func shown(n *node) string {
	if n.kind == scalarNode {
		return quote(n.text)
	}
	return n.kind.String()
}
