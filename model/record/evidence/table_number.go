package evidence

import (
	"math"
	"regexp"
	"strconv"
)

// maxDays is the longest delay that is believed: a century.
const maxDays = 36525

// whole reads a whole number from low to high; an empty cell is missing.
func (r *row) whole(column string, low, high, missing int) int {
	s := r.get(column)
	if s == "" {
		return missing
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < low || n > high {
		r.say(column, "%q is no whole number from %d to %d; correct it", s, low, high)
		return missing
	}
	return n
}

// number reads a finite number; ok is false for an empty cell.
func (r *row) number(column string) (x float64, ok bool) {
	s := r.get(column)
	if s == "" {
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		r.say(column, "%q is no number; write digits with a point", s)
		return 0, false
	}
	return x, true
}

// numbered matches the keys of a table with a letter: E001, G01, D01, T5, P3.
var numbered = regexp.MustCompile(`^([EGDTP])[0-9]{1,6}$`)

// id reads the key of a row, a letter and a number.
func (r *row) id(letter string) string {
	s := r.need("id")
	if m := numbered.FindStringSubmatch(s); s != "" && (m == nil || m[1] != letter) {
		r.say("id", "%q is no key of this table; write %s and a number", s, letter)
	}
	return s
}
