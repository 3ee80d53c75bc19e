package say

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestGuard: nothing that steers a terminal, turns a text or hides it passes, however it is cut into writes; the
// program's own styles do where they are wanted, and text stays as it is.
func TestGuard(t *testing.T) {
	for in, want := range map[string]string{
		"plain – 中文 भारत\t1\n": "plain – 中文 भारत\t1\n", "\x1b[31mred\x1b[0m": `\x1b[31mred\x1b[0m`,
		"a\rb": `a\rb`, "\x1b]0;title\a": `\x1b]0;title\a`, "\u009b2J": `\u009b2J`, "\x7f": `\u007f`,
		"\u202egpj.exe": `\u202egpj.exe`, "\u2066x\u2069": `\u2066x\u2069`, "a\u200bb\ufeff": `a\u200bb\ufeff`,
		"x\u2028y": `x\u2028y`, "\U000e0041": `\udb40\udc41`, "a\u00a0b": "a\u00a0b", "\xff!": "\ufffd!",
	} {
		for cut := range len(in) + 1 {
			var out bytes.Buffer
			g := Guarded(&out)
			for _, part := range []string{in[:cut], in[cut:]} {
				if n, err := g.Write([]byte(part)); n != len(part) || err != nil {
					t.Fatal(n, err)
				}
			}
			if out.String() != want {
				t.Errorf("%q cut at %d shows %q, want %q", in, cut, out.String(), want)
			}
		}
	}
	var out bytes.Buffer
	g := Guarded(&out)
	g.Styled = true
	if Guarded(g) != g {
		t.Error("a guard is guarded")
	}
	_, _ = g.Write([]byte("\x1b[31mred\x1b[0m \x1b[41mother\x1b[2J"))
	if got := out.String(); got != "\x1b[31mred\x1b[0m "+`\x1b[41mother\x1b[2J` {
		t.Errorf("%q", got)
	}
}

// TestGuardedJSON: what is escaped in JSON reads as the same text.
func TestGuardedJSON(t *testing.T) {
	for _, text := range []string{"\x1b[31m", "\x7f\u009b", "\u202e\u2066", "\U000e0041", "\ufeff\u2028", "a\nb\t"} {
		var out bytes.Buffer
		_, _ = Guarded(&out).Write(JSON(map[string]string{"x": text}))
		var got map[string]string
		if err := json.Unmarshal(out.Bytes(), &got); err != nil || got["x"] != text {
			t.Errorf("%q: %v, %q", text, err, got["x"])
		}
	}
}

// FuzzShown: what is shown is harmless, and showing it again changes nothing.
func FuzzShown(f *testing.F) {
	f.Add("\x1b[2J\u202e a\tb\n")
	f.Fuzz(func(t *testing.T, text string) {
		got := Shown(text)
		for _, r := range got {
			if r != '\n' && r != '\t' && !harmless(r) {
				t.Fatalf("%q shows %q", text, r)
			}
		}
		if Shown(got) != got || strings.ContainsAny(Visible(text), "\n\t") {
			t.Errorf("%q shows %q", text, got)
		}
	})
}

// TestBrief: what is quoted at length is cut, and the remedy stays.
func TestBrief(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	for _, message := range []string{`--vary "` + long + `" is not PATH=lo:hi; write one`,
		"--vary " + long + ": no; write one",
		`unknown command "` + strings.Repeat(`\"é`, 1<<18) + `"; write one`} {
		got := Brief(message)
		if n := utf8.RuneCountInString(got); n > 160 || !strings.HasSuffix(got, "write one") {
			t.Errorf("%d letters: %.200s", n, got)
		}
	}
	short := `a.yaml:1:2: x."y z": "a" is no b; did you mean "c"?` + "\n  more"
	if got := Brief(short); got != short {
		t.Errorf("%q becomes %q", short, got)
	}
}

// TestNoFormulas: no cell is a formula to a spreadsheet, numbers stay numbers, and what is written reads back.
func TestNoFormulas(t *testing.T) {
	cells := []string{"=1+1", "+Cloud Atlas", "-x", "@a", "'=a", "''+a", "'Ndrangheta", "-1.5e-3", "+7", "-Inf", "-",
		"a=b", "",
		"Korea, Republic of", `say "x"`, "भारत", "\u202eevil"}
	head := slices.Clone(cells)
	for i := range head {
		head[i] = string(rune('A' + i))
	}
	data := CSV([][]string{head, cells})
	for _, mark := range []string{"", ByteOrderMark} {
		rows, err := CSVRows([]byte(mark + string(data)))
		if err != nil || len(rows) != 1 {
			t.Fatal(rows, err)
		}
		for i, cell := range cells {
			if got := rows[0][head[i]]; got != Shown(cell) {
				t.Errorf("%q reads back as %q", cell, got)
			}
		}
	}
	for line := range strings.Lines(string(data)) {
		for cell := range strings.SplitSeq(line, ",") {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@") && !slices.Contains([]string{"-1.5e-3", "+7", "-Inf"}, cell) {
				t.Errorf("%q is a formula", cell)
			}
		}
	}
}
