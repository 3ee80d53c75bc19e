package scenario

import (
	"cmp"
	"slices"
)

// assumptions builds everything that all arms share, each list sorted.
func (b *builder) assumptions(r *record) {
	b.model(r.rec("model"))
	b.states(r)
	b.groups(r)
	b.onset(r)
	b.beliefs(r)
	b.policy(r)
	b.shocks(r)
	b.incidents(r)
}

func (b *builder) model(m *record) {
	b.v.Model = Model{
		Rule:        get[string](m, "rule"),
		StakesRung:  int(get[float64](m, "stakes_rung")),
		Coupling:    get[string](m, "coupling"),
		Severity:    get[string](m, "severity"),
		Answers:     get[string](m, "answers"),
		Decisions:   get[string](m, "decisions"),
		Retraction:  get[bool](m, "retraction"),
		WaitsFrom:   int(get[float64](m, "waits_from")),
		Record:      int(get[float64](m, "record")),
		PieceTimes:  values[float64](m, "piece_times"),
		PieceSignal: get[string](m, "piece_signal"),
		Quiet:       get[float64](m, "quiet"),
		Backlog:     get[float64](m, "backlog"),
		MaxEvents:   int(get[float64](m, "max_events")),
	}
	if get[string](m, "lookahead") == "1" {
		b.v.Model.Lookahead = 1
	}
}

func (b *builder) states(r *record) {
	for _, item := range get[[]named](r, "states") {
		s, ok := item.value.(*record)
		if !ok {
			continue
		}
		menu := values[int](s, "menu")
		slices.Sort(menu)
		b.v.States = append(b.v.States, State{
			Name:      item.name,
			Observer:  get[bool](s, "observer"),
			Menu:      menu,
			Confusion: b.confusion(s),
		})
	}
	slices.SortFunc(b.v.States, func(x, y State) int { return cmp.Compare(x.Name, y.Name) })
}

func (b *builder) confusion(s *record) map[string][]Share {
	rows := get[[]named](s, "confusion")
	if len(rows) == 0 {
		return nil
	}
	out := map[string][]Share{}
	for _, row := range rows {
		cells, _ := row.value.([]named)
		for _, cell := range cells {
			out[row.name] = append(out[row.name], Share{cell.name, b.numOf(cell.value)})
		}
		slices.SortFunc(out[row.name], func(x, y Share) int { return cmp.Compare(x.Name, y.Name) })
	}
	return out
}

func (b *builder) groups(r *record) {
	for _, item := range get[[]named](r, "groups") {
		if g, ok := item.value.(*record); ok {
			b.v.Groups = append(b.v.Groups, Group{Name: item.name, Frames: sortedNames(g, "frames")})
		}
	}
	slices.SortFunc(b.v.Groups, func(x, y Group) int { return cmp.Compare(x.Name, y.Name) })
}

func (b *builder) onset(r *record) {
	for _, s := range r.rec("onset").recs("streams") {
		o := Onset{
			Source:   get[string](s, "source"),
			Victim:   get[string](s, "victim"),
			Rate:     b.num(s, "rate"),
			Counted:  get[string](s, "counted"),
			Arrivals: get[bool](s, "arrivals"),
		}
		for i, intent := range IntentNames {
			o.Mix[i] = b.num(s.rec("mix"), intent)
		}
		b.v.Onset = append(b.v.Onset, o)
	}
	slices.SortFunc(b.v.Onset, func(x, y Onset) int {
		return cmp.Or(cmp.Compare(x.Source, y.Source), cmp.Compare(x.Victim, y.Victim))
	})
}

func (b *builder) beliefs(r *record) {
	for _, s := range r.recs("beliefs") {
		b.v.Beliefs = append(b.v.Beliefs, Belief{
			State: get[string](s, "state"), About: get[string](s, "about"),
			StatusQuo: b.num(s, "status_quo"), Tension: b.num(s, "tension"),
		})
	}
	slices.SortFunc(b.v.Beliefs, func(x, y Belief) int {
		return cmp.Or(cmp.Compare(x.State, y.State), cmp.Compare(x.About, y.About))
	})
}

func (b *builder) policy(r *record) {
	for _, s := range r.recs("prices") {
		b.v.Prices = append(b.v.Prices, PriceStep{State: get[string](s, "state"), From: b.day(s, "from", 0), Price: b.num(s, "price")})
	}
	slices.SortFunc(b.v.Prices, func(x, y PriceStep) int {
		return cmp.Or(cmp.Compare(x.State, y.State), cmp.Compare(x.From, y.From))
	})
	for _, s := range r.recs("thaws") {
		b.v.Thaws = append(b.v.Thaws, Thaw{Between: pair(s), From: b.day(s, "from", 0), Until: b.day(s, "until", 0), Level: b.num(s, "level")})
	}
	slices.SortFunc(b.v.Thaws, func(x, y Thaw) int {
		return cmp.Or(slices.Compare(x.Between[:], y.Between[:]), cmp.Compare(x.From, y.From))
	})
}

func (b *builder) shocks(r *record) {
	for _, s := range r.recs("shocks") {
		b.v.Shocks = append(b.v.Shocks, Shock{
			Name: get[string](s, "name"), At: b.day(s, "at", 0), Between: pair(s),
			Tension: b.num(s, "tension"), Breaks: b.num(s, "breaks"),
		})
	}
	slices.SortFunc(b.v.Shocks, func(x, y Shock) int { return cmp.Compare(x.Name, y.Name) })
	for _, s := range r.recs("random_shocks") {
		b.v.Randoms = append(b.v.Randoms, RandomShock{
			Name: get[string](s, "name"), Between: pair(s), Rate: b.num(s, "per_year"),
			Tension: b.num(s, "tension"), Breaks: b.num(s, "breaks"),
		})
	}
	slices.SortFunc(b.v.Randoms, func(x, y RandomShock) int { return cmp.Compare(x.Name, y.Name) })
}

func (b *builder) incidents(r *record) {
	for _, s := range r.recs("incidents") {
		in := Incident{
			Name: get[string](s, "name"), Victim: get[string](s, "victim"), Source: get[string](s, "source"), At: b.day(s, "at", 0),
			Severity: b.num(s, "severity"), Discovered: b.num(s, "discovered"), Disclosed: b.num(s, "disclosed"),
		}
		if in.Source == drawn {
			in.Source = ""
		}
		if i := slices.Index(IntentNames[:], get[string](s, "intent")); i >= 0 {
			in.Intent = Intent(i)
		}
		b.v.Incidents = append(b.v.Incidents, in)
	}
	slices.SortFunc(b.v.Incidents, func(x, y Incident) int { return cmp.Compare(x.Name, y.Name) })
}
