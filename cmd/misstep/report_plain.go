package main

import (
	"regexp"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// plainNumber says in words what the number at a path is, and whose.
func plainNumber(path string) string {
	parts := strings.Split(scenario.ShortPath(path), ".")
	last := parts[len(parts)-1]
	entity := ""
	if len(parts) > 2 {
		entity = parts[1]
	}
	switch parts[0] {
	case "prices":
		state, since, _ := strings.Cut(entity, "@")
		return "what it costs " + theState(state) + " to go public, since " + sinceYear(since)
	case "thaws":
		states, since, _ := strings.Cut(entity, "@")
		return "depth of the thaw between " + theState(strings.ReplaceAll(states, "&", " and ")) + ", from " + sinceYear(since)
	case "random_shocks":
		return "shock “" + entity + "”: " + strings.ReplaceAll(last, "_", " ")
	case "onset":
		if source, victim, ok := strings.Cut(entity, ">"); ok {
			return onsetWords(parts, last) + " of " + theState(source) + " against " + theState(victim)
		}
	}
	words := parameterWords(strings.Join(parts[max(0, len(parts)-2):], "."))
	if words == "" {
		words = strings.ReplaceAll(strings.Join(parts, " "), "_", " ")
		entity = ""
	}
	if entity != "" {
		return strings.ReplaceAll(entity, "-", " ") + ": " + words
	}
	return words
}

// onsetWords name a number about operations of one side against another.
func onsetWords(parts []string, last string) string {
	switch {
	case last == "rate":
		return "yearly number of operations"
	case len(parts) > 3 && parts[2] == "mix":
		return "share of " + last + " in operations"
	}
	return parameterWords(strings.Join(parts[max(0, len(parts)-2):], ".")) + " in operations"
}

// parameterWords are the first words of what a parameter means, "" for none.
func parameterWords(name string) string {
	p, ok := param.ByName(name)
	if !ok {
		return ""
	}
	words := strings.TrimSuffix(p.Doc, ".")
	if mechanism, says, ok := strings.Cut(words, ": "); ok && strings.HasPrefix(name, "strength.") {
		return "strength of “" + strings.ReplaceAll(strings.TrimPrefix(mechanism, "Strength of "), "_", " ") + "” (" + says + ")"
	}
	if i := strings.IndexAny(words, ";:,.("); i > 0 {
		words = words[:i]
	}
	return strings.ToLower(words[:1]) + strings.TrimSpace(words[1:])
}

func theState(name string) string {
	if strings.HasPrefix(name, "United ") || strings.HasPrefix(name, "European ") {
		return "the " + name
	}
	return strings.NewReplacer(" and United", " and the United", "-", " ").Replace(name)
}

func sinceYear(date string) string { year, _, _ := strings.Cut(date, "-"); return year }

// plainUnits are the units of numbers in words; others stand as they are.
var plainUnits = map[string]string{"1/y": "a year", "U": "of the range of utility", "–": "", "d": "", "×": "times", "1/range": "per range of utility", "1/level": "per level", "0–10": "on the scale of 0 to 10", "ln": "(logarithm)", "ln d": "(logarithm of days)", "logit": "on the logit scale"}

var (
	inDays  = regexp.MustCompile(`([0-9.]+)d\b`)
	uniform = regexp.MustCompile(`uniform\((\S+), (\S+)\)`)
	normal  = regexp.MustCompile(`normal\((\S+), (\S+)\)`)
)

// plainValue writes a number or its range in words, with its unit.
func plainValue(p *runfolder.Parameter) string {
	v := uniform.ReplaceAllString(normal.ReplaceAllString(p.Value, "around $1, spread $2"), "anything from $1 to $2")
	if inDays.MatchString(v) {
		v = inDays.ReplaceAllString(v, "$1") + " days"
	}
	unit, ok := plainUnits[p.Unit]
	if !ok {
		unit = p.Unit
	}
	if p.Name == "" {
		unit = structureUnit(p.Path)
	}
	return strings.TrimSpace(typeset(v) + " " + unit)
}

// structureUnit is the unit of a number that belongs to the structure of a scenario,
// which has no parameter in the registry.
func structureUnit(path string) string {
	switch {
	case strings.HasSuffix(path, ".rate"), strings.HasSuffix(path, ".per_year"):
		return "a year"
	case strings.HasPrefix(scenario.ShortPath(path), "prices."):
		return plainUnits["U"]
	}
	return ""
}

// named writes a number in words with its path beside.
func named(path string) report.Text {
	return report.T(plainNumber(path), " ", report.Mono(scenario.ShortPath(path)))
}
