package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/scenario"
	"go.yaml.in/yaml/v4"
)

// MaxBytes bounds config.yaml.
const MaxBytes = 1 << 20

// Without is the way out where the config.yaml of a folder is another program's.
const Without = "if it is another program's, leave it out with --config none, or name yours with --config FILE"

// file takes what config.yaml says, and reports, with its line, what has no place.
func (l *loader) file() {
	data := l.in.Data
	if len(data) > MaxBytes {
		l.problem(l.in.File, "%d bytes long, more than the %d that a config may have; %s",
			len(data), MaxBytes, Without)
		return
	}
	loader, err := yaml.NewLoader(bytes.NewReader(data), yaml.WithV4Defaults())
	if err != nil {
		l.problem(l.in.File, "%v", err)
		return
	}
	var doc, second yaml.Node
	if err = loader.Load(&doc); err == nil {
		err = loader.Load(&second)
	}
	switch {
	case err == nil:
		l.problem(l.at(&second), "a second document begins here; remove the line ---")
		return
	case !errors.Is(err, io.EOF):
		l.syntax(err)
		return
	case len(doc.Content) == 0:
		return
	}
	from := len(l.problems)
	if l.mapping(doc.Content[0], ""); l.ours == 0 && len(l.problems) > from {
		var first *Problem
		if errors.As(l.problems[from], &first) {
			first.What += "; " + Without
			l.problems = l.problems[:from+1]
		}
	}
}

func (l *loader) syntax(err error) {
	var load *yaml.LoadError
	if errors.As(err, &load) {
		l.problem(fmt.Sprintf("%s:%d:%d", l.in.File, max(1, load.Mark.Line), max(1, load.Mark.Column)),
			"not YAML: %s; indent with spaces and put a space after each colon; %s", load.Message, Without)
		return
	}
	l.problem(l.in.File, "not YAML: %v; %s", err, Without)
}

func (l *loader) at(n *yaml.Node) string {
	return fmt.Sprintf("%s:%d:%d", l.in.File, n.Line, n.Column)
}

// mapping visits the keys below a prefix: "", "run.", "model.choice.".
func (l *loader) mapping(n *yaml.Node, prefix string) {
	if n.ShortTag() == "!!null" {
		return // every key of the section is commented out
	}
	if n.Kind != yaml.MappingNode {
		l.problem(l.at(n), "%s is to be a mapping", strings.TrimSuffix("config."+prefix, "."))
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		name := prefix + k.Value
		switch {
		case k.Kind != yaml.ScalarNode || k.ShortTag() == "!!merge" || k.Anchor != "" || v.Anchor != "" ||
			v.Kind == yaml.AliasNode:
			l.problem(l.at(k), "anchors, aliases and merge keys have no place here; write the values out")
		case l.first[name] != 0:
			l.problem(l.at(k), "key %q comes twice; first on line %d", name, l.first[name])
		case slices.Contains(l.sections, name):
			l.first[name] = k.Line
			l.mapping(v, name+".")
		case slices.Contains(l.known, name):
			l.ours++
			l.first[name] = k.Line
			l.value(name, k, v)
		default:
			if _, near := nearest.Word(name, slices.Concat(l.sections, l.known)); near {
				l.ours++
			}
			l.problem(l.at(k), "unknown key %q; %s", name, l.remedy(name))
		}
	}
}

// remedy names the nearest key, or what there is at the same level.
func (l *loader) remedy(name string) string {
	all := slices.Concat(l.sections, l.known)
	level := name[:strings.LastIndexByte(name, '.')+1]
	var here []string
	for _, k := range all {
		if rest, ok := strings.CutPrefix(k, level); ok && !strings.Contains(rest, ".") {
			here = append(here, rest)
		}
	}
	if _, ok := nearest.Word(name, all); ok {
		return nearest.Remedy(name, all)
	}
	return nearest.List(here)
}

func (l *loader) value(name string, k, v *yaml.Node) {
	text := v.Value
	if v.Kind != yaml.ScalarNode {
		// {value: 30, source: T5}, or a list: on one line, as a flag would say it.
		uncomment(v)
		v.Style = yaml.FlowStyle
		flow, err := yaml.Marshal(v)
		if err != nil {
			l.problem(l.at(v), "%v", err)
			return
		}
		text = strings.TrimSpace(strings.ReplaceAll(string(flow), "\n", " "))
	}
	if v.ShortTag() == "!!null" {
		l.problem(l.at(k), "%s has no value; give one, or comment the line out", name)
		return
	}
	l.set(name, text, l.at(k), fmt.Sprintf("%s:%d", filepath.Base(l.in.File), k.Line), scenario.FromConfig)
}

func uncomment(n *yaml.Node) {
	n.HeadComment, n.LineComment, n.FootComment = "", "", ""
	for _, c := range n.Content {
		uncomment(c)
	}
}
