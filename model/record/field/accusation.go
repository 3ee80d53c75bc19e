package field

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/misstep/misstep/model/record/evidence"
)

// china is the state whose accusations the evidence codes.
const china = "China"

// formal are the types of attribution by which a government speaks, with the kind of accusation that each is. An
// anonymous statement, and one of which the type is unclear, is none.
var formal = map[string]string{
	"Political statement / report (e.g., on government / state agency websites)": "statement",
	"Statement in media report and political statement/technical report":         "statement",
	"Technical report (e.g., by IT-companies, Citizen Lab, EFF)":                 "advisory",
	"Domestic legal action":                                 "charges",
	"Political statement/report and indictment / sanctions": "charges",
	"Statement in media report and indictment / sanctions":  "charges",
	"Direct statement in media report (e.g., Reuters article cites the attribution statements by a person) / " +
		"self-attribution via social media": "remark",
}

// governments are the bases of an attribution that a government made.
var governments = []string{"Attribution by receiver government / state entity", "Attribution by third-party",
	"Attribution by EU institution/agency"}

// weights are the kinds of accusation, the heaviest last.
var weights = []string{"remark", "statement", "advisory", "charges"}

// spoken is what governments said of a state on a day: one row for each attribution, initiator and country.
type spoken struct {
	day, kind    string
	accused      string
	states       []string
	attributions []int
	incidents    []int
	rows         []int
	first        *row
}

// attributions takes over the table EuRepoC attribution. It has a row for each initiator and each country of a
// coalition; all that is said of a state on one day is one accusation of the heaviest kind, as in the evidence, but for
// what is said in passing, on which nothing rests.
func (b *importer) attributions(s *sheet) error {
	byDay := map[string]*spoken{}
	var order []*spoken
	for i := range s.rows {
		r := &s.rows[i]
		id, err := s.number(r, "attribution_id")
		if err != nil {
			return err
		}
		incident, err := s.number(r, "incident_id")
		if err != nil {
			return err
		}
		accused, by, day, why := b.attribution(s, r)
		if why != "" {
			b.drop(r, "%s", why)
			continue
		}
		kind := formal[s.cell(r, "attribution_type")]
		at := fmt.Sprint(day, accused, evidence.AccusationKinds.Means(kind))
		x := byDay[at]
		if x == nil {
			x = &spoken{day: day, kind: kind, accused: accused, first: r}
			byDay[at], order = x, append(order, x)
		}
		if slices.Index(weights, kind) > slices.Index(weights, x.kind) {
			x.kind = kind
		}
		x.rows = append(x.rows, r.n)
		x.states, x.attributions, x.incidents = with(x.states, by...), with(x.attributions, id), with(x.incidents, incident)
	}
	slices.SortStableFunc(order, func(a, c *spoken) int { return cmp.Compare(a.day, c.day) })
	for _, x := range order {
		b.accuse(x)
	}
	return nil
}

// with adds what a list does not hold.
func with[T comparable](list []T, more ...T) []T {
	for _, x := range more {
		if !slices.Contains(list, x) {
			list = append(list, x)
		}
	}
	return list
}

// attribution reads who accuses whom in a row, and on which day; why says what keeps it from being an accusation.
func (b *importer) attribution(s *sheet, r *row) (accused string, by []string, day, why string) {
	initiators, p := States(s.cell(r, "initiator_country")), b.out.Pair
	accused = p[0]
	if !slices.Contains(initiators, accused) {
		accused = p[1]
	}
	basis, kind := s.cell(r, "attribution_basis"), s.cell(r, "attribution_type")
	by = States(s.cell(r, "attributing_country"))
	switch _, speaks := formal[kind]; {
	case !slices.Contains(initiators, accused):
		why = "accuses neither of the pair"
	case !slices.Contains(governments, basis) || s.cell(r, "attributing_company") != "":
		why = "is not the word of a government"
	case len(by) == 0:
		why = "names no government that speaks"
	case !speaks:
		why = "is no formal statement of a government"
	default:
		day, why = s.spokenOn(r)
	}
	return accused, by, day, why
}

// spokenOn is the day of an attribution, which must be known.
func (s *sheet) spokenOn(r *row) (day, why string) {
	const column = "attribution_date"
	v := s.cell(r, column)
	at, err := s.date(v, "2006-1-2")
	switch {
	case v == "":
		return "", "has no date"
	case err != nil && len(v) == len("2006"):
		return "", "is dated to a year, and an accusation needs its day"
	case err != nil:
		return "", s.noDate(column)
	}
	day = at.Format("2006-01-02")
	if _, err := evidence.ParseDate(day); err != nil {
		return "", s.notBelieved(column)
	}
	return day, ""
}

