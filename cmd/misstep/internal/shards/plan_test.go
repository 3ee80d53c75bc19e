package shards

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestShardsCoverThePoints: the shards of any plan follow each other from the first point to the last, none is empty,
// none reaches beyond its stage, and each needs what the stages before it hold. No shard has a number beyond the count.
func TestShardsCoverThePoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := &plan{}
		to := 0
		for range rapid.IntRange(1, 4).Draw(t, "stages") {
			to += rapid.IntRange(1, 50).Draw(t, "points")
			p.Stages = append(p.Stages, stage{to, rapid.IntRange(1, 60).Draw(t, "each")})
		}
		at, k := 0, 1
		for i, g := range p.Stages {
			needs := at
			for ; at < g.To; k++ {
				s, err := p.shard(k)
				if err != nil || s.From != at || s.To <= at || s.To > g.To || s.To-s.From > g.Each || s.Needs != needs {
					t.Fatalf("%v, shard %d: %+v, %v", p.Stages, k, s, err)
				}
				at = s.To
			}
			if got := p.upTo(g.To); got != k-1 {
				t.Fatalf("%v: %d shards up to stage %d, want %d", p.Stages, got, i+1, k-1)
			}
		}
		for _, none := range []int{0, -1, k, k + 1} {
			if _, err := p.shard(none); err == nil {
				t.Fatalf("%v has shard %d", p.Stages, none)
			}
		}
		if p.count() != k-1 || p.points() != to {
			t.Fatalf("%v: %d shards of %d points", p.Stages, p.count(), p.points())
		}
	})
}

// TestArray: numbers are read back from what engines take, in order.
func TestArray(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want []int
		n := 0
		for _, step := range rapid.SliceOfN(rapid.IntRange(1, 3), 1, 30).Draw(t, "steps") {
			n += step
			want = append(want, n)
		}
		var got []int
		for _, part := range strings.Split(array(want), ",") {
			a, b, several := strings.Cut(part, "-")
			first, _ := strconv.Atoi(a)
			last := first
			if several {
				if last, _ = strconv.Atoi(b); last <= first {
					t.Fatalf("%q", array(want))
				}
			}
			got = append(got, numbers(first, last)...)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%v are written %s", want, array(want))
		}
	})
	if got := array([]int{3, 7, 8, 9}); got != "3,7-9" {
		t.Error(got)
	}
}

// TestQuoted: a shell reads a path as one word, whatever is in it.
func TestQuoted(t *testing.T) {
	for path, want := range map[string]string{"/a b": "'/a b'", "/o'clock": `'/o'\''clock'`, "/$HOME": "'/$HOME'"} {
		if got := quoted(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
