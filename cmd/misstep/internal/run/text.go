package run

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/readfile"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/scenario"
	"github.com/mozillazg/go-unidecode"
)

// Text is a scenario as it was written.
type Text struct {
	File  string // where it stands, for messages
	Name  string // of the scenario
	Bytes []byte
}

// maxScenario bounds what is read of a scenario [B].
const maxScenario = 1 << 20

// stdin is the name of what comes from standard input.
const stdin = "stdin"

// ReadScenario reads a scenario: from standard input (-), a file or a pipe, else a shipped one by its bare name,
// else the file of that name with .yaml at its end.
func ReadScenario(a *cli.App, arg string) (Text, error) {
	switch arg {
	case "-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0":
		return piped(stdin, a.In)
	}
	if f, err := readfile.Stream(arg); f != nil || err != nil {
		if err != nil {
			return Text{}, err
		}
		defer func() { _ = f.Close() }()
		return piped(arg, f)
	}
	file := arg
	if !cli.Exists(arg) && filepath.Ext(arg) != ".yaml" {
		file = arg + ".yaml"
		beside := cli.Exists(file)
		bare := !strings.ContainsAny(arg, `/\`)
		if data, ok := Shipped(arg); ok && bare {
			if beside {
				a.Note("%s is the shipped scenario; for the file beside it write %s", arg, file)
			}
			return Text{file, arg, data}, nil
		}
		switch {
		case !beside && bare:
			return Text{}, fmt.Errorf("unknown scenario %q: no such file, and none of that name is shipped; %s", arg,
				nearest.Remedy(arg, slices.Compact(slices.Sorted(slices.Values(slices.Concat(ShippedNames(), here()))))))
		case !beside:
			file = arg
		}
	}
	data, err := cli.ReadSmall(file, maxScenario)
	return Text{say.Visible(file), nameOf(file), data}, err
}

// here are the names by which files of the current folder can be opened.
func here() (names []string) {
	for _, pattern := range []string{"*.yaml", "*.yml"} {
		found, _ := filepath.Glob(pattern) // which fails over a pattern alone
		for _, file := range found {
			if name := strings.TrimSuffix(file, ".yaml"); name != "config" {
				names = append(names, name)
			}
		}
	}
	return names
}

// piped reads to its end, once, what has no name of its own: its title names it.
func piped(from string, r io.Reader) (Text, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxScenario+1))
	if err != nil {
		return Text{}, cli.Plainly(from, err)
	}
	if len(data) > maxScenario {
		return Text{}, fmt.Errorf("%s: more than the %d bytes that a scenario may have; is this the right file?", from,
			maxScenario)
	}
	name := stdin
	if v, err := scenario.Load(stdin, data, scenario.Options{}); err == nil {
		name = slug(v.Title, stdin)
	}
	return Text{say.Visible(from), name, data}, nil
}

// longestName is how long the name of a scenario may be.
const longestName = 80

// nameOf is the name of a scenario: its file without folder and extension, as folders are named.
func nameOf(file string) string {
	base := filepath.Base(file)
	return slug(strings.TrimSuffix(base, filepath.Ext(base)), "scenario")
}

// asItIs is what stands in the names of folders as it is.
var asItIs = regexp.MustCompile(fmt.Sprintf("^[a-z0-9][a-z0-9-]{0,%d}$", longestName-1))

// slug is a text as the name of a scenario: its words in lower-case Latin letters and digits, with hyphens between
// them; or else where none is left.
func slug(text, or string) string {
	if asItIs.MatchString(text) {
		return text
	}
	words := strings.FieldsFunc(strings.ToLower(unidecode.Unidecode(text)), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9')
	})
	name := strings.Join(words, "-")
	if len(name) > longestName {
		name = name[:longestName]
	}
	return cmp.Or(strings.Trim(name, "-"), or)
}
