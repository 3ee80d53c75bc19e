package settings

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
)

// How values of each kind are taken: what is wrong with one, "" for nothing.

func takeSeed(s *Settings, text string) string {
	x, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return "a whole number, 0 to 18446744073709551615"
	}
	s.Run.Seed = x
	return ""
}

func takeGenerator(s *Settings, text string) string {
	g, ok := random.ParseGenerator(text)
	if !ok {
		return "mix or philox"
	}
	s.Run.Generator = g
	return ""
}

// named reads a name that the system could take for a file's.
func named(must string, at func(*Settings) *string) func(*Settings, string) string {
	return func(s *Settings, text string) string {
		if strings.TrimSpace(text) == "" || strings.ContainsRune(text, 0) {
			return must
		}
		*at(s) = text
		return ""
	}
}

// Formats are the figure formats that can be asked for.
var Formats = []string{"svg", "png", "pdf"}

func takeFormats(s *Settings, text string) string {
	text = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(text), "["), "]")
	out := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
	sorted := slices.Compact(slices.Sorted(slices.Values(out)))
	if len(out) == 0 || len(sorted) < len(out) ||
		slices.ContainsFunc(out, func(f string) bool { return !slices.Contains(Formats, f) }) {
		return "one or more of svg, png, pdf, each once"
	}
	s.Plot.Formats = out
	return ""
}

// takeWidth reads a width with or without its unit.
func takeWidth(s *Settings, text string) string {
	const must = "a width in cm, 8 to 60; a column of a paper has 8 or 9, a page 16 to 18"
	x, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(text, "cm")), 64)
	if err != nil || !(x >= 8 && x <= 60) {
		return must
	}
	s.Plot.Width = x
	return ""
}

// takeFont reads the name of a typeface, or of the file of one.
func takeFont(s *Settings, text string) string {
	switch strings.ToLower(filepath.Ext(text)) {
	case ".ttf", ".otf", ".ttc":
		s.Plot.Font = text
		return ""
	}
	if text != "sans" && text != "serif" {
		return "sans, serif, or a font file: .ttf, .otf or .ttc"
	}
	s.Plot.Serif = text == "serif"
	return ""
}

// boolean reads yes or no, as Go and YAML write them.
func boolean(at func(*Settings) *bool) func(*Settings, string) string {
	return func(s *Settings, text string) string {
		x, err := strconv.ParseBool(text)
		if err != nil {
			return "true or false"
		}
		*at(s) = x
		return ""
	}
}

// whole reads a whole number of [low, high].
func whole(low, high int, at func(*Settings) *int) func(*Settings, string) string {
	return func(s *Settings, text string) string {
		x, err := strconv.Atoi(text)
		if err != nil || x < low || x > high {
			return fmt.Sprintf("a whole number, %d to %d", low, high)
		}
		*at(s) = x
		return ""
	}
}

// decimal reads a finite number of [low, high].
func decimal(low, high float64, at func(*Settings) *float64) func(*Settings, string) string {
	return func(s *Settings, text string) string {
		x, err := param.ParseNumber(text, false)
		switch {
		case err == nil && x >= low && x <= high:
			*at(s) = x
			return ""
		case high < math.MaxFloat64:
			return fmt.Sprintf("a number, %v to %v", low, high)
		}
		return fmt.Sprintf("a number that a computer can hold, %v or more", low)
	}
}

// modelPrefix stands before the name of a parameter in config.yaml.
const modelPrefix = "model."
