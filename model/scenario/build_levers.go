package scenario

import (
	"cmp"
	"slices"
)

// levers builds the levers of one arm.
func (b *builder) levers(r *record) Levers {
	return Levers{Channels: b.channels(r), Coalitions: b.coalitions(r), Summits: b.summits(r)}
}

func (b *builder) channels(r *record) []Channel {
	var out []Channel
	for _, item := range get[[]named](r, "channels") {
		s, ok := item.value.(*record)
		if !ok {
			continue
		}
		c := Channel{
			Name:     item.name,
			Members:  sortedNames(s, "members"),
			Open:     get[bool](s, "open"),
			Opens:    b.day(s, "opens", -b.v.Model.Backlog),
			Level:    get[string](s, "level"),
			Track:    get[string](s, "track"),
			Meets:    get[bool](s, "meets"),
			Question: get[string](s, "question"),
		}
		for _, m := range texts(s, "mandate") {
			c.Mandate[slices.Index(MechanismNames[:], m)] = true
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(x, y Channel) int { return cmp.Compare(x.Name, y.Name) })
	return out
}

func (b *builder) coalitions(r *record) []Coalition {
	var out []Coalition
	for _, item := range get[[]named](r, "coalitions") {
		s, ok := item.value.(*record)
		if !ok {
			continue
		}
		c := Coalition{Name: item.name, Lead: get[string](s, "lead"), Open: get[bool](s, "open")}
		for _, p := range get[[]named](s, "partners") {
			c.Partners = append(c.Partners, Partner{Name: p.name, Join: b.numOf(p.value)})
		}
		slices.SortFunc(c.Partners, func(x, y Partner) int { return cmp.Compare(x.Name, y.Name) })
		out = append(out, c)
	}
	slices.SortFunc(out, func(x, y Coalition) int { return cmp.Compare(x.Name, y.Name) })
	return out
}

func (b *builder) summits(r *record) []Summit {
	var out []Summit
	for _, s := range r.recs("summits") {
		out = append(out, Summit{
			Name: get[string](s, "name"), At: b.day(s, "at", 0), Between: pair(s), Open: get[bool](s, "open"),
			Relief: b.num(s, "relief"), Restores: b.num(s, "restores"),
		})
	}
	slices.SortFunc(out, func(x, y Summit) int { return cmp.Compare(x.Name, y.Name) })
	return out
}
