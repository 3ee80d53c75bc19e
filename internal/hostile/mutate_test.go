//go:build verify

package hostile

import (
	"bytes"
	"math/rand/v2"
	"regexp"
	"strings"
)

// mutation makes another text of a text; a nil one has nothing to work on.
type mutation struct {
	name string
	make func(r *rand.Rand, text []byte) []byte
}

// mutations are ways in which files go wrong: by hand, in an editor, on the way, on a disk, by intent.
var mutations = []mutation{
	{"a line gone", func(r *rand.Rand, b []byte) []byte { return lines(r, b, func(l [][]byte, i, _ int) { l[i] = nil }) }},
	{"a line twice", func(r *rand.Rand, b []byte) []byte {
		return lines(r, b, func(l [][]byte, i, _ int) { l[i] = append(l[i : i+1 : i+1][0], l[i]...) })
	}},
	{"two lines swapped", func(r *rand.Rand, b []byte) []byte {
		return lines(r, b, func(l [][]byte, i, j int) { l[i], l[j] = l[j], l[i] })
	}},
	{"cut off", func(r *rand.Rand, b []byte) []byte { return b[:r.IntN(len(b))] }},
	{"zeros", func(r *rand.Rand, b []byte) []byte {
		at := r.IntN(len(b))
		return bytes.Join([][]byte{b[:at], make([]byte, 1+r.IntN(600)), b[min(len(b), at+600):]}, nil)
	}},
	{"a bit turned", func(r *rand.Rand, b []byte) []byte {
		out := bytes.Clone(b)
		out[r.IntN(len(b))] ^= 1 << r.IntN(8)
		return out
	}},
	{"a sign that steers", func(r *rand.Rand, b []byte) []byte {
		return insert(r, b, steering[r.IntN(len(steering))])
	}},
	{"a number of another size", func(r *rand.Rand, b []byte) []byte {
		return swap(r, b, number, sizes[r.IntN(len(sizes))])
	}},
	{"a word of another kind", func(r *rand.Rand, b []byte) []byte {
		return swap(r, b, word, kinds[r.IntN(len(kinds))])
	}},
	{"a very long word", func(r *rand.Rand, b []byte) []byte {
		return swap(r, b, word, strings.Repeat("long ", 200_000))
	}},
	{"deep", func(r *rand.Rand, b []byte) []byte {
		return swap(r, b, word, strings.Repeat("[", 20_000)+strings.Repeat("]", 20_000))
	}},
	{"many lines", func(r *rand.Rand, b []byte) []byte {
		return lines(r, b, func(l [][]byte, i, _ int) { l[i] = bytes.Repeat(l[i], 1<<24/(1+len(l[i]))) })
	}},
	{"another encoding", func(_ *rand.Rand, b []byte) []byte {
		out := []byte{0xff, 0xfe}
		for _, x := range b {
			out = append(out, x, 0)
		}
		return out
	}},
	{"blanks that are none", func(r *rand.Rand, b []byte) []byte { return swap(r, b, blank, "\u00a0") }},
	{"nothing", func(*rand.Rand, []byte) []byte { return nil }},
}

var (
	number   = regexp.MustCompile(`\b[0-9][0-9.]*\b`)
	word     = regexp.MustCompile(`\b[A-Za-z_]{3,}\b`)
	blank    = regexp.MustCompile(` `)
	steering = []string{"\x1b[2J", "\x1b]0;title\x07", "\u202e", "\u200b", "\x00", "\r", "\u0085", "\x9b2J", "\ufeff",
		"\x7f"}
	sizes = []string{"-1", "0", "1e308", "1e-308", "1e-400", "1e400", "1e12", "1e6y", "1e-300d", "0.0001d", "NaN", ".inf",
		"99999999999999999999", "0x7f", "1_000", "1e-9 to 1e9", "uniform(0, 1e300)", "null", "[]", "{}", "\"\"", "2026-02-30"}
	kinds = []string{"null", "[]", "{}", "true", "42", "\"\"", "*x", "&x a", "!!binary aGk=", "<<", "'", "\"", "=1+1",
		"a.b", "../../x", "drawn", "all", "%s%n", "<script>", "\u0645\u0631\u062d\u0628\u0627"}
)

// lines does something to two lines of a text.
func lines(r *rand.Rand, text []byte, do func(l [][]byte, i, j int)) []byte {
	l := bytes.SplitAfter(text, []byte("\n"))
	do(l, r.IntN(len(l)), r.IntN(len(l)))
	return bytes.Join(l, nil)
}

func insert(r *rand.Rand, text []byte, what string) []byte {
	at := r.IntN(len(text))
	return bytes.Join([][]byte{text[:at], []byte(what), text[at:]}, nil)
}

// swap puts something in the place of one of the matches of a pattern.
func swap(r *rand.Rand, text []byte, pattern *regexp.Regexp, with string) []byte {
	all := pattern.FindAllIndex(text, -1)
	if len(all) == 0 {
		return nil
	}
	at := all[r.IntN(len(all))]
	return bytes.Join([][]byte{text[:at[0]], []byte(with), text[at[1]:]}, nil)
}
