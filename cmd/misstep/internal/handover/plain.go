package handover

import (
	"regexp"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/scenario"
)

// plainUnits are the units of numbers in words; others stand as they are.
var plainUnits = map[string]string{"1/y": "a year", "U": "of the range of utility", "–": "", "d": "", "×": "times",
	"1/range": "per range of utility", "1/level": "per level", "0–10": "on the scale of 0 to 10", "ln": "(logarithm)",
	"ln d": "(logarithm of days)", "logit": "on the logit scale"}

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
	return strings.TrimSpace(say.Minus(v) + " " + unit)
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
	return report.T(say.NumberAt(path), " ", report.Mono(scenario.ShortPath(path)))
}
