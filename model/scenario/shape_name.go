package scenario

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/misstep/misstep/internal/nearest"
)

// role is what a name stands for.
type role uint8

const (
	roleNew       role = iota // a name that is declared here, or that nothing refers to
	roleState                 // a state of assumptions.states
	roleGroup                 // a group of assumptions.groups
	roleSource                // a state or a group
	roleActor                 // a state, a group or a partner of a coalition
	roleChannel               // a channel of levers.channels
	roleCoalition             // a coalition of levers.coalitions
	roleIncident              // an entry of assumptions.incidents
	roleArm                   // an arm
)

func (r role) String() string {
	return [...]string{"name", "state", "group", "state or group", "state, group or partner",
		"channel", "coalition", "incident", "arm"}[r]
}

// name is the name of something: declared here, or elsewhere in a role; or one of
// the extra words that are allowed besides.
func name(r role, extra ...string) scalar {
	says := strings.Join(append([]string{"name of a " + r.String()}, extra...), " or ")
	if r == roleNew {
		says = "name of 1 to 60 letters"
	}
	return scalar{says: says, shared: "name", json: matching(namePattern), read: func(c *checker, n *node) (any, *wrong) {
		if n.kind != scalarNode {
			return nil, &wrong{"a name is needed, not " + n.kind.String(), ""}
		}
		if slices.Contains(extra, n.text) {
			return n.text, nil
		}
		if r == roleNew {
			if what := badName(n.text); what != "" {
				return nil, &wrong{"name " + quote(n.text) + " " + what, "use 1 to 60 letters, digits, spaces and " + nameSigns}
			}
			return n.text, nil
		}
		known, complete := c.known(r)
		switch {
		case slices.Contains(known, n.text):
			return n.text, nil
		case complete:
			return nil, &wrong{"unknown " + r.String() + " " + quote(n.text),
				nearest.Remedy(n.text, append(slices.Clone(known), extra...))}
		}
		return nil, nil // where their declaration is broken, which was reported
	}}
}

// reserved words cannot be names, since they mean something where a name could
// stand.
var reserved = []string{"drawn", "all", "none", "any", "null", "true", "false"}

// A name has at most so many letters, with their marks, and signs.
const maxName = 60

// nameSigns are the signs of names besides letters, digits, spaces and marks: of these and
// otherSigns, which other scripts need in words: points between words, marks of abbreviation.
const (
	nameSigns  = "- ' . , ( ) & / + _"
	otherSigns = "’·・׳״־་"
	notFirst   = ".,/&)_" // so that no name is a path of files
)

// badName says what is wrong with the name of an entity, in NFC.
func badName(s string) string {
	letters, spoken, before := 0, false, ' '
	for at, r := range s {
		word := unicode.IsLetter(r) || unicode.IsDigit(r)
		mark := unicode.In(r, unicode.Mn, unicode.Mc) && (unicode.IsLetter(before) || unicode.IsMark(before))
		if unseen(r) || !word && !mark && !strings.ContainsRune(nameSigns+otherSigns, r) && !joins(s, at) {
			return "has the sign " + shownSign(r)
		}
		letters++
		spoken, before = spoken || word || r == '-', r
	}
	switch {
	case letters == 0:
		return "is empty"
	case letters > maxName:
		return "is too long"
	case strings.IndexByte(notFirst, s[0]) >= 0:
		return "begins with " + quote(s[:1])
	case strings.TrimSpace(s) != s || strings.Contains(s, "  "):
		return "has a space too many"
	case !spoken:
		return "has no letter"
	case slices.Contains(reserved, strings.ToLower(s)):
		return "is a reserved word"
	}
	return ""
}

// joins reports a joiner of letters (zero-width joiner, non-joiner) where a script writes with one: before a letter,
// after the sign of a killed vowel (Sinhala, Malayalam, Hindi), and the second of them between Arabic letters
// (Persian), as UAX #31, section 2.3, has it.
func joins(s string, at int) bool {
	sign, size := utf8.DecodeRuneInString(s[at:])
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	after, _ := utf8.DecodeRuneInString(s[at+size:])
	const virama = 9 // its combining class
	killed := norm.NFC.PropertiesString(string(before)).CCC() == virama
	return unicode.IsLetter(after) && (strings.ContainsRune(joiners, sign) && killed ||
		sign == '\u200c' && unicode.Is(unicode.Arabic, before) && unicode.Is(unicode.Arabic, after))
}

