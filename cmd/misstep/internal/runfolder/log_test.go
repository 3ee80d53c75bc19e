package runfolder

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// aLog writes a log of some points, and returns where.
func aLog(t *testing.T, dir, head string, points ...string) string {
	t.Helper()
	path := filepath.Join(dir, "tiny-1.sweep.state")
	g, err := HoldLog(path)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if err := g.Begin([]byte(head)); err != nil {
		t.Fatal(err)
	}
	for _, p := range points {
		if err := g.Add([]byte(p)); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// believed is what a log is believed to hold.
func believed(t *testing.T, path string) (points []string, damaged bool, err error) {
	t.Helper()
	g, err := HoldLog(path)
	if err != nil {
		return nil, false, err
	}
	defer g.Close()
	err = g.Each(func(n int, line []byte) error {
		points = append(points, string(line))
		return nil
	})
	if err != nil || len(points) != g.Have {
		t.Errorf("%q of %d, %v", points, g.Have, err)
	}
	return points, g.Damaged(), nil
}

// TestLogDamage: what is doubled, swapped, changed, cut, filled with zeros or of another log is not believed, nor
// what follows it.
func TestLogDamage(t *testing.T) {
	for name, c := range map[string]struct {
		damage  func(lines []string) []string
		want    int // points that are believed
		damaged bool
		fails   string
	}{
		"whole":         {func(l []string) []string { return l }, 4, false, ""},
		"doubled":       {func(l []string) []string { return slices.Insert(l, 3, l[2]) }, 2, true, ""},
		"swapped":       {func(l []string) []string { l[2], l[3] = l[3], l[2]; return l }, 1, true, ""},
		"left out":      {func(l []string) []string { return slices.Delete(l, 2, 3) }, 1, true, ""},
		"changed":       {func(l []string) []string { l[2] = strings.Replace(l[2], "22", "23", 1); return l }, 1, true, ""},
		"another sum":   {func(l []string) []string { l[2] = "2 0123456789abcdef 22\n"; return l }, 1, true, ""},
		"another point": {func(l []string) []string { l[2] = "3" + l[2][1:]; return l }, 1, true, ""},
		"of DOS":        {func(l []string) []string { l[3] = l[3][:len(l[3])-1] + "\r\n"; return l }, 2, true, ""},
		"cut":           {func(l []string) []string { l[4] = l[4][:len(l[4])-1]; return l }, 3, false, ""},
		"cut short":     {func(l []string) []string { l[4] = l[4][:1]; return l }, 3, false, ""},
		"zeros behind":  {func(l []string) []string { return append(l, strings.Repeat("\x00", 5000)) }, 4, false, ""},
		"zeros within": {func(l []string) []string { l[3] = strings.Repeat("\x00", len(l[3])); return l },
			2, true, ""},
		"an empty line":   {func(l []string) []string { return slices.Insert(l, 2, "\n") }, 1, true, ""},
		"nothing":         {func([]string) []string { return nil }, 0, false, ""},
		"cut in the head": {func(l []string) []string { return []string{l[0][:len(l[0])-1]} }, 0, false, ""},
		"zeros for all":   {func(l []string) []string { return []string{strings.Repeat("\x00", 300)} }, 0, false, ""},
		"head changed": {func(l []string) []string { l[0] = strings.Replace(l[0], "1}", "2}", 1); return l },
			0, false, "line 1 is damaged"},
		"of an earlier time": {func(l []string) []string { l[0] = `{"command":"sweep"}` + "\n"; return l },
			0, false, "an earlier version"},
		"no log":              {func([]string) []string { return []string{"hello\n"} }, 0, false, "line 1 is damaged"},
		"of another log":      {func(l []string) []string { l[2] = ofAnother(t, 2); return l }, 1, true, ""},
		"the head once again": {func(l []string) []string { return slices.Insert(l, 1, l[0]) }, 0, true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			path := aLog(t, t.TempDir(), `{"seed":1}`, "11", "22", "33", "44")
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			put(t, filepath.Dir(path), filepath.Base(path), strings.Join(c.damage(strings.SplitAfter(string(data), "\n")), ""))
			points, damaged, err := believed(t, path)
			if (err == nil) != (c.fails == "") || err != nil && !strings.Contains(err.Error(), c.fails) {
				t.Fatalf("%v, want %q", err, c.fails)
			}
			if want := []string{"11", "22", "33", "44"}[:c.want]; !slices.Equal(points, want) || damaged != c.damaged {
				t.Errorf("%q, damaged %v", points, damaged)
			}
			if err != nil {
				return
			}
			if logged(filepath.Dir(path)) != nil { // goes on behind what is believed
				t.Error(err)
			}
			if points, damaged, err := believed(t, path); err != nil || damaged || len(points) != max(3, c.want) {
				t.Errorf("afterwards %q, %v, %v", points, damaged, err)
			}
		})
	}
}

// ofAnother is a line of a log with another head.
func ofAnother(t *testing.T, n int) string {
	data, err := os.ReadFile(aLog(t, t.TempDir(), `{"seed":9}`, "11", "22", "33"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.SplitAfter(string(data), "\n")[n]
}

// TestLogAnyByte: whatever byte changes, no point is believed that was not written, in its place.
func TestLogAnyByte(t *testing.T) {
	path := aLog(t, t.TempDir(), `{"seed":1}`, "11", "22", "33", "44")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(r *rapid.T) {
		data := bytes.Clone(whole)
		data[rapid.IntRange(0, len(data)-1).Draw(r, "byte")] ^= rapid.ByteRange(1, 255).Draw(r, "by")
		if err := os.WriteFile(path, data, 0o644); err != nil {
			r.Fatal(err)
		}
		points, _, err := believed(t, path)
		if err == nil && (len(points) > 3 || !slices.Equal(points, []string{"11", "22", "33"}[:len(points)])) {
			r.Errorf("%q believed", points)
		}
	})
}

// FuzzLog: no bytes make reading a log panic; what is believed is what could have been written.
func FuzzLog(f *testing.F) {
	for _, s := range []string{"", "\x00\n", logFormat, "misstep state 2 0123456789abcdef {}\n", "{\"command\"\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "x.state")
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		g, err := HoldLog(path)
		if err != nil {
			return
		}
		defer g.Close()
		again := fmt.Appendf(nil, "%s", g.sealed(g.Head(), 0))
		if err := g.Each(func(n int, line []byte) error {
			again = append(again, g.sealed(line, n)...)
			return nil
		}); err != nil {
			t.Error(err)
		}
		if g.Head() != nil && !bytes.HasPrefix(data, again) {
			t.Errorf("%q from %q", again, data)
		}
	})
}
