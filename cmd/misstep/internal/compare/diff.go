package compare

import (
	"fmt"
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
	var out []edit
	for _, s := range a[:head] {
		out = append(out, edit{' ', s})
	}
	out = append(out, middleDiff(a[head:len(a)-tail], b[head:len(b)-tail])...)
	for _, s := range a[len(a)-tail:] {
		out = append(out, edit{' ', s})
	}
	return out
}

// middleDiff is the edit between texts without common ends.
func middleDiff(a, b []string) []edit {
	trace, ok := furthest(a, b)
	if !ok {
		var out []edit
		for _, s := range a {
			out = append(out, edit{'-', s})
		}
		for _, s := range b {
			out = append(out, edit{'+', s})
		}
		return out
	}
	var back []edit
	x, y := len(a), len(b)
	for d := len(trace) - 1; d > 0; d-- {
		v, k := trace[d-1], x-y
		from := k - 1 // a line of a was taken out
		if k == -d || k != d && v[k-1+d] < v[k+1+d] {
			from = k + 1 // a line of b was put in
		}
		fromX := v[from+d]
		fromY := fromX - from
		for x > fromX && y > fromY && x > 0 && y > 0 && a[x-1] == b[y-1] {
			x, y = x-1, y-1
			back = append(back, edit{' ', a[x]})
		}
		if from == k+1 {
			y--
			back = append(back, edit{'+', b[y]})
		} else {
			x--
			back = append(back, edit{'-', a[x]})
		}
	}
	for x > 0 {
		x--
		back = append(back, edit{' ', a[x]})
	}
	for i, k := 0, len(back)-1; i < k; i, k = i+1, k-1 {
		back[i], back[k] = back[k], back[i]
	}
	return back
}

// furthest runs Myers' greedy search. trace[d] holds, at k+d+1, how far into a the
// furthest path of d edits on diagonal k reaches.
func furthest(a, b []string) (trace [][]int, ok bool) {
	for d := 0; d <= mostEdits; d++ {
		row := make([]int, 2*d+3)
		for k := -d; k <= d; k += 2 {
			x := 0
			if d > 0 {
				last := trace[d-1] // k at k+d
				if k == -d || k != d && last[k-1+d] < last[k+1+d] {
					x = last[k+1+d]
				} else {
					x = last[k-1+d] + 1
				}
			}
			y := x - k
			for x < len(a) && y < len(b) && y >= 0 && a[x] == b[y] {
				x, y = x+1, y+1
			}
			row[k+d+1] = x
			if x >= len(a) && y >= len(b) {
				return append(trace, row), true
			}
		}
		trace = append(trace, row)
	}
	return nil, false
}

// unified sets an edit as hunks with some lines of context, without file names. Lines
// are shown with what is not printable escaped.
func unified(edits []edit) []string {
	var out []string
	show := make([]bool, len(edits))
	for i, e := range edits {
		if e.op != ' ' {
			for k := max(0, i-diffContext); k <= min(len(edits)-1, i+diffContext); k++ {
				show[k] = true
			}
		}
	}
	lineA, lineB := 1, 1
	for i := 0; i < len(edits); {
		if !show[i] {
			lineA, lineB, i = lineA+1, lineB+1, i+1
			continue
		}
		end, inA, inB := i, 0, 0
		for end < len(edits) && show[end] {
			if edits[end].op != '+' {
				inA++
			}
			if edits[end].op != '-' {
				inB++
			}
			end++
		}
		out = append(out, fmt.Sprintf("@@ -%s +%s @@", extent(lineA, inA), extent(lineB, inB)))
		for ; i < end; i++ {
			out = append(out, string(edits[i].op)+say.Visible(edits[i].line))
		}
		lineA, lineB = lineA+inA, lineB+inB
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
	for _, e := range edits {
		switch e.op {
		case '-':
			out++
		case '+':
			in++
		}
	}
	return
}