// joiners are signs of no width that change how letters beside them are drawn.
const joiners = "\u200c\u200d"

// shownSign shows a sign in a message, one that would not stand there alone by its number.
func shownSign(r rune) string {
	if unseen(r) || unicode.IsMark(r) {
		return fmt.Sprintf("%+q", string(r))
	}
	return quote(string(r))
}

// unseen reports letters and marks that nobody sees: fillers, selectors of variants.
func unseen(r rune) bool {
	return unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// looks is a name as it looks: two that differ in the width of letters, the kind of an
// apostrophe or a joiner only are taken for each other.
func looks(name string) string { return norm.NFKC.String(sameLook.Replace(name)) }

var sameLook = strings.NewReplacer("’", "'", "\u200c", "", "\u200d", "")

// twins reports a name that looks like one before.
func (c *checker) twins(seen map[string]*node, n *node, name, path string) {
	like := looks(name)
	if first := seen[like]; first != nil && first.text != name {
		c.problem(n, path, quote(name)+" looks like "+quote(first.text), "call one of them differently; "+firstAt(first))
		return
	}
	seen[like] = &node{text: name, line: n.line, layer: n.layer}
}

// Twins are pairs of names of one kind that differ in case only: they are two, and readers
// take them for one.
func (v *Scenario) Twins() (out [][2]string) {
	var actors, arms, channels []string
	for i := range v.States {
		actors = append(actors, v.States[i].Name)
	}
	for i := range v.Groups {
		actors = append(actors, v.Groups[i].Name)
	}
	for i := range v.Arms {
		arms = append(arms, v.Arms[i].Name)
		for _, c := range v.Arms[i].Levers.Channels {
			channels = append(channels, c.Name)
		}
	}
	for _, names := range [...][]string{actors, arms, channels} {
		seen := map[string]string{}
		for _, name := range names {
			like := cases.Fold().String(looks(name))
			if first, ok := seen[like]; !ok {
				seen[like] = name
			} else if pair := [2]string{first, name}; first != name && !slices.Contains(out, pair) {
				out = append(out, pair)
			}
		}
	}
	return out
}

// declared are the names of one role, sorted; complete is false where their
// declaration is broken, so that one mistake does not bring a hundred.
type declared struct {
	list     []string
	complete bool
}

func (c *checker) known(r role) (names []string, complete bool) {
	got, ok := c.names[r]
	if !ok {
		got = c.collect(r)
		slices.Sort(got.list)
		c.names[r] = got
	}
	return got.list, got.complete
}

// declaredAt is where the names of a role are keys.
var declaredAt = map[role][]string{
	roleState: {"assumptions", "states"}, roleGroup: {"assumptions", "groups"}, roleArm: {"arms"},
	roleChannel: {"levers", "channels"}, roleCoalition: {"levers", "coalitions"},
}

func (c *checker) collect(r role) declared {
	switch r {
	case roleSource:
		return both(c.collect(roleState), c.collect(roleGroup))
	case roleActor:
		return both(c.collect(roleSource), c.partners())
	case roleIncident:
		out := declared{complete: true}
		if n := c.root.at("assumptions", "incidents"); n != nil {
			for _, item := range n.items {
				out.list = append(out.list, item.get("name").word())
			}
		}
		out.list = slices.DeleteFunc(out.list, func(name string) bool { return name == "" })
		return out
	}
	n := c.root.at(declaredAt[r]...)
	return declared{n.keys(), n == nil || n.kind == mappingNode || n.kind == nullNode}
}

func both(a, b declared) declared {
	return declared{slices.Concat(a.list, b.list), a.complete && b.complete}
}

func (c *checker) partners() declared {
	coalitions, names := c.root.at("levers", "coalitions"), []string{}
	for _, name := range coalitions.keys() {
		names = append(names, coalitions.at(name, "partners").keys()...)
	}
	slices.Sort(names)
	return declared{slices.Compact(names), true}
}

// BadName says what is wrong with the name of an arm, a state or a channel, "" where nothing is.
func BadName(s string) string { return badName(s) }
