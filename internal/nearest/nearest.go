// Package nearest finds the word that was probably meant, for messages.
package nearest

import (
	"fmt"
	"slices"
	"strings"
)

// Remedy says what to write in place of an unknown word: the nearest known one
// when the word looks like a slip of the pen, else what is known.
func Remedy(word string, known []string) string {
	if w, ok := Word(word, known); ok {
		if strings.Contains(w, `"`) {
			return "did you mean " + w + "?"
		}
		return fmt.Sprintf("did you mean %q?", w)
	}
	return List(known)
}

// List says what is known, at most twelve words of it.
func List(known []string) string {
	if len(known) == 0 {
		return "none is declared"
	}
	if len(known) > 12 {
		known = append(slices.Clone(known[:12]), "…")
	}
	known = slices.Clone(known)
	for i, k := range known {
		if strings.Contains(k, ",") && !strings.Contains(k, `"`) {
			known[i] = `"` + k + `"`
		}
	}
	return "known: " + strings.Join(known, ", ")
}

// Word returns the known word with the smallest distance to the given one, the
// first in the alphabet among equals; false when all are too far: more than a
// third of the letters, at most three. A known word whose last part, after a
// dot, is meant counts as near too.
func Word(word string, known []string) (nearest string, ok bool) {
	letters := []rune(strings.ToLower(word))
	limit := 1 + min(3, max(1, len(letters)/3))
	sorted := slices.Sorted(slices.Values(known))
	for _, k := range sorted {
		other := []rune(strings.ToLower(k))
		if diff := len(letters) - len(other); diff > 3 || diff < -3 {
			continue
		}
		if d := distance(letters, other); d < limit {
			nearest, limit = k, d
		}
	}
	if nearest != "" || word == "" {
		return nearest, nearest != ""
	}
	i := slices.IndexFunc(sorted, func(k string) bool { return strings.HasSuffix(k, "."+strings.ToLower(word)) })
	if i < 0 {
		return "", false
	}
	return sorted[i], true
}

// distance counts the insertions, deletions, substitutions and swaps of
// neighbours that turn a into b.
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
