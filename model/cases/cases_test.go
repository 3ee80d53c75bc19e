package cases

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"strconv"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/scenario"
)

// text is a world of two states in which false flags are common.
const text = `misstep: 1
title: Cases
start: 2026-01-01
horizon: 3y
card: {question: q, shows: s, try: [t], limits: l, sources: ["assumption: s"]}
assumptions:
  model: {retraction: true}
  choice: {price: 0.02 to 0.05}
  states: {Aland: {}, Borland: {}, Cland: {evidence: {flag_rate: 0.4}}}
  groups: {thieves: {frames: [Borland], evidence: {flag_rate: 0.4}}}
  onset:
    - {source: Borland, victim: Aland, rate: 2, mix: {espionage: 0.6, disruption: 0.4}}
    - {source: Cland, victim: Aland, rate: 1, mix: {espionage: 0.6, prepositioning: 0.4}}
    - {source: thieves, victim: Aland, rate: 2, mix: {crime: 1}}
levers:
  channels: {talks: {members: [Aland, Borland], mandate: [clarify, delay, private_option]}}
arms: {without: {channels.talks.open: false}, with: {}}
headline: {outcome: missteps, baseline: without, treatment: with}
`

func plan(t *testing.T) experiment.Plan {
	t.Helper()
	v, err := scenario.Load("cases", []byte(text), scenario.Options{UsePriors: true})
	if err != nil {
		t.Fatal(err)
	}
	return experiment.Plan{Scenario: v, Seed: 7, Draws: 6, Replicates: 9, BlockSize: 4}
}

// written is the CSV of a plan, and its rows by column.
func written(t *testing.T, p experiment.Plan, workers int) (string, []map[string]string) {
	t.Helper()
	var out bytes.Buffer
	n, err := Write(context.Background(), p, workers, &out, nil)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(bytes.NewReader(out.Bytes())).ReadAll()
	if err != nil || len(lines) != n+1 {
		t.Fatalf("%d lines, %d rows, %v", len(lines), n, err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return out.String(), rows
}

// TestRowsAreTheSums: counted over the cases that both arms have, flags of rows give the
// sums of the run. Catches a flag in the wrong column, and a case that is lost or doubled.
func TestRowsAreTheSums(t *testing.T) {
	p := plan(t)
	_, rows := written(t, p, 2)
	sums, err := experiment.Run(context.Background(), p, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	base, treat := p.Scenario.Arms[sums.Baseline].Name, p.Scenario.Arms[sums.Others[0]].Name
	key := func(r map[string]string) string {
		return r["draw"] + "/" + r["replicate"] + "/" + r["source"] + ">" + r["victim"] + "/" + r["intent"] + "/" +
			r["ordinal"]
	}
	in := map[string]map[string]map[string]string{}
	for _, r := range rows {
		if in[key(r)] == nil {
			in[key(r)] = map[string]map[string]string{}
		}
		if in[key(r)][r["arm"]] != nil {
			t.Fatalf("%s twice", key(r))
		}
		in[key(r)][r["arm"]] = r
	}
	for column, id := range map[string]string{"who_or_why": "who_or_why", "false_accusation": "false_accusations",
		"missed": "missed", "avoidable": "avoidable", "unanswered": "unanswered", "withdrawn": "withdrawn"} {
		var want, have [2]float64
		for _, x := range sums.Contrasts[0].All() {
			m := x.Measures[outcome.Index(id)]
			want[0], want[1] = want[0]+m.Sum[0], want[1]+m.Sum[2]
		}
		for _, arms := range in {
			if arms[base] == nil || arms[treat] == nil {
				continue
			}
			for i, arm := range []string{base, treat} {
				x, err := strconv.ParseFloat(arms[arm][column], 64)
				if err != nil {
					t.Fatal(err)
				}
				have[i] += x
			}
		}
		if have != want {
			t.Errorf("%s: %v by rows, %v by sums", column, have, want)
		}
	}
}

// TestRowsAddUp: what a row says of one case belongs together.
func TestRowsAddUp(t *testing.T) {
	_, rows := written(t, plan(t), 2)
	number := func(r map[string]string, column string) float64 {
		x, err := strconv.ParseFloat(r[column], 64)
		if err != nil {
			t.Fatalf("%s of %v: %v", column, r, err)
		}
		return x
	}
	accused, missteps := 0, 0
	for _, r := range rows {
		if number(r, "started_day") > number(r, "discovered_day") || number(r, "discovered_day") > number(r, "closed_day") ||
			number(r, "discovered_day") < 0 {
			t.Errorf("days out of order: %v", r)
		}
		if r["guilty"] == "1" && r["suspect"] != r["source"] {
			t.Errorf("guilty and not the source: %v", r)
		}
		if r["public_rung"] == "" {
			if r["who_or_why"] == "1" || r["public_target"] != "" || r["public_day"] != "" {
				t.Errorf("no accusation, and something of one: %v", r)
			}
			continue
		}
		accused++
		if number(r, "public_day") < number(r, "first_day") {
			t.Errorf("an accusation before the first step: %v", r)
		}
		if r["misstep_rung"] != "" {
			missteps++
			if number(r, "first_rung_on_truth") >= 3 {
				t.Errorf("a misstep that the truth asked for: %v", r)
			}
		}
	}
	if accused < 10 || missteps < 3 {
		t.Errorf("%d accusations and %d missteps show too little", accused, missteps)
	}
}

// TestSameRowsForAnyWorkers: the bytes do not hang on how many played.
func TestSameRowsForAnyWorkers(t *testing.T) {
	want, _ := written(t, plan(t), 1)
	for _, workers := range []int{2, 5} {
		if have, _ := written(t, plan(t), workers); have != want {
			t.Errorf("%d workers write other bytes", workers)
		}
	}
}

// full is a disk with room for the first write alone.
type full struct{ writes int }

var errFull = errors.New("no space left on device")

func (f *full) Write(p []byte) (int, error) {
	if f.writes++; f.writes > 1 {
		return 0, errFull
	}
	return len(p), nil
}

// TestFullDisk: the error of the writer is the error of Write, and ends it.
func TestFullDisk(t *testing.T) {
	if _, err := Write(context.Background(), plan(t), 2, &full{}, nil); !errors.Is(err, errFull) {
		t.Error(err)
	}
}
