package hub

import (
	"slices"
	"strings"

	"github.com/misstep/misstep/model/record/table"
)

const oracleColumn = "oracle_value"

// Outcomes are what came, as oracle output of a hub.
type Outcomes struct {
	columns []string              // task ids, any of those that outputs have
	rows    map[string][]*outcome // by type, where there is one, and task
	types   bool                  // there is a column output_type
	file    string
}

type outcome struct {
	id, value string
	row       *table.Row
}

// ReadOutcomes reads oracle output: a column oracle_value, any task ids, and output_type with output_type_id where
// probabilities are to be scored. Of a pmf, 1 marks the category that came; of quantiles oracle_value is the number.
// Without output_type, oracle_value is the number or the category itself. The error is [table.Problems].
func ReadOutcomes(file string, data []byte) (*Outcomes, error) {
	text := &table.Text{File: file}
	rows, columns := open(text, data, oracleColumn)
	o := &Outcomes{columns: columns, rows: map[string][]*outcome{}, file: file}
	if len(rows) > 0 {
		o.types = rows[0].Has(typeColumn)
		if o.types != rows[0].Has(idColumn) {
			text.Say(1, 1, "the columns output_type and output_type_id belong together; one of them is missing")
		}
	}
	if len(text.Problems) > 0 {
		return nil, text.Problems.Sorted()
	}
	for _, r := range rows {
		if tooMany(text, r.Line()) {
			break
		}
		x, key := outcome{value: r.Get(oracleColumn), row: r}, ""
		if x.value == "" || x.value == "NA" { // not known yet
			continue
		}
		if o.types {
			key, x.id = r.Get(typeColumn), r.Get(idColumn)
			if value, ok := r.Number(oracleColumn); ok && key == PMF && value != 0 && value != 1 {
				r.Say(oracleColumn, "%v is neither 1, for the category that came, nor 0", value)
			}
		}
		for _, c := range columns {
			key += "\x00" + r.Get(c)
		}
		o.rows[key] = append(o.rows[key], &x)
	}
	if len(text.Problems) > 0 {
		return nil, text.Problems.Sorted()
	}
	return o, nil
}

// Fits says whether every column of the outcomes is a task id of an output; the error names one that is not.
func (o *Outcomes) Fits(out *Output) error {
	for _, c := range o.columns {
		if !slices.Contains(out.Tasks, c) {
			return o.wrong(1, "the column %q is no task id of the model output, which has %s; leave it out, or name it as there",
				table.Clip(c, 48), table.Clip(strings.Join(out.Tasks, ", "), 240))
		}
	}
	return nil
}

func (o *Outcomes) wrong(line int, format string, args ...any) error {
	text := &table.Text{File: o.file}
	text.Say(line, 1, format, args...)
	return text.Problems
}

func (o *Outcomes) of(out *Output, p *Prediction) []*outcome {
	key := ""
	if o.types {
		key = p.Type
	}
	for _, c := range o.columns {
		key += "\x00" + p.Task[slices.Index(out.Tasks, c)]
	}
	return o.rows[key]
}

// came says what came of a prediction: the place of a category, or a number. ok is false without an outcome.
func (o *Outcomes) came(out *Output, p *Prediction) (category int, number float64, ok bool, err error) {
	list := o.of(out, p)
	if len(list) == 0 {
		return 0, 0, false, nil
	}
	if o.types && p.Type == PMF {
		all := list
		list = nil
		for _, x := range all {
			if value, _ := x.row.Number(oracleColumn); value == 1 {
				list = append(list, x)
			}
		}
		if len(list) == 0 {
			return 0, 0, false, o.wrong(all[0].row.Line(), "no category of this task is marked by 1; mark the one that "+
				"came, or write NA while none is known")
		}
	}
	x := list[0]
	name := x.value
	if o.types && p.Type == PMF {
		name = x.id
	}
	for _, other := range list[1:] {
		if other.id != x.id && p.Type == PMF || other.value != x.value {
			return 0, 0, false, o.wrong(x.row.Line(), "another outcome of the same task stands in line %d; leave one",
				other.row.Line())
		}
	}
	if p.Type == PMF {
		if category = slices.Index(p.IDs, name); category < 0 {
			return 0, 0, false, o.wrong(x.row.Line(), "%q is no category of the model output, which has %s",
				table.Clip(name, 48), table.Clip(strings.Join(p.IDs, ", "), 240))
		}
		return category, 0, true, nil
	}
	number, ok = x.row.Number(oracleColumn)
	if !ok {
		return 0, 0, false, o.wrong(x.row.Line(), "%s: %q is no number, which quantiles are held against", oracleColumn,
			table.Clip(name, 48))
	}
	return 0, number, true, nil
}
