package explain

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/misstep/misstep/internal/small"
)

// TestTellWidth: no line is wider than the screen, whatever its width, and the
// words are the same side by side and one under the other.
func TestTellWidth(t *testing.T) {
	s := small.Story(t)
	words := func(text string) int { return strings.Count(text, "MISSTEP:") }
	want := words(tell(s, true, 200))
	for _, width := range []int{40, 70, 95, 96, 108, 160} {
		text := tell(s, true, width)
		for _, l := range strings.Split(text, "\n") {
			if n := utf8.RuneCountInString(l); n > width {
				t.Errorf("width %d: a line of %d: %s", width, n, l)
			}
		}
		if words(text) != want {
			t.Errorf("width %d: %d missteps told, want %d", width, words(text), want)
		}
		if strings.Contains(text, "│") != (width >= sideBySide) {
			t.Errorf("width %d: columns or not?", width)
		}
	}
}
