package say

import (
	"slices"
	"strings"
	"testing"
)

// TestClippedApart catches: two columns of one name, a number where none is needed, and one that makes new doubles.
func TestClippedApart(t *testing.T) {
	long := strings.Repeat("x", 20)
	for _, c := range []struct{ in, want []string }{
		{[]string{"without", "with"}, []string{"without", "with"}},
		{[]string{long + "a", long + "b", "with"}, []string{"1\u00a0xxxxx…", "2\u00a0xxxxx…", "with"}},
		{[]string{long + "a", long + "b", "1\u00a0" + long},
			[]string{"1\u00a0xxxxx…", "2\u00a0xxxxx…", "3\u00a01\u00a0xxx…"}},
		{[]string{"對話", "對話"}, []string{"1\u00a0對話", "2\u00a0對話"}},
		{nil, nil},
	} {
		if got := ClippedApart(c.in, 8); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}
