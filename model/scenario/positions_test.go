package scenario

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// follow are mistakes that bring another: the name of a thing that is referred
// to elsewhere is itself wrong.
var follow = []string{"assumptions.incidents[0].name", "levers.summits[0].name"}

// TestEveryWrongValueIsFound catches a value that no one checks, a place that is
// that of the mapping around it, and a check that repeats in other words what
// was refused already.
func TestEveryWrongValueIsFound(t *testing.T) {
	data := full(t)
	for _, s := range spots(t, data) {
		if s.key || s.path == "arms.narrow.channels.hotline" {
			continue
		}
		ps := problemsOf(t, splice(data, s.line, s.column, s.width, "[[0]]"))
		if !ps.stands(s.line, s.column) {
			t.Errorf("%d:%d %s: nothing there, but %v", s.line, s.column, s.path, ps)
		}
		if len(ps) != 1 && !slices.Contains(follow, s.path) {
			t.Errorf("%d:%d %s: one mistake is told as\n%v", s.line, s.column, s.path, ps)
		}
	}
}

// TestEveryUnknownKeyIsFound catches a mapping that ignores keys it does not
// know: each key of the file is replaced by one that nobody knows.
func TestEveryUnknownKeyIsFound(t *testing.T) {
	data := full(t)
	for _, s := range spots(t, data) {
		if !s.key {
			continue
		}
		broken := splice(data, s.line, s.column, s.width, "no>such")
		if ps := problemsOf(t, broken); !ps.stands(s.line, s.column) {
			t.Errorf("%d:%d %s: nothing there, but %v", s.line, s.column, s.path, ps)
		}
	}
}

// TestEveryRepeatedKeyIsFound catches a reader that lets the last of two equal
// keys win.
func TestEveryRepeatedKeyIsFound(t *testing.T) {
	lines := strings.SplitAfter(full(t), "\n")
	for i, line := range lines {
		key, value, ok := strings.Cut(line, ":")
		if !ok || strings.HasPrefix(line, "#") || strings.HasPrefix(strings.TrimSpace(line), "-") || value == "\n" {
			continue
		}
		ps := problemsOf(t, strings.Join(slices.Insert(slices.Clone(lines), i, line), ""))
		column := len(key) - len(strings.TrimLeft(key, " ")) + 1
		if len(ps) == 0 || ps[0].Line != i+2 || ps[0].Column != column || !strings.Contains(ps[0].What, "comes twice") {
			t.Errorf("line %d twice: %v", i+1, ps)
		}
	}
}

// TestPlacesSurviveLayout catches a line that is counted in the tree and not in
// the file: in any order, with comments and empty lines between, the place of a
// mistake is where it stands.
func TestPlacesSurviveLayout(t *testing.T) {
	data := full(t)
	rapid.Check(t, func(r *rapid.T) {
		seed := rapid.Uint64Range(1, 1<<30).Draw(r, "seed")
		source := rand.New(rand.NewPCG(seed, 2))
		var b strings.Builder
		for line := range strings.Lines(shuffle(t, data, source)) {
			if source.IntN(4) == 0 && !strings.HasPrefix(line, " ") {
				b.WriteString("\n# é: a comment\n")
			}
			b.WriteString(line)
		}
		laid := b.String()
		all := spots(t, laid)
		s := all[rapid.IntRange(0, len(all)-1).Draw(r, "spot")]
		folded := s.column-1+s.width > len([]rune(strings.Split(laid, "\n")[s.line-1]))
		if s.key || folded || strings.HasSuffix(s.path, "channels.hotline") {
			return
		}
		if ps := problemsOf(t, splice(laid, s.line, s.column, s.width, "[[0]]")); !ps.stands(s.line, s.column) {
			r.Fatalf("%d:%d %s: nothing there, but %v", s.line, s.column, s.path, ps)
		}
	})
}

// TestPlacesInOrder catches a report that follows the walk and not the file.
func TestPlacesInOrder(t *testing.T) {
	data := full(t)
	all := slices.DeleteFunc(spots(t, data), func(s spot) bool { return s.key || strings.HasPrefix(s.path, "arms") })
	rapid.Check(t, func(r *rapid.T) {
		chosen := rapid.SliceOfNDistinct(rapid.IntRange(0, len(all)-1), 2, 6, func(i int) int { return i }).Draw(r, "spots")
		slices.Sort(chosen)
		slices.Reverse(chosen) // from the end, so that earlier places stay
		broken := data
		for _, i := range chosen {
			broken = splice(broken, all[i].line, all[i].column, all[i].width, "[[0]]")
		}
		ps := problemsOf(t, broken)
		if !slices.IsSortedFunc(ps, func(a, b Problem) int {
			if a.Line != b.Line {
				return a.Line - b.Line
			}
			return a.Column - b.Column
		}) {
			r.Fatalf("out of order:\n%v", ps)
		}
		first := all[chosen[len(chosen)-1]]
		if !ps.stands(first.line, first.column) {
			r.Fatalf("nothing at %d:%d, but %v", first.line, first.column, ps)
		}
	})
}

// TestLineOfEachNumber catches a slot that remembers the line of its mapping:
// in a file of one value a line, each number knows its own.
func TestLineOfEachNumber(t *testing.T) {
	laid := shuffle(t, full(t), rand.New(rand.NewPCG(7, 7)))
	v := mustLoad(t, laid)
	lines := strings.Split(laid, "\n")
	count := 0
	for _, s := range v.Slots {
		if s.Line == 0 {
			continue
		}
		count++
		if text := lines[s.Line-1]; !strings.Contains(text, strings.Fields(s.Dist.Text)[0]) {
			t.Errorf("%s is %s, but line %d is %q", s.Path, s.Dist.Text, s.Line, text)
		}
	}
	if count < 40 {
		t.Errorf("only %d numbers know their line", count)
	}
	for _, e := range v.Expect {
		if found := slices.ContainsFunc(lines[e.Line-1:min(len(lines), e.Line+12)],
			func(l string) bool { return strings.Contains(l, "id: "+e.ID) }); !found {
			t.Errorf("expectation %s is not on line %d", e.ID, e.Line)
		}
	}
}
