package cases

import (
	"math"
	"strconv"
	"strings"

	"github.com/misstep/misstep/model/record/table"
	"github.com/misstep/misstep/model/sim"
)

// Column is a column of the CSV.
type Column struct {
	Name string
	Kind Kind
}

// Kind is what the cells of a column are.
type Kind uint8

// The kinds of cells.
const (
	Integer Kind = iota
	Number       // empty where it does not apply
	Word         // a name; empty where there is none
	Flag         // 1 or 0
)

// column writes the cells of a column.
type column struct {
	name string
	cell
}

type cell struct {
	kind Kind
	add  func(to []byte, r *row) []byte
}

// columns are the columns, in their order. Days count from the start of the window.
var columns = []column{
	{"draw", integer(func(r *row) int { return r.draw })},
	{"replicate", integer(func(r *row) int { return r.replicate })},
	{"arm", word(func(r *row) string { return r.arm })},
	{"source", word(func(r *row) string { source, _, _ := r.stream(); return source })},
	{"victim", word(func(r *row) string { _, victim, _ := r.stream(); return victim })},
	{"intent", word(func(r *row) string { _, _, intent := r.stream(); return intent })},
	{"ordinal", integer(func(r *row) int { return int(r.Ordinal) })},
	{"started_day", number(func(r *row) float64 { return r.opened.Start })},
	{"discovered_day", number(func(r *row) float64 { return r.opened.Time })},
	{"disclosed_day", number(func(r *row) float64 { return r.public })},
	{"closed_day", number(func(r *row) float64 { return r.closed.Time })},
	{"severity", number(func(r *row) float64 { return r.opened.Severity })},
	{"perceived_severity", number(func(r *row) float64 { return r.opened.Perceived })},
	{"suspect", word(func(r *row) string { return r.state(r.closed.Target) })},
	{"belief", number(func(r *row) float64 { return orNaN(r.HasTarget, r.Belief) })},
	{"guilty", flag(func(r *row) bool { return r.Guilty })},
	{"highest_rung", integer(func(r *row) int { return int(r.Peak) })},
	{"first_rung", step(first, func(e *sim.Event) float64 { return float64(e.Rung) })},
	{"first_day", step(first, func(e *sim.Event) float64 { return e.Time })},
	{"first_rung_on_truth", step(first, func(e *sim.Event) float64 { return float64(e.RungOnTruth) })},
	{"first_rung_on_ideal", step(first, func(e *sim.Event) float64 { return float64(e.RungOnIdeal) })},
	{"public_rung", step(accusation, func(e *sim.Event) float64 { return float64(e.Rung) })},
	{"public_day", step(accusation, func(e *sim.Event) float64 { return e.Time })},
	{"public_target", word(func(r *row) string { return r.state(target(&r.accused)) })},
	{"public_partners", step(accusation, func(e *sim.Event) float64 { return float64(e.Joined) })},
	{"public_belief", step(accusation, func(e *sim.Event) float64 { return e.Held.Culprit })},
	{"public_belief_ideal", step(accusation, func(e *sim.Event) float64 { return e.OnIdeal.Culprit })},
	{"misstep_rung", number(func(r *row) float64 { return orNaN(r.MisstepAt > 0, float64(r.MisstepAt)) })},
	{"avoidable", flag(func(r *row) bool { return r.Avoidable&(1<<sim.ClassPublic) != 0 })},
	{"who_or_why", flag(func(r *row) bool { return r.WhoOrWhy })},
	{"false_accusation", flag(func(r *row) bool { return r.Falsely })},
	{"true_accusation", flag(func(r *row) bool { return r.Rightly })},
	{"thaw", number(func(r *row) float64 { return r.Thaw })},
	{"tension", number(func(r *row) float64 { return orNaN(r.Tension >= 0, r.Tension) })},
	{"hostile", flag(func(r *row) bool { return r.Hostile })},
	{"unanswered", flag(func(r *row) bool { return r.Unmet })},
	{"missed", flag(func(r *row) bool { return r.Missed })},
	{"withdrawn", flag(func(r *row) bool { return r.Withdrawn })},
	{"regret", number(func(r *row) float64 { return r.Regret })},
}

func first(r *row) *sim.Event { return &r.first }

func accusation(r *row) *sim.Event { return &r.accused }

// target is the state that a step was taken against, −1 without a step.
func target(e *sim.Event) int16 {
	if e.Rung == 0 {
		return -1
	}
	return e.Target
}

func (r *row) stream() (source, victim, intent string) {
	s, v, why := r.model.Stream(int(r.Stream))
	return r.model.SourceName(s), r.model.StateName(v), why.String()
}

func (r *row) state(i int16) string {
	if i < 0 {
		return ""
	}
	return r.model.StateName(int(i))
}

func orNaN(known bool, x float64) float64 {
	if !known {
		return math.NaN()
	}
	return x
}

func integer(of func(*row) int) cell {
	return cell{Integer, func(to []byte, r *row) []byte { return strconv.AppendInt(to, int64(of(r)), 10) }}
}

func number(of func(*row) float64) cell {
	return cell{Number, func(to []byte, r *row) []byte {
		if x := of(r); !math.IsNaN(x) {
			return strconv.AppendFloat(to, x, 'g', -1, 64)
		}
		return to
	}}
}

// step is a number of a step, empty where there was none.
func step(which func(*row) *sim.Event, of func(*sim.Event) float64) cell {
	return number(func(r *row) float64 {
		e := which(r)
		return orNaN(e.Rung > 0, of(e))
	})
}

func flag(of func(*row) bool) cell {
	return cell{Flag, func(to []byte, r *row) []byte {
		if of(r) {
			return append(to, '1')
		}
		return append(to, '0')
	}}
}

// word is a name, which a scenario allows no quote and no end of a line in.
func word(of func(*row) string) cell {
	return cell{Word, func(to []byte, r *row) []byte {
		text := table.Cell(of(r))
		if !strings.Contains(text, ",") {
			return append(to, text...)
		}
		return append(append(append(to, '"'), text...), '"')
	}}
}

// Columns are the columns, in their order.
func Columns() []Column {
	out := make([]Column, len(columns))
	for i := range columns {
		out[i] = Column{columns[i].name, columns[i].kind}
	}
	return out
}

func header() []byte {
	var to []byte
	for i := range columns {
		if i > 0 {
			to = append(to, ',')
		}
		to = append(to, columns[i].name...)
	}
	return append(to, '\n')
}

func (r *row) appendTo(to []byte) []byte {
	for i := range columns {
		if i > 0 {
			to = append(to, ',')
		}
		to = columns[i].add(to, r)
	}
	return append(to, '\n')
}
