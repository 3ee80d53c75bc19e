package scenario

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A path is keys and names joined by dots, [0] for an item by its number. Items that two
// names or a name and a day make out are called A>B, A&B@2026-01-01 or A@2026-01-01. A
// name with a sign that means something there stands in double quotes, which no name holds.

// inPaths are the signs that mean something in a path, in PATH=VALUE or between two names.
const inPaths = `.,=&@>[]`

// Quoted is a name as a path has it: in double quotes where it needs them.
func Quoted(name string) string {
	if strings.ContainsAny(name, inPaths) {
		return `"` + name + `"`
	}
	return name
}

// Unquoted is a name that may stand in double quotes, without them and the space around.
func Unquoted(text string) string {
	return norm.NFC.String(strings.ReplaceAll(strings.TrimSpace(text), `"`, ""))
}

// Cut splits a text at the first of a sign outside of double quotes.
func Cut(text string, sign byte) (before, after string, found bool) {
	if i := outside(text, string(sign)); i >= 0 {
		return text[:i], text[i+1:], true
	}
	return text, "", false
}

// SplitList splits a list of names at its commas, and takes the quotes off.
func SplitList(text string) (names []string) {
	for {
		before, after, more := Cut(text, ',')
		names = append(names, Unquoted(before))
		if text = after; !more {
			return names
		}
	}
}

// SplitPath is the parts of a path, without quotes: keys, names, [0].
func SplitPath(path string) []string {
	parts := partsOf(path)
	for i := range parts {
		parts[i] = Unquoted(parts[i])
	}
	return parts
}

// outside is the place of the first of some signs outside of double quotes, -1 without one.
func outside(text, signs string) int {
	quoted := false
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case !quoted && strings.IndexByte(signs, text[i]) >= 0:
			return i
		}
	}
	return -1
}

// partsOf splits a path at its dots and before its brackets. Names stand in quotes where
// they need them, and there only.
func partsOf(path string) (parts []string) {
	path, quoted, from := norm.NFC.String(path), false, 0
	for i := range len(path) {
		switch {
		case path[i] == '"':
			quoted = !quoted
		case !quoted && (path[i] == '.' || path[i] == '['):
			parts = append(parts, inQuotes(path[from:i]))
			if from = i; path[i] == '.' {
				from++
			}
		}
	}
	return append(parts, inQuotes(path[from:]))
}

// joined is the path that partsOf splits.
func joined(parts []string) string {
	path := ""
	for i, p := range parts {
		if i > 0 && !strings.HasPrefix(p, "[") {
			path += "."
		}
		path += p
	}
	return path
}

// maxPart bounds a part of a path [letters]: two names in quotes and a day fit.
const maxPart = 2*maxName + 20

// pathPart is a key of a file as a part of a path, clipped where it is no name.
func pathPart(key string) string {
	if badName(key) != "" {
		key = clip(key)
	}
	return Quoted(key)
}

// inQuotes is a part of a path with its names in quotes where they need them. Quotes
// around the whole of A>B or A@2026-01-01 are taken off.
func inQuotes(part string) string {
	if strings.HasPrefix(part, "[") {
		return part
	}
	var out strings.Builder
	for {
		i := outside(part, ">&@")
		name := part
		if i >= 0 {
			name = part[:i]
		}
		if name = strings.ReplaceAll(name, `"`, ""); strings.ContainsAny(name, ">@") {
			out.WriteString(inQuotes(name))
		} else {
			out.WriteString(Quoted(name))
		}
		if i < 0 {
			return out.String()
		}
		out.WriteByte(part[i])
		part = part[i+1:]
	}
}
