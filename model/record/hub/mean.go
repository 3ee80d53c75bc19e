package hub

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Mean is the mean of scores over the tasks of one target in one type.
type Mean struct {
	Target   string // "" where no task id is called target
	Type     string
	N        int
	Scores   Scores // means, and of Impossible the sum; Inside is not set
	Inside   []Interval
	Compared int       // tasks of which the baseline says something
	Versus   [2]Scores // over those: the output, and the baseline

	intervals map[string]Interval // by level
}

// Interval is a central interval of the levels, and how many outcomes it holds, of those of tasks that have it.
type Interval struct {
	Level     string // "90 %"
	Holds, Of int
}

// Means are the means by target and type, in the order of the output.
func Means(out *Output, scored []Scored) []Mean {
	target := slices.Index(out.Tasks, "target")
	var means []Mean
	index := map[string]int{}
	for i := range scored {
		x, name := &scored[i], ""
		if target >= 0 {
			name = x.Task[target]
		}
		key := keyOf(x.Type, []string{name})
		k, known := index[key]
		if !known {
			k = len(means)
			index[key] = k
			means = append(means, Mean{Target: name, Type: x.Type, intervals: map[string]Interval{}})
		}
		means[k].add(x)
	}
	for i := range means {
		m := &means[i]
		m.Scores = m.Scores.times(1 / float64(m.N))
		for b := range m.Versus {
			m.Versus[b] = m.Versus[b].times(1 / float64(m.Compared)) // NaN where nothing is compared
		}
		m.Inside = slices.AppendSeq(m.Inside, maps.Values(m.intervals))
		slices.SortFunc(m.Inside, func(a, b Interval) int { return cmp.Compare(a.width(), b.width()) })
	}
	return means
}

func (m *Mean) add(x *Scored) {
	m.N++
	m.Scores = m.Scores.plus(x.Scores)
	for level, holds := range x.Scores.Inside {
		v := Interval{level, m.intervals[level].Holds, m.intervals[level].Of + 1}
		if holds {
			v.Holds++
		}
		m.intervals[level] = v
	}
	if x.Base != nil {
		m.Compared++
		m.Versus[0], m.Versus[1] = m.Versus[0].plus(x.Scores), m.Versus[1].plus(*x.Base)
	}
}

func (i Interval) width() float64 {
	w, _ := strconv.ParseFloat(strings.TrimSuffix(i.Level, " %"), 64)
	return w
}

func (s Scores) plus(o Scores) Scores {
	return Scores{Log: s.Log + o.Log, Brier: s.Brier + o.Brier, RPS: s.RPS + o.RPS, WIS: s.WIS + o.WIS,
		Impossible: s.Impossible + o.Impossible}
}

func (s Scores) times(x float64) Scores {
	return Scores{Log: s.Log * x, Brier: s.Brier * x, RPS: s.RPS * x, WIS: s.WIS * x,
		Impossible: s.Impossible}
}
