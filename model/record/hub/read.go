package hub

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/misstep/misstep/model/record/table"
)

// The columns of a model output that are no task id; model_id may stand beside them and is not read.
const (
	typeColumn, idColumn, valueColumn, modelColumn = "output_type", "output_type_id", "value", "model_id"
)

// The output types that are scored.
const (
	PMF      = "pmf"
	Quantile = "quantile"
)

// otherTypes are output types that a file may have and that are not scored.
var otherTypes = []string{"mean", "median", "cdf", "cmf", "sample"}

// Output is a model output.
type Output struct {
	Tasks       []string // the names of its task ids, in the order of the file
	Predictions []Prediction
	Skipped     int // rows of types that are not scored
}

// Prediction is what an output says of one task in one type.
type Prediction struct {
	Task   []string  // the values of the task ids
	Type   string    // PMF or Quantile
	IDs    []string  // levels, rising, or categories by the numbers that they begin with, or in the order of the file
	Levels []float64 // of quantiles, in (0, 1)
	Values []float64 // probabilities that sum to 1, or quantiles

	rows []*table.Row
	seen map[string]bool // ids
}

// tolerance is how far from 1 probabilities may sum: they are written with few digits.
const tolerance = 1e-4

// Read reads a model output; file is how messages name it. The error is [table.Problems], with every mistake at its
// line and column: a column that is missing, a type that is not known, a level or probability outside of its range, a
// row that stands twice, probabilities that do not sum to 1, quantiles that fall, categories in another order than in
// an earlier task of the target.
func Read(file string, data []byte) (*Output, error) {
	text := &table.Text{File: file}
	rows, tasks := open(text, data, typeColumn, idColumn, valueColumn)
	out := &Output{Tasks: tasks}
	index := map[string]int{}
	for _, r := range rows {
		if tooMany(text, r.Line()) {
			break
		}
		kind := r.Word(typeColumn, append([]string{PMF, Quantile}, otherTypes...)...)
		if slices.Contains(otherTypes, kind) {
			out.Skipped++
			continue
		}
		if kind != PMF && kind != Quantile {
			continue
		}
		key, task := kind, make([]string, len(tasks))
		for i, c := range tasks {
			task[i] = r.Get(c)
			key += "\x00" + task[i]
		}
		at, known := index[key]
		if !known {
			at = len(out.Predictions)
			index[key] = at
			out.Predictions = append(out.Predictions, Prediction{Task: task, Type: kind, seen: map[string]bool{}})
		}
		out.Predictions[at].add(r)
	}
	if len(text.Problems) == 0 {
		for i := range out.Predictions {
			if p := &out.Predictions[i]; !tooMany(text, p.rows[0].Line()) {
				p.check()
			}
		}
		out.sameOrder(text)
		if len(out.Predictions) == 0 {
			text.Say(1, 1, "no row has the output type pmf or quantile, so there is nothing to score")
		}
	}
	if len(text.Problems) > 0 {
		return nil, text.Problems.Sorted()
	}
	return out, nil
}

// mostMistakes is after how many mistakes a file is given up.
const mostMistakes = 100

// tooMany says once that the rest is not read, where a file has too many mistakes.
func tooMany(text *table.Text, line int) bool {
	if len(text.Problems) == mostMistakes {
		text.Say(line, 1, "%d mistakes so far; the rest is not looked at", mostMistakes)
	}
	return len(text.Problems) > mostMistakes
}

// mostColumns bounds the columns of a table.
const mostColumns = 500

// open reads the rows of a table of any task columns that has those of need, and returns the names of the others.
func open(text *table.Text, data []byte, need ...string) ([]*table.Row, []string) {
	head, _ := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))).Read()
	if !utf8.Valid(data) {
		return text.CSV(nil, data), nil // it says where
	}
	if len(head) == 1 && strings.Contains(head[0], ";") {
		text.Say(1, 1, "semicolons stand between the columns; save the table with commas between them")
		return nil, nil
	}
	var tasks []string
	if len(head) > mostColumns {
		text.Say(1, 1, "%d columns; a table like this one has %d at most", len(head), mostColumns)
		return nil, nil
	}
	for i, name := range head {
		switch {
		case name == "" || strings.TrimSpace(name) != name:
			text.Say(1, 1, "column %d is called %q; give every column a name without blanks around it", i+1,
				table.Clip(name, 48))
		case slices.Contains(head[:i], name):
			text.Say(1, 1, "two columns are called %q; leave one", table.Clip(name, 48))
		case name != modelColumn && name != typeColumn && name != idColumn && !slices.Contains(need, name):
			tasks = append(tasks, name)
		}
	}
	for _, name := range need {
		if !slices.Contains(head, name) {
			text.Say(1, 1, "the column %q is missing; a table like this one has %s", name, strings.Join(need, ", "))
		}
	}
	if len(text.Problems) > 0 {
		return nil, nil
	}
	return text.CSV(head, data), tasks
}

