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
	"go.yaml.in/yaml/v4"
)

// MaxBytes bounds config.yaml.
const MaxBytes = 1 << 20

// entry is one key of config.yaml with its value as a scenario would write it.
type entry struct {
	name, text string
	where      string // path/config.yaml:12:3
	short      string // config.yaml:12, what a result file may hold
}

// walk reads the file into entries in its order, and reports what has no place.
func (l *loader) walk(data []byte) []entry {
	if len(data) > MaxBytes {
		l.problem(l.in.File, "%d bytes long, more than the %d that a config may have; is this the right file?",
			len(data), MaxBytes)
		return nil
	}
	loader, err := yaml.NewLoader(bytes.NewReader(data), yaml.WithV4Defaults())
	if err != nil {
		l.problem(l.in.File, "%v", err)
		return nil
	}
	var doc, second yaml.Node
	if err = loader.Load(&doc); err == nil {
		err = loader.Load(&second)
	}
	switch {
	case err == nil:
		l.problem(l.at(&second), "a second document begins here; remove the line ---")
		return nil
	case !errors.Is(err, io.EOF):
		l.syntax(err)
		return nil
	case len(doc.Content) == 0:
		return nil
	}
	w := &walker{loader: l, first: map[string]int{}, sections: sections(), known: known()}
	w.mapping(doc.Content[0], "")
	return w.found
}

func (l *loader) syntax(err error) {
	var load *yaml.LoadError
	if errors.As(err, &load) {
		l.problem(fmt.Sprintf("%s:%d:%d", l.in.File, max(1, load.Mark.Line), max(1, load.Mark.Column)),
			"not YAML: %s; indent with spaces and put a space after each colon", load.Message)
		return
	}
	l.problem(l.in.File, "not YAML: %v", err)
}

func (l *loader) at(n *yaml.Node) string {
	return fmt.Sprintf("%s:%d:%d", l.in.File, n.Line, n.Column)
}

type walker struct {
	*loader
	first           map[string]int // line of each key
	sections, known []string
	found           []entry
}

// mapping visits the keys below a prefix: "", "run.", "model.choice.".
func (w *walker) mapping(n *yaml.Node, prefix string) {
	if n.ShortTag() == "!!null" {
		return // every key of the section is commented out
	}
	if n.Kind != yaml.MappingNode {
		w.problem(w.at(n), "%s is to be a mapping", strings.TrimSuffix("config."+prefix, "."))
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		name := prefix + k.Value
		switch {
		case k.Kind != yaml.ScalarNode || k.ShortTag() == "!!merge" || k.Anchor != "" || v.Anchor != "" ||
			v.Kind == yaml.AliasNode:
			w.problem(w.at(k), "anchors, aliases and merge keys have no place here; write the values out")
		case w.first[name] != 0:
			w.problem(w.at(k), "key %q comes twice; first on line %d", name, w.first[name])
		case slices.Contains(w.sections, name):
			w.first[name] = k.Line
			w.mapping(v, name+".")
		case slices.Contains(w.known, name):
			w.first[name] = k.Line
			w.value(name, k, v)
		default:
			w.problem(w.at(k), "unknown key %q; %s", name, w.remedy(name))
		}
	}
}

// remedy names the nearest key, or what there is at the same level.
func (w *walker) remedy(name string) string {
	all := slices.Concat(w.sections, w.known)
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

func (w *walker) value(name string, k, v *yaml.Node) {
	text := v.Value
	if v.Kind != yaml.ScalarNode {
		// {value: 30, source: T5}, or a list: on one line, as a flag would say it.
		uncomment(v)
		v.Style = yaml.FlowStyle
		flow, err := yaml.Marshal(v)
		if err != nil {
			w.problem(w.at(v), "%v", err)
			return
		}
		text = strings.TrimSpace(strings.ReplaceAll(string(flow), "\n", " "))
	}
	if v.ShortTag() == "!!null" {
		w.problem(w.at(k), "%s has no value; give one, or comment the line out", name)
		return
	}
	w.found = append(w.found, entry{name: name, text: text, where: w.at(k),
		short: fmt.Sprintf("%s:%d", filepath.Base(w.in.File), k.Line)})
}

// uncomment removes what a person wrote beside the value.
func uncomment(n *yaml.Node) {
	n.HeadComment, n.LineComment, n.FootComment = "", "", ""
	for _, c := range n.Content {
		uncomment(c)
	}
}
