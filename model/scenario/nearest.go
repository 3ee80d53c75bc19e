package scenario

import (
	"fmt"
	"slices"
	"strings"
)

// didYouMean is the remedy for a word that is not among the known ones: the
// nearest of them when it looks like a slip of the pen, else the list.
func didYouMean(word string, known []string) string {
	if near := nearest(word, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return oneOf(known)
}

// nearest returns the known word with the smallest edit distance to the word,
// the first in the alphabet among equals, or "" when all are too far: more than
// a third of the letters, at most three.
func nearest(word string, known []string) string {
	letters := []rune(strings.ToLower(word))
	best, bestDistance := "", 1+min(3, max(1, len(letters)/3))
	for _, k := range slices.Sorted(slices.Values(known)) {
		other := []rune(strings.ToLower(k))
		if diff := len(letters) - len(other); diff > 3 || diff < -3 {
			continue
		}
		if d := editDistance(letters, other); d < bestDistance {
			best, bestDistance = k, d
		}
	}
	return best
}

// editDistance counts the insertions, deletions, substitutions and swaps of
// neighbours that turn a into b.
func editDistance(a, b []rune) int {
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

// maxListed is how many known words a message lists.
const maxListed = 12

// oneOf lists what is known, for a message.
func oneOf(known []string) string {
	if len(known) == 0 {
		return "none is declared"
	}
	shown := known[:min(len(known), maxListed)]
	more := ""
	if len(known) > maxListed {
		more = ", …"
	}
	return "known: " + strings.Join(shown, ", ") + more
}

// quote shows a piece of the user's text in a message, cut to a readable length.
func quote(s string) string {
	const limit = 48
	if r := []rune(s); len(r) > limit {
		s = string(r[:limit-1]) + "…"
	}
	return fmt.Sprintf("%q", s)
}