// accuse takes over what governments said on a day, where one of the pair accuses the other: of China as a coded
// accusation, of another state as an event.
func (b *importer) accuse(x *spoken) {
	other := b.out.Pair[0]
	if other == x.accused {
		other = b.out.Pair[1]
	}
	drop := func(reason string, args ...any) {
		for _, n := range x.rows {
			b.drop(&row{n: n}, reason, args...)
		}
	}
	if !slices.Contains(x.states, other) {
		drop("is the word of other states")
		return
	}
	which := "attribution " + numbers(x.attributions) + " of incident " + numbers(x.incidents)
	says := text(fmt.Sprintf("%s by %s, %s", capital(x.kind), strings.Join(x.states, ", "), which))
	if x.accused != china {
		b.add(x.first, evidence.Event{ID: key("E", ofEuRepoCSpoken, x.attributions[0]), Date: x.day, Precision: "day",
			Actors: strings.Join(x.states, "; "), Target: x.accused, Type: x.event(), Text: says,
			Address: b.from(which, x.first)})
		return
	}
	if there, ok := b.stands(x, other); ok {
		drop("stands already as %s", there)
		return
	}
	a := evidence.Accusation{ID: key("G", ofEuRepoC, x.attributions[0]), Date: x.day, Lead: lead(x.states), Kind: x.kind,
		Statement: says, States: len(x.states), British: slices.Contains(x.states, evidence.UnitedKingdom),
		PenaltyDays: -1, CounterDays: -1,
		Source:  "(" + strings.NewReplacer("(", "[", ")", "]").Replace(b.from(which, x.first)) + ")",
		Checked: evidence.Imported}
	if _, twice := b.keys[a.ID]; twice {
		drop("has the number of a row before")
		return
	}
	b.keys[a.ID] = ""
	b.out.Accusations = append(b.out.Accusations, a)
	b.came(a.ID, x.rows...)
}

// event is the type of an event that an accusation is.
func (x *spoken) event() string {
	switch {
	case x.kind == "charges":
		return "penalty"
	case len(x.states) >= 3:
		return "coordinated-attribution"
	}
	return "attribution"
}

// sameStatement is within how many days an accusation that is coded already is taken for the same.
const sameStatement = 3

// stands finds a coded accusation of these days in which the accuser took part.
func (b *importer) stands(x *spoken, accuser string) (key string, ok bool) {
	at, _ := time.Parse("2006-01-02", x.day)
	for i := range b.shipped.Accusations {
		a := &b.shipped.Accusations[i]
		apart := a.When().First().Sub(at).Hours() / 24
		if took(a, accuser) && apart <= sameStatement && apart >= -sameStatement {
			return a.ID, true
		}
	}
	return "", false
}

// took reports whether a state took part in a coded accusation, as far as that can be told: of the others than the two
// that are coded by name, the statement has to name it.
func took(a *evidence.Accusation, state string) bool {
	switch {
	case a.Joint(), a.Lead == state, a.British && state == evidence.UnitedKingdom:
		return true
	case a.EuropeanBloc:
		return slices.Contains(members, state)
	}
	words := strings.FieldsFunc(a.Statement, func(r rune) bool { return !unicode.IsLetter(r) })
	for i := range words {
		for n := 1; n <= 3 && i+n <= len(words); n++ {
			name := strings.Join(words[i:i+n], " ")
			if s, ok := State(name); ok && s == state && len(name) > len("CHN") { // "at" is no Austria
				return true
			}
		}
	}
	return false
}

// lead is the state that counts as leading a statement of several: the table does not say which does.
func lead(states []string) string {
	for _, s := range []string{evidence.UnitedStates, evidence.UnitedKingdom} {
		if slices.Contains(states, s) {
			return s
		}
	}
	if slices.ContainsFunc(states, func(s string) bool { return slices.Contains(members, s) }) {
		return evidence.European
	}
	return evidence.AnotherState
}

// members are the members of the European Union.
var members = []string{"Austria", "Belgium", "Bulgaria", "Croatia", "Cyprus", "Czech Republic", "Denmark", "Estonia",
	"Finland", "France", "Germany", "Greece", "Hungary", "Ireland", "Italy", "Latvia", "Lithuania", "Luxembourg", "Malta",
	"Netherlands", "Poland", "Portugal", "Romania", "Slovakia", "Slovenia", "Spain", "Sweden"}

func numbers(list []int) string {
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = fmt.Sprint(n)
	}
	return strings.Join(words, ", ")
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
