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

// headerKey is a line of the header.
type headerKey struct {
	name string
	get  func(*Header) string
	set  func(*Header, string) string // stores it, or says what it must be
}

// headerKeys are the lines, in their order; every one must be there once.
var headerKeys = []headerKey{
	{"format", func(*Header) string { return strconv.Itoa(Format) }, func(_ *Header, s string) string {
		if s != strconv.Itoa(Format) {
			return strconv.Itoa(Format) + ", the layout that this program reads"
		}
		return ""
	}},
	{"model", func(h *Header) string { return h.Model }, text(func(h *Header) *string { return &h.Model })},
	{"inputs", func(h *Header) string { return h.Inputs }, func(h *Header, s string) string {
		if raw, err := hex.DecodeString(s); err != nil || len(raw) != 32 || strings.ToLower(s) != s {
			return "a SHA-256 in 64 hexadecimal digits"
		}
		h.Inputs = s
		return ""
	}},
	{"generator", func(h *Header) string { return h.Generator }, func(h *Header, s string) string {
		if _, ok := random.ParseGenerator(s); !ok {
			return "mix or philox"
		}
		h.Generator = s
		return ""
	}},
	{"seed", func(h *Header) string { return strconv.FormatUint(h.Seed, 10) }, func(h *Header, s string) string {
		x, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			return "a whole number, 0 to 18446744073709551615"
		}
		h.Seed = x
		return ""
	}},
	{"particles", count(func(h *Header) *int { return &h.Particles }),
		whole(1, func(h *Header) *int { return &h.Particles })},
	{"ess", real(func(h *Header) *float64 { return &h.ESS }), positive(func(h *Header) *float64 { return &h.ESS })},
	{"ess_family", real(func(h *Header) *float64 { return &h.ESSFamily }),
		positive(func(h *Header) *float64 { return &h.ESSFamily })},
	{"simulations", count(func(h *Header) *int { return &h.Simulations }),
		whole(1, func(h *Header) *int { return &h.Simulations })},
	{"generations", count(func(h *Header) *int { return &h.Generations }),
		whole(0, func(h *Header) *int { return &h.Generations })},
	{"epsilon", real(func(h *Header) *float64 { return &h.Epsilon }), func(h *Header, s string) string {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil || !(x >= 0) || math.IsInf(x, 0) {
			return "a number ≥ 0"
		}
		h.Epsilon = x
		return ""
	}},
	{"until", func(h *Header) string { return h.Until }, func(h *Header, s string) string {
		if _, err := time.Parse("2006-01-02", s); err != nil {
			return "a date such as 2026-06-30"
		}
		h.Until = s
		return ""
	}},
	{"command", func(h *Header) string { return h.Command }, text(func(h *Header) *string { return &h.Command })},
}

func text(at func(*Header) *string) func(*Header, string) string {
	return func(h *Header, s string) string {
		if s == "" || strings.TrimSpace(s) != s || strings.ContainsFunc(s, unicode.IsControl) {
			return "words in one line"
		}
		*at(h) = s
		return ""
	}
}

func count(at func(*Header) *int) func(*Header) string {
	return func(h *Header) string { return strconv.Itoa(*at(h)) }
}

func whole(low int, at func(*Header) *int) func(*Header, string) string {
	return func(h *Header, s string) string {
		x, err := strconv.Atoi(s)
		if err != nil || x < low {
			return "a whole number ≥ " + strconv.Itoa(low)
		}
		*at(h) = x
		return ""
	}
}

func real(at func(*Header) *float64) func(*Header) string {
	return func(h *Header) string { return exact(*at(h)) }
}

func positive(at func(*Header) *float64) func(*Header, string) string {
	return func(h *Header, s string) string {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil || !(x > 0) || math.IsInf(x, 0) {
			return "a number > 0"
		}
		*at(h) = x
		return ""
	}
}

// otherModel says why a sample of another version of the model cannot be used.
func otherModel(version string) string {
	return "made for model " + version + "; this program has model " + experiment.ModelVersion + "; run misstep calibrate"
}
