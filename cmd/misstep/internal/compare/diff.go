package compare

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// diffContext is how many equal lines stand around a change.
const diffContext = 2

// mostEdits bounds the search for the shortest edit: beyond it the lines between the
// common beginning and end count as replaced, which is a longer edit and a right one.
const mostEdits = 400

// edit is one line of an edit from a text to another: ' ' in both, '-' in the first
// only, '+' in the second only.
type edit struct {
	op   byte
	line string
}

// lineDiff is a shortest edit from a to b by Myers' algorithm (1986), or one that
// replaces what lies between their common ends.
func lineDiff(a, b []string) []edit {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	return slices.Concat(edits(' ', a[:head]), middleDiff(a[head:len(a)-tail], b[head:len(b)-tail]),
		edits(' ', a[len(a)-tail:]))
}

// edits are lines of one kind.
func edits(op byte, list []string) (out []edit) {
	for _, s := range list {
		out = append(out, edit{op, s})
	}
	return out
}

// step is an edit at line x of the first text and line y of the second, and how one gets
// there.
type step struct {
	op     byte
	x, y   int
	before *step
}

// middleDiff is the edit between texts without common ends: Myers' greedy search for how
// far into a the furthest path of d edits on diagonal k = x − y reaches.
func middleDiff(a, b []string) []edit {
	type path struct {
		x    int
		last *step
	}
	var at map[int]path // by diagonal
	for d := 0; d <= mostEdits; d++ {
		now := map[int]path{}
		for k := -d; k <= d; k += 2 {
			var p path
			in, out := at[k+1], at[k-1]
			switch {
			case d == 0:
			case k == -d || k != d && out.x < in.x:
				p = path{in.x, &step{'+', in.x, in.x - k - 1, in.last}}
			default:
				p = path{out.x + 1, &step{'-', out.x, out.x - k + 1, out.last}}
			}
			for y := p.x - k; p.x < len(a) && y < len(b) && y >= 0 && a[p.x] == b[y]; y++ {
				p.x++
			}
			if now[k] = p; k == len(a)-len(b) && p.x >= len(a) {
				return p.last.along(a, b)
			}
		}
		at = now
	}
	return append(edits('-', a), edits('+', b)...)
}

// along is the whole edit that ends with a step.
func (s *step) along(a, b []string) (out []edit) {
	x := 0 // the first line of a that is not in it
	var steps []*step
	for ; s != nil; s = s.before {
		steps = append(steps, s)
	}
	for _, s := range slices.Backward(steps) {
		out = append(out, edits(' ', a[x:s.x])...)
		if x = s.x; s.op == '+' {
			out = append(out, edit{'+', b[s.y]})
		} else {
			out = append(out, edit{'-', a[x]})
			x++
		}
	}
	return append(out, edits(' ', a[x:])...)
}

// unified sets an edit as hunks with some lines of context, without file names. Lines
// are shown with what is not printable escaped.
func unified(edits []edit) (out []string) {
	shown := func(i int) bool {
		around := edits[max(0, i-diffContext):min(len(edits), i+diffContext+1)]
		return slices.ContainsFunc(around, func(e edit) bool { return e.op != ' ' })
	}
	inA, inB := 1, 1 // the next line of either text
	for i := 0; i < len(edits); {
		if !shown(i) {
			inA, inB, i = inA+1, inB+1, i+1
			continue
		}
		first := i
		for i < len(edits) && shown(i) {
			i++
		}
		hunk := edits[first:i]
		taken, put := changedLines(hunk)
		same := len(hunk) - taken - put
		out = append(out, fmt.Sprintf("@@ -%s +%s @@", extent(inA, same+taken), extent(inB, same+put)))
		for _, e := range hunk {
			out = append(out, string(e.op)+say.Visible(e.line))
		}
		inA, inB = inA+same+taken, inB+same+put
	}
	return out
}

// extent writes lines of a hunk as diff -u does.
func extent(from, n int) string {
	switch n {
	case 0:
		return fmt.Sprintf("%d,0", from-1)
	case 1:
		return strconv.Itoa(from)
	}
	return fmt.Sprintf("%d,%d", from, n)
}

// changedLines counts the lines taken out and put in.
func changedLines(edits []edit) (out, in int) {
	n := map[byte]int{}
	for _, e := range edits {
		n[e.op]++
	}
	return n['-'], n['+']
}
