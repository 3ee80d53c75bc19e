package scenario

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/model/param"
)

// Reference is the format as Markdown: a section for each mapping and a table
// of all parameters, made from the shapes that Load checks.
func Reference() string {
	w := &writer{done: map[string]bool{}}
	w.line("# The scenario format\n")
	w.b.WriteString(preface)
	w.section(format)
	w.bounds()
	w.parameters()
	return w.b.String()
}

//go:embed preface.md
var preface string

type writer struct {
	b    strings.Builder
	done map[string]bool
}

func (w *writer) line(format string, args ...any) { fmt.Fprintf(&w.b, format+"\n", args...) }

// section writes a mapping and then those inside it, each once.
func (w *writer) section(m mapping) {
	if w.done[m.what] {
		return
	}
	w.done[m.what] = true
	w.line("\n## %s\n", capital(m.what))
	if m.intro != "" {
		w.line("%s\n", m.intro)
	}
	w.line("| key | value | default | meaning |")
	w.line("|---|---|---|---|")
	var groups []string
	for _, f := range m.fields {
		if _, ok := f.shape.(mapping); ok && f.param {
			groups = append(groups, "`"+f.key+"`")
			continue
		}
		w.line("| `%s` | %s | %s | %s |", f.key, f.shownShape(), f.shownDefault(), f.doc)
	}
	if len(groups) > 0 {
		w.line("| %s | mapping | | Groups of [parameters](#parameters). |", strings.Join(groups, ", "))
	}
	for _, f := range m.fields {
		if sub, ok := inside(f.shape); ok && !f.param {
			w.section(sub)
		}
	}
}

// inside finds the mapping within a shape.
func inside(s shape) (mapping, bool) {
	switch s := s.(type) {
	case mapping:
		return s, true
	case either:
		return s.mapping, true
	case list:
		return inside(s.item)
	case table:
		return inside(s.item)
	}
	return mapping{}, false
}

// shownShape describes what to write, with a link to the keys of a mapping.
func (f field) shownShape() string {
	if sub, ok := inside(f.shape); ok {
		return f.shape.describe() + ", see [" + sub.what + "](#" + anchor(sub.what) + ")"
	}
	return f.shape.describe()
}

func (f field) shownDefault() string {
	switch {
	case f.param:
		return "see [parameters](#parameters)"
	case f.required:
		return "required"
	case f.def == "" || f.def == "{}" || f.def == "[]":
		return "none"
	}
	return "`" + f.def + "`"
}

// parameters writes the registry, a table for each group.
func (w *writer) parameters() {
	w.line("\n## Parameters\n")
	w.line("Each may be set for everyone under `assumptions`, and where its scope says so for one state, source, " +
		"stream or channel.")
	for _, g := range param.Groups() {
		w.line("\n### Parameters of %s\n", g)
		w.line("| parameter | unit | domain | default | prior | scope | meaning | source |")
		w.line("|---|---|---|---|---|---|---|---|")
		for _, p := range param.All() {
			if p.Group() != g {
				continue
			}
			prior := "–"
			if p.Prior != "" {
				prior = "`" + p.Prior + "`"
			}
			w.line("| `%s` | %s | %s | `%s` | %s | %s | %s | %s |", p.Name, p.Unit, p.Domain.Text,
				param.FormatNumber(p.Default, p.Domain.Duration), prior, p.Scope, p.Doc, p.Source)
		}
	}
}

// anchor is the address of a section within the page.
func anchor(what string) string { return strings.ReplaceAll(what, " ", "-") }

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

//go:embed starter.yaml
var starter []byte

// Starter is a commented scenario to begin with. It loads without problems.
func Starter() []byte { return slices.Clone(starter) }
