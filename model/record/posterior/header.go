package posterior

import (
	"encoding/hex"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/random"
)

// field is a line of the header, bound to a header: what it says, how another text is taken, and
// what a text must be where that fails.
type field struct {
	name, text string
	set        func(string) bool
	must       string
}

// fields are the lines, in their order; every one must be there once.
func (h *Header) fields() []field {
	format := strconv.Itoa(Format)
	return []field{
		words("format", &format, func(s string) bool { return s == strconv.Itoa(Format) },
			strconv.Itoa(Format)+", the layout that this program reads"),
		words("model", &h.Model, plain, "words in one line"),
		words("inputs", &h.Inputs, func(s string) bool {
			raw, err := hex.DecodeString(s)
			return err == nil && len(raw) == 32 && strings.ToLower(s) == s
		}, "a SHA-256 in 64 hexadecimal digits"),
		words("generator", &h.Generator, func(s string) bool {
			_, ok := random.ParseGenerator(s)
			return ok
		}, "mix or philox"),
		{"seed", strconv.FormatUint(h.Seed, 10), func(s string) bool {
			x, err := strconv.ParseUint(s, 10, 64)
			h.Seed = x
			return err == nil
		}, "a whole number, 0 to 18446744073709551615"},
		whole("particles", &h.Particles, 1),
		real("ess", &h.ESS, func(x float64) bool { return x > 0 }, "> 0"),
		real("ess_family", &h.ESSFamily, func(x float64) bool { return x > 0 }, "> 0"),
		whole("simulations", &h.Simulations, 1),
		whole("generations", &h.Generations, 0),
		real("epsilon", &h.Epsilon, func(x float64) bool { return x >= 0 }, "≥ 0"),
		words("until", &h.Until, func(s string) bool {
			_, err := time.Parse(time.DateOnly, s)
			return err == nil
		}, "a date such as 2026-06-30"),
		words("command", &h.Command, plain, "words in one line"),
	}
}

func plain(s string) bool {
	return s != "" && strings.TrimSpace(s) == s && !strings.ContainsFunc(s, unicode.IsControl)
}

func words(name string, at *string, ok func(string) bool, must string) field {
	return field{name, *at, func(s string) bool {
		*at = s
		return ok(s)
	}, must}
}

func whole(name string, at *int, low int) field {
	return field{name, strconv.Itoa(*at), func(s string) bool {
		x, err := strconv.Atoi(s)
		*at = x
		return err == nil && x >= low
	}, "a whole number ≥ " + strconv.Itoa(low)}
}

func real(name string, at *float64, ok func(float64) bool, must string) field {
	return field{name, exact(*at), func(s string) bool {
		x, err := strconv.ParseFloat(s, 64)
		*at = x
		return err == nil && ok(x) && !math.IsInf(x, 0)
	}, "a number " + must}
}

// otherModel says why a sample of another version of the model cannot be used.
func otherModel(version string) string {
	return "made for model " + version + "; this program has model " + experiment.ModelVersion + "; run misstep calibrate"
}