// add takes a row of the prediction.
func (p *Prediction) add(r *table.Row) {
	id := r.Need(idColumn)
	if id == "" {
		return
	}
	value, ok := r.Number(valueColumn)
	switch {
	case !ok:
		r.Need(valueColumn)
		return
	case p.seen[id]:
		r.Say(idColumn, "%q stands twice for this task; remove a row", table.Clip(id, 48))
		return
	case p.Type == PMF && (value < 0 || value > 1):
		r.Say(valueColumn, "%v is no probability from 0 to 1", value)
		return
	}
	if p.Type == Quantile {
		level, ok := r.Number(idColumn)
		if !ok {
			return
		}
		if level <= 0 || level >= 1 {
			r.Say(idColumn, "%q is no level between 0 and 1", table.Clip(id, 48))
			return
		}
		p.Levels = append(p.Levels, level)
	}
	p.seen[id] = true
	p.IDs, p.Values, p.rows = append(p.IDs, id), append(p.Values, value), append(p.rows, r)
}

// check holds the rows of a prediction against each other, and puts quantiles in order.
func (p *Prediction) check() {
	if p.Type == PMF {
		p.rank()
		total := 0.0
		for _, x := range p.Values {
			total += x
		}
		if math.Abs(total-1) > tolerance {
			p.rows[0].Say(valueColumn, "the %d probabilities of this task sum to %.6g, not to 1", len(p.Values), total)
		}
		return
	}
	p.sort(p.Levels)
	slices.Sort(p.Levels)
	for i, r := range p.rows {
		switch {
		case i > 0 && p.Levels[i] == p.Levels[i-1]:
			r.Say(idColumn, "the level %s stands twice for this task, as %s too; remove a row", p.IDs[i], p.IDs[i-1])
		case i > 0 && p.Values[i] < p.Values[i-1]:
			r.Say(valueColumn, "the quantile at %s is %v, below %v at %s; quantiles do not fall", p.IDs[i], p.Values[i],
				p.Values[i-1], p.IDs[i-1])
		}
	}
}

// sort puts the rows in the order of a number of each.
func (p *Prediction) sort(by []float64) {
	order := make([]int, len(by))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(by[a], by[b]) })
	ids, values, rows := slices.Clone(p.IDs), slices.Clone(p.Values), slices.Clone(p.rows)
	for i, k := range order {
		p.IDs[i], p.Values[i], p.rows[i] = ids[k], values[k], rows[k]
	}
}

// numbered is how a category begins that has a place by its number: "16 or more".
var numbered = regexp.MustCompile(`^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?`)

// rank puts categories in the order of the numbers that they begin with, where each begins with another; else they stay
// as in the file.
func (p *Prediction) rank() {
	by, seen := make([]float64, len(p.IDs)), map[float64]bool{}
	for i, id := range p.IDs {
		x, err := strconv.ParseFloat(numbered.FindString(id), 64)
		if err != nil || seen[x] {
			return
		}
		by[i], seen[x] = x, true
	}
	p.sort(by)
}

// sameOrder holds the categories of each task against those of the first of its target: the ranked score hangs on their
// order, of which a file of rows has just one.
func (out *Output) sameOrder(text *table.Text) {
	target := slices.Index(out.Tasks, "target")
	first := map[string]map[string]int{}
	for i := range out.Predictions {
		p, name := &out.Predictions[i], ""
		if p.Type != PMF || tooMany(text, p.rows[0].Line()) {
			continue
		}
		if target >= 0 {
			name = p.Task[target]
		}
		places, known := first[name]
		if !known {
			places = map[string]int{}
			for k, id := range p.IDs {
				places[id] = k
			}
			first[name] = places
			continue
		}
		last, before := -1, ""
		for k, id := range p.IDs {
			at, shared := places[id]
			if shared && at < last {
				p.rows[k].Say(idColumn, "%q comes after %q here and before it in an earlier task of the target; give the "+
					"categories one order, on which the ranked score hangs", table.Clip(id, 48), table.Clip(before, 48))
				break
			}
			if shared {
				last, before = at, id
			}
		}
	}
}
