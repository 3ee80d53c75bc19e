package handover

import (
	"regexp"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/param"
)

// TestPlainNumber: a path becomes words that say what and whose.
func TestPlainNumber(t *testing.T) {
	for path, want := range map[string]string{
		"assumptions.prices.United Kingdom@2024-01-01.price": "what it costs the United Kingdom to go public, since 2024",
		"channels.cyber-dialogue.strength.private_option": "cyber dialogue: strength of “private option” (private " +
			"steps cheaper, public ones dearer)",
		"assumptions.states.China.choice.price": "China: price of a public step",
		"choice.audience": "what public silence costs at home on a disclosed " +
			"incident of severity 4 or more",
		"assumptions.onset.criminals>United Kingdom.rate": "yearly number of operations of criminals against the " +
			"United Kingdom",
		"assumptions.onset.China>United Kingdom.mix.espionage": "share of espionage in operations of China against the " +
			"United Kingdom",
		"assumptions.thaws.China&United Kingdom@2026-01-20.level": "depth of the thaw between China and the United " +
			"Kingdom, from 2026",
		"assumptions.random_shocks.quarrel.per_year": "shock “quarrel”: per year",
		"assumptions.groups.third-states.evidence.flag_rate": "third states: probability that an incident flies a " +
			"false flag",
		"arms.with-forum.channels.cyber-dialogue.mandate": "arms with-forum channels cyber-dialogue mandate",
		"assumptions.onset.United Kingdom>China.disclosure.share": "share of discovered incidents that become public in " +
			"operations of the United Kingdom against China",
	} {
		if got := say.NumberAt(path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

// TestEveryParameterHasPlainWords: none is called by its code.
func TestEveryParameterHasPlainWords(t *testing.T) {
	for _, p := range param.All() {
		if got := say.NumberAt("assumptions." + p.Name); got == "" || strings.Contains(got, "_") ||
			strings.Contains(got, p.Name) {
			t.Errorf("%s: %q", p.Name, got)
		}
	}
}

// TestPlainValue: units are words, spans are days, and a law says what it allows.
func TestPlainValue(t *testing.T) {
	for _, c := range [][4]string{
		{"life.lapse", "0.05 to 2", "1/y", "0.05 to 2 a year"}, {"life.gap", "120d to 280d", "d", "120 to 280 days"},
		{"strength.clarify", "uniform(0, 1)", "–", "anything from 0 to 1"},
		{"choice.price", "0.08 to 0.2", "U", "0.08 to 0.2 of the range of utility"},
		{"effect.trust", "normal(0.1, 0.15)", "logit", "around 0.1, spread 0.15 on the logit scale"},
		{"x.y", "-2", "", "−2"}, {"x.y", "3", "moves", "3 moves"},
	} {
		if got := plainValue(&runfolder.Parameter{Path: "assumptions." + c[0], Name: c[0], Value: c[1],
			Unit: c[2]}); got != c[3] {
			t.Errorf("%q, want %q", got, c[3])
		}
	}
	for path, want := range map[string]string{"assumptions.onset.a>b.rate": "0.2 to 5 a year",
		"assumptions.prices.A@2024-01-01.price": "0.2 to 5 of the range of utility",
		"assumptions.onset.a>b.mix.crime":       "0.2 to 5"} {
		if got := plainValue(&runfolder.Parameter{Path: path, Value: "0.2 to 5"}); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

// TestUnitsOfTheRegistry: no number of the model is shown with a unit of the code.
func TestUnitsOfTheRegistry(t *testing.T) {
	code := regexp.MustCompile(`1/|–$|×|\d+d\b| U$`)
	for _, p := range param.All() {
		value := p.Prior
		if value == "" {
			value = "1"
		}
		if got := plainValue(&runfolder.Parameter{Name: p.Name, Path: p.Name, Value: value,
			Unit: p.Unit}); code.MatchString(got) {
			t.Errorf("%s: %q", p.Name, got)
		}
	}
}
