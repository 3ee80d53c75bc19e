package scenario

import (
	"fmt"
	"strings"

	"github.com/misstep/misstep/internal/nearest"
)

// didYouMean is the remedy for a word that is not among the known ones: the
// nearest of them when it looks like a slip of the pen, else the list.
func didYouMean(word string, known []string) string {
	if near := nearest.Word(word, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return oneOf(known)
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
