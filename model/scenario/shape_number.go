package scenario

import (
	"strings"

	"github.com/misstep/misstep/model/param"
)

// number is a value that may be uncertain: a point, an interval, a family, or
// any of them with its source. Each becomes a slot.
type number struct {
	domain  param.Domain
	id      param.ID // the registry entry, or structural
	orEmpty bool     // whether nothing may stand there
}

// structural marks numbers of the scenario that are no registry parameter.
const structural param.ID = -1

func uncertain(domain param.Domain) number { return number{domain: domain, id: structural} }

func (s number) describe() string {
	switch {
	case s.orEmpty:
		return number{domain: s.domain}.describe() + ", or {}"
	case s.domain.Duration, s.domain.Integer:
		return s.domain.Text
	}
	return "number, " + s.domain.Text
}

// check returns where the number stands among the slots, a [Num]: -1 when it was
// refused, and as long as not all slots are known.
func (s number) check(c *checker, n *node, path string) any {
	if s.orEmpty && (n.kind == nullNode || n.kind == mappingNode && len(n.entries) == 0) {
		return Num(-1)
	}
	if c.places == nil {
		s.read(c, n, path)
	}
	if place, ok := c.places[path]; ok {
		return place
	}
	return Num(-1)
}

// read reports what is wrong with a number, or makes its slot.
func (s number) read(c *checker, n *node, path string) {
	value, source := n, ""
	if n.kind == mappingNode {
		var ok bool
		if value, source, ok = s.open(c, n, path); !ok {
			return
		}
	}
	if value.kind != scalarNode {
		c.problem(value, path, "a number is needed, not "+value.kind.String(), s.example())
		return
	}
	d, err := param.ParseDist(value.text, s.domain)
	if err != nil {
		c.problem(value, path, clipTo(maxQuoted, err.Error()), s.remedy(value.text))
		return
	}
	if what := strays(d, s.domain); what != "" {
		c.problem(value, path, quote(value.text)+" "+what, "narrow the spread")
		return
	}
	c.addSlot(Slot{Path: path, Dist: d, Domain: s.domain, Param: s.id, Source: source}, value)
}

// strays finds a distribution so wide that its draws leave what a computer can
// tell from the bounds of the domain.
func strays(d param.Dist, dom param.Domain) string {
	for _, u := range [...]float64{1e-9, 0.5, 1 - 1e-9} {
		if x := d.Quantile(u); !d.IsPoint() && !dom.Contains(x) {
			return "has draws as far as " + shortly(x) + ", outside the domain: " + dom.Text
		}
	}
	return ""
}

// open takes {value: …, source: …} apart.
func (s number) open(c *checker, n *node, path string) (value *node, src string, ok bool) {
	ok = true
	for _, e := range n.entries {
		switch e.key.text {
		case "value":
			value = e.value
		case "source":
			src, _ = source.check(c, e.value, join(path, "source")).(string)
		default:
			ok = false
			bad := mapping{fields: []field{{key: "value"}, {key: "source"}}}.unknown(e.key.text)
			if sourceKey.MatchString(e.key.text) {
				bad.hint = "inside braces several keys need brackets: source: [E001, T5]"
			}
			c.problem(e.key, join(path, clip(e.key.text)), bad.what, bad.hint)
		}
	}
	if value == nil {
		c.problem(n, path, `a number written with braces needs the key "value"`, "write {value: 2.5 to 6, source: T5}")
		return nil, "", false
	}
	return value, src, ok
}

// remedy adds what the parser's message leaves open.
func (s number) remedy(text string) string {
	switch {
	case strings.Contains(text, "(") && !strings.Contains(text, ")"):
		return quotedFamily
	case s.domain.Duration:
		return "" // the message says how to write it
	}
	switch _, err := param.ParseDist(text, param.Real); {
	case err != nil:
		return s.example()
	case s.domain.OpenLo || s.domain.OpenHi:
		return "a bound itself is excluded"
	}
	return ""
}

func (s number) example() string {
	switch {
	case s.domain.Duration:
		return "write 196d, 5y or 60d to 365d"
	case s.domain.Integer:
		return "write " + s.domain.Text
	case s.domain.Lo == 0 && s.domain.Hi == 1:
		return "write 0.3, 0.2 to 0.5 or uniform(0, 1)"
	}
	return "write 3.5, 2.5 to 6 or uniform(0, 1); it is " + s.domain.Text
}
