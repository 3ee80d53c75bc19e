package say

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// ShortPath shortens a path for a label: states as people abbreviate them, without
// the list that a path begins with.
func ShortPath(path string) string {
	lists := []string{"states.", "channels.", "groups.", "onset.", "prices.", "thaws.", "shocks.", "summits."}
	for _, list := range lists {
		if rest, ok := strings.CutPrefix(path, list); ok && len(scenario.SplitPath(rest)) > 1 {
			path = rest
		}
	}
	return strings.NewReplacer("United States", "US", "United Kingdom", "UK").Replace(path)
}

// Measure is the name of an outcome, the id of one that is not known.
func Measure(id string) string { return MeasureOr(id, id) }

// MeasureOr is the name of an outcome, and what a file calls it where it is not known.
func MeasureOr(id, label string) string {
	if o, ok := outcome.Named(id); ok {
		return o.Words.Name
	}
	return label
}

// NumberAt says in words what the number at a path is, and whose.
func NumberAt(path string) string {
	parts := scenario.SplitPath(scenario.ShortPath(path))
	last := parts[len(parts)-1]
	entity := ""
	if len(parts) > 2 {
		entity = parts[1]
	}
	who, since, _ := strings.Cut(entity, "@")
	year, _, _ := strings.Cut(since, "-")
	switch parts[0] {
	case "prices":
		return "what it costs " + State(who) + " to go public, since " + year
	case "thaws":
		return "depth of the thaw between " + State(strings.ReplaceAll(who, "&", " and ")) + ", from " + year
	case "random_shocks":
		return "shock “" + entity + "”: " + strings.ReplaceAll(last, "_", " ")
	case "onset":
		if source, victim, ok := strings.Cut(entity, ">"); ok {
			number := "yearly number of operations"
			if len(parts) > 3 && parts[2] == "mix" {
				number = "share of " + last + " in operations"
			} else if last != "rate" {
				words, _ := Parameter(strings.Join(parts[len(parts)-2:], "."))
				number = words + " in operations"
			}
			return number + " of " + State(source) + " against " + State(victim)
		}
	}
	words, ok := Parameter(strings.Join(parts[max(0, len(parts)-2):], "."))
	switch {
	case !ok:
		return strings.ReplaceAll(strings.Join(parts, " "), "_", " ")
	case entity != "":
		return strings.ReplaceAll(entity, "-", " ") + ": " + words
	}
	return words
}

// Parameter is what a parameter means in a few words, and false for a name that is none.
func Parameter(name string) (string, bool) {
	p, ok := param.ByName(name)
	if !ok {
		return "", false
	}
	words := strings.TrimSuffix(p.Doc, ".")
	if mechanism, says, ok := strings.Cut(words, ": "); ok && strings.HasPrefix(name, "strength.") {
		mechanism = strings.ReplaceAll(strings.TrimPrefix(mechanism, "Strength of "), "_", " ")
		return "strength of “" + mechanism + "” (" + says + ")", true
	}
	if i := strings.IndexAny(words, ";:,.("); i > 0 {
		words = words[:i]
	}
	return strings.ToLower(words[:1]) + strings.TrimSpace(words[1:]), true
}

// State is a name in a sentence: the United Kingdom, third states.
func State(name string) string {
	for _, plural := range []string{"United ", "European ", "Netherlands", "Philippines"} {
		if strings.HasPrefix(name, plural) {
			name = "the " + name
		}
	}
	if name == strings.ToLower(name) {
		return strings.ReplaceAll(name, "-", " ")
	}
	return strings.ReplaceAll(name, " and United", " and the United")
}

// InArm puts an arm's name into a sentence.
func InArm(name string) string {
	if strings.HasPrefix(name, "with-") || strings.HasPrefix(name, "without-") {
		with, what, _ := strings.Cut(name, "-")
		return with + " the\u00a0" + strings.ReplaceAll(what, "-", "\u00a0")
	}
	return "in arm\u00a0" + name
}

// Mark shows a verdict.
func Mark(v summary.Verdict) string {
	return cmp.Or(map[summary.Verdict]string{summary.Unclear: "~", summary.Same: "=", summary.Unknown: "?"}[v], string(v))
}

// Lever is a treatment in a sentence: of with-forum, the forum.
func Lever(treatment string) string {
	if rest, ok := strings.CutPrefix(treatment, "with-"); ok && rest != "" {
		return "the " + strings.ReplaceAll(rest, "-", " ")
	}
	return treatment
}

// Arm is any arm in a sentence: the forum, arm both.
func Arm(name string) string {
	if l := Lever(name); l != name {
		return l
	}
	return "arm " + name
}

// Mechanism names a mechanism: private_option is private option on the screen.
func Mechanism(name string) string { return strings.ReplaceAll(name, "_", " ") }

// Factor is what numbers of a unit are multiplied by to be shown: probabilities are in percent.
func Factor(unit string) float64 {
	if unit == "probability" {
		return 100
	}
	return 1
}

// Unit is the unit as the screen writes it.
func Unit(unit string) string {
	if unit == "probability" {
		return "percentage points"
	}
	return unit
}

// KeyPart finds what looks like a key, or a range of them: E001, T5, FB01, G01 to G27, Buchanan2016.
var KeyPart = regexp.MustCompile(`\b([A-Z]{1,2})([0-9]+)(?: to ([A-Z]{1,2})([0-9]+))?\b|` +
	`\b[A-Z][A-Za-z]+[12][0-9]{3}[a-z]?\b`)

// Assumed reports whether a source is nothing but an assumption.
func Assumed(source string) bool { return strings.HasPrefix(source, "assumption") }

// KeysIn lists the keys that a source names and that exist, in its order, once each.
// The reason of an assumption is words, and not searched.
func KeysIn(source string) []string {
	source, _, _ = strings.Cut(source, "assumption:")
	var out []string
	add := func(key string) {
		if evidence.Known(key) && !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	for _, m := range KeyPart.FindAllStringSubmatch(source, -1) {
		if m[3] == "" || m[1] != m[3] {
			add(strings.TrimSpace(strings.SplitN(m[0], " to ", 2)[0]))
			continue
		}
		from, _ := strconv.Atoi(m[2])
		until, _ := strconv.Atoi(m[4])
		for n := from; n <= min(until, from+999); n++ {
			add(fmt.Sprintf("%s%0*d", m[1], len(m[2]), n))
		}
	}
	return out
}
