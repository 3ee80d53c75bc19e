package params

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/param"
)

// paramsText lists numbers, or tells all about one.
func paramsText(list []parameter, f paramFilter, file string) string {
	if len(list) == 0 {
		return "No number is left by these filters.\n"
	}
	if _, one := param.ByName(f.name); one || len(list) == 1 && f.name != "" {
		return paramInFull(list, file)
	}
	s, last := &say.Screen{}, ""
	for i := range list {
		group, _, _ := strings.Cut(list[i].Name, ".")
		group = cmp.Or(group, "the scenario's own numbers")
		switch last {
		case group:
		case "":
			s.Add(group)
		default:
			s.Add("", group)
		}
		last = group
		s.Add(paramRow(&list[i], f.assumed))
	}
	s.Add("", say.Counted(len(list), "number")+"; misstep params NAME tells all about one")
	return s.String()
}

// paramRow is a number in a line: name, value, unit, origin, source. What follows a
// long name stands on the next line; with reasons, the source follows in full.
func paramRow(p *parameter, reasons bool) string {
	name := p.Name
	if !p.global {
		name = strings.TrimPrefix(p.Path, "assumptions.")
	}
	if p.Name != "" && !p.global {
		name = "  " + name
	}
	head := say.PadRight("  "+name, paramName+1)
	if len([]rune(name))+2 > paramName {
		head = "  " + name + "\n" + strings.Repeat(" ", paramName+1)
	}
	line := say.PadRight(shownValue(p), 27) + " " + say.PadRight(p.Origin, 9)
	if !reasons {
		line += " " + say.Clipped(p.Source, say.Width-paramName-1-len([]rune(line))-1)
		return strings.TrimRight(head+line, " ")
	}
	return strings.Join(append([]string{strings.TrimRight(head+line, " ")}, say.Wrapped("      ", "      ", p.Source)...), "\n")
}

// paramName is the width of the column of names.
const paramName = 35

// shownValue is the value in a list: of a number that the record updated, where its
// posterior lies.
func shownValue(p *parameter) string {
	if p.Posterior == nil {
		return valueWithUnit(p)
	}
	after := *p
	after.Value = p.Posterior.after.low + " to " + p.Posterior.after.high
	return valueWithUnit(&after)
}

// valueWithUnit writes a value with its unit, unless the value says it itself.
func valueWithUnit(p *parameter) string {
	if p.Unit == "–" || p.Unit == "d" {
		return p.Value
	}
	return strings.TrimSpace(p.Value + " " + p.Unit)
}

// paramInFull tells all about one parameter, with what single entities hold.
func paramInFull(list []parameter, file string) string {
	s := &say.Screen{}
	put := func(label, text string) { s.Field("  ", label, 9, text) }
	for i := range list {
		p := &list[i]
		if i > 0 {
			s.Add("", "  at "+p.Path)
		} else {
			s.Add(cmp.Or(p.Name, p.Path))
			s.Field("  ", "", 0, p.Meaning)
		}
		before := p.Value
		if p.before.median != "" {
			before += ": " + p.before.String()
		}
		if p.Posterior != nil {
			put("value", "posterior: "+p.Posterior.after.String())
			put("before", before)
		} else {
			put("value", before)
		}
		put("from", originInFull(p, file))
		put("learned", p.Posterior.inWords())
		if i == 0 {
			put("unit", strings.ReplaceAll(p.Unit, "–", "none"))
			put("domain", p.Domain)
			put("default", p.Default)
			if p.Name != "" {
				put("prior", cmp.Or(p.Prior, "none: the default is taken as exact"))
			}
			put("scope", scopeInFull(p.Scope))
		}
		put("source", p.Source)
		chainLines(s, p.RestsOn)
	}
	return s.String()
}

// originInFull says which layer won, and where it is.
func originInFull(p *parameter, file string) string {
	if p.Posterior != nil {
		before := *p
		before.Origin, before.Posterior = p.Posterior.Before, nil
		return "the posterior, which updates " + strings.TrimSuffix(originInFull(&before, file), ": nobody says otherwise")
	}
	switch p.Origin {
	case "default":
		return "the default: nobody says otherwise"
	case "prior":
		return "the prior: nobody says otherwise"
	case "scenario":
		return fmt.Sprintf("the scenario, %s:%d", file, p.Line)
	}
	return map[string]string{"config": "the settings file", "environment": "the environment", "flag": "a flag"}[p.Origin]
}

func scopeInFull(scope string) string {
	switch scope {
	case "":
		return ""
	case "global":
		return "one value for everyone"
	case "onset":
		return "an entry of onset may hold its own value"
	}
	return "a " + scope + " may hold its own value"
}
