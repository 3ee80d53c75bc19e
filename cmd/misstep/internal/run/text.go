package run

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/scenario"
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
	if info, err := os.Stat(arg); err == nil && info.Mode()&(os.ModeNamedPipe|os.ModeCharDevice|os.ModeSocket) != 0 {
		f, err := os.Open(arg)
		if err != nil {
			return Text{}, cli.Plainly(arg, err)
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
				nearest.Remedy(arg, ShippedNames()))
		case !beside:
			file = arg
		}
	}
	data, err := cli.ReadSmall(file, maxScenario)
	return Text{file, nameOf(file), data}, err
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
		name = slug(v.Title)
	}
	return Text{from, name, data}, nil
}

// slug makes a name of a title: its words, with hyphens between them.
func slug(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r)
	})
	name := ""
	for _, w := range words {
		if name != "" && len(name)+len(w) > 48 {
			break
		}
		name += "-" + w
	}
	if name == "" {
		return stdin
	}
	return within(name[1:], 80)
}

// longestName is how long the name of a scenario may be, so that folders are named by it [B].
const longestName = 200

// nameOf is the name of a scenario: its file without folder and extension.
func nameOf(file string) string {
	base := filepath.Base(file)
	return within(strings.TrimSuffix(base, filepath.Ext(base)), longestName)
}

// within cuts a text to so many bytes, between letters.
func within(s string, most int) string {
	for len(s) > most {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return s
}
