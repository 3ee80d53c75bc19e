package params

import (
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
	var b strings.Builder
	group := ""
	for i := range list {
		p := &list[i]
		g := "the scenario's own numbers"
		if p.Name != "" {
			g, _, _ = strings.Cut(p.Name, ".")
		}
		if g != group {
			if group != "" {
				b.WriteString("\n")
			}
			b.WriteString(g + "\n")
			group = g
		}
		b.WriteString(paramRow(p, f.assumed) + "\n")
	}
	b.WriteString("\n" + say.Counted(len(list), "number") + "; misstep params NAME tells all about one\n")
	return b.String()
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
	head := "  " + name
	if len([]rune(head)) > paramName {
		head += "\n"
	}
	line := say.PadRight(shownValue(p), 27) + " " + say.PadRight(p.Origin, 9)
	if reasons {
		indent := "      "
		line = strings.TrimRight(line, " ") + "\n" + strings.Join(say.Wrapped(indent, indent, p.Source), "\n")
	} else {
		line += " " + say.Clipped(p.Source, say.Width-paramName-1-len([]rune(line))-1)
	}
	if strings.HasSuffix(head, "\n") {
		return head + strings.TrimRight(strings.Repeat(" ", paramName+1)+line, " ")
	}
	return strings.TrimRight(say.PadRight(head, paramName+1)+line, " ")
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
	after.Value = p.Posterior.interval()
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
	var b strings.Builder
	p := &list[0]
	title := p.Name
	if title == "" {
		title = p.Path
	}
	b.WriteString(title + "\n")
	if p.Meaning != "" {
		for _, l := range say.Wrapped("  ", "  ", p.Meaning) {
			b.WriteString(l + "\n")
		}
	}
	put := func(label, text string) {
		if text == "" {
			return
		}
		for _, l := range say.Wrapped("  "+say.PadRight(label, 9), strings.Repeat(" ", 11), text) {
			b.WriteString(l + "\n")
		}
	}
	put("value", valueInFull(p))
	put("before", beforeInFull(p))
	put("from", originInFull(p, file))
	put("learned", p.Posterior.inWords())
	put("unit", strings.ReplaceAll(p.Unit, "–", "none"))
	put("domain", p.Domain)
	put("default", p.Default)
	prior := p.Prior
	if prior == "" && p.Name != "" {
		prior = "none: the default is taken as exact"
	}
	put("prior", prior)
	put("scope", scopeInFull(p.Scope))
	put("source", p.Source)
	b.WriteString(chainText(p.RestsOn))
	for i := range list[1:] {
		own := &list[1+i]
		b.WriteString("\n  at " + own.Path + "\n")
		put("value", valueInFull(own))
		put("before", beforeInFull(own))
		put("from", originInFull(own, file))
		put("learned", own.Posterior.inWords())
		put("source", own.Source)
		b.WriteString(chainText(own.RestsOn))
	}
	return b.String()
}

func valueInFull(p *parameter) string {
	if p.Posterior != nil {
		return fmt.Sprintf("posterior: median %s, 90 %% between %s and %s", p.Posterior.median, p.Posterior.low,
			p.Posterior.high)
	}
	return priorInFull(p)
}

// beforeInFull is what was believed before the record, "" where that is the value.
func beforeInFull(p *parameter) string {
	if p.Posterior == nil {
		return ""
	}
	return priorInFull(p)
}

func priorInFull(p *parameter) string {
	if p.median == "" {
		return p.Value
	}
	return fmt.Sprintf("%s: median %s, 90 %% between %s and %s", p.Value, p.median, p.low, p.high)
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
