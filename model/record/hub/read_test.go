package hub

import (
	"fmt"
	"strings"
	"testing"
)

// TestReadRefuses: each mistake of a file is named with its line and column.
func TestReadRefuses(t *testing.T) {
	const head = "target,output_type,output_type_id,value\n"
	for name, c := range map[string]struct{ text, want string }{
		"empty":       {"", `a.csv:1:1: the column "output_type" is missing`},
		"no value":    {"target,output_type,output_type_id\na,pmf,b\n", `a.csv:1:1: the column "value" is missing`},
		"twice":       {"target,target,output_type,output_type_id,value\n", `a.csv:1:1: two columns are called "target"`},
		"blank":       {"target ,output_type,output_type_id,value\n", `column 1 is called "target "`},
		"type":        {head + "a,pdf,b,1\n", `a.csv:2:3: output_type: "pdf" is not known; did you mean "cdf"`},
		"probability": {head + "a,pmf,b,1.2\n", "a.csv:2:9: value: 1.2 is no probability from 0 to 1"},
		"word":        {head + "a,pmf,b,much\n", `a.csv:2:9: value: "much" is no number`},
		"no number":   {head + "a,pmf,b,\n", "a.csv:2:9: value: is empty"},
		"not finite":  {head + "a,pmf,b,NaN\n", `a.csv:2:9: value: "NaN" is no number`},
		"sum":         {head + "a,pmf,b,.5\na,pmf,c,.4\n", "a.csv:2:9: value: the 2 probabilities of this task sum to 0.9"},
		"level":       {head + "a,quantile,95,1\n", `a.csv:2:12: output_type_id: "95" is no level between 0 and 1`},
		"no level":    {head + "a,quantile,median,1\n", `a.csv:2:12: output_type_id: "median" is no number`},
		"falling":     {head + "a,quantile,.9,1\na,quantile,.5,2\n", "a.csv:2:15: value: the quantile at .9 is 1, below 2"},
		"row twice":   {head + "a,pmf,b,1\na,pmf,b,0\n", `a.csv:3:7: output_type_id: "b" stands twice`},
		"level twice": {head + "a,quantile,.5,1\na,quantile,0.5,1\n",
			"a.csv:3:12: output_type_id: the level 0.5 stands twice for this task, as .5 too"},
		"cells":      {head + "a,pmf,b\n", "a.csv:2:1: 3 cells for 4 columns"},
		"semicolons": {"target;output_type;output_type_id;value\n", "a.csv:1:1: semicolons stand between the columns"},
		"order": {"n,output_type,output_type_id,value\n1,pmf,x,.5\n1,pmf,y,.5\n2,pmf,y,.5\n2,pmf,x,.5\n",
			`a.csv:5:7: output_type_id: "x" comes after "y" here and before it`},
		"columns": {strings.Repeat("a,", mostColumns) + "value\n", "a.csv:1:1: 501 columns"},
		"nothing": {head + "a,mean,NA,1\n", "a.csv:1:1: no row has the output type pmf or quantile"},
		"binary":  {"\xff;\xfe\n", "a.csv:1:1: is not UTF-8"},
	} {
		if _, err := Read("a.csv", []byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// TestManyMistakes: a file of nothing but mistakes is given up after some, and a task of many rows takes no longer than
// its rows. Catches a list of a million messages, and a search among all rows for each.
func TestManyMistakes(t *testing.T) {
	const head = "target,output_type,output_type_id,value\n"
	_, err := Read("a.csv", []byte(head+strings.Repeat("a,pmf,b,0\n", 100_000)))
	if err == nil || strings.Count(err.Error(), "\n") > mostMistakes+1 ||
		!strings.Contains(err.Error(), "the rest is not") {
		t.Errorf("%.300v", err)
	}
	var rows, levels strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&rows, "t%d,pmf,b,1\n", i)
		fmt.Fprintf(&levels, "a,quantile,%.6f,%d\n", float64(i+1)/50_001, i)
	}
	for _, text := range []string{rows.String(), levels.String()} {
		out, err := Read("a.csv", []byte(head+text))
		if err != nil {
			t.Fatal(err)
		}
		came, err := ReadOutcomes("o.csv", []byte("target,oracle_value\na,7\nt3,b\n"))
		if err != nil {
			t.Fatal(err)
		}
		scored, _, err := Score(out, came, out)
		if err != nil || len(scored) != 1 || len(Means(out, scored)) != 1 {
			t.Errorf("%d %v", len(scored), err)
		}
	}
}

// FuzzReadOutput: no bytes make it panic, and what is read can be scored.
func FuzzReadOutput(f *testing.F) {
	f.Add([]byte(forecast), []byte("target,place,oracle_value\nclass,GB,some\ncount,GB,4\n"))
	f.Add([]byte("output_type,output_type_id,value\npmf,a,1\n"),
		[]byte("output_type,output_type_id,oracle_value\npmf,a,1\n"))
	f.Fuzz(func(t *testing.T, data, came []byte) {
		out, err := Read("a.csv", data)
		if err != nil {
			return
		}
		o, err := ReadOutcomes("o.csv", came)
		if err != nil {
			return
		}
		if scored, missing, err := Score(out, o, out); err == nil && len(scored)+missing != len(out.Predictions) {
			t.Errorf("%d and %d of %d", len(scored), missing, len(out.Predictions))
		}
	})
}
