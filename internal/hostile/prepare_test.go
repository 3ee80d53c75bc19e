//go:build verify

package hostile

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/misstep/misstep/internal/small"
)

// root is where the module stands, seen from here.
const root = "../.."

// prepare builds the program, and makes a folder with one of everything.
func prepare(t *testing.T) *bench {
	t.Helper()
	b := &bench{program: filepath.Join(t.TempDir(), "misstep"), start: t.TempDir(), subjects: subjects(),
		whole: map[string]string{}}
	if out, err := exec.Command("go", "build", "-o", b.program, root+"/cmd/misstep").CombinedOutput(); err != nil {
		t.Fatalf("%s", out)
	}
	put := func(name string, data []byte) {
		path := filepath.Join(b.start, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	take := func(name, path string) {
		data, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			t.Fatal(err)
		}
		put(name, data)
	}
	take("case.yaml", "scenarios/uk-china-dialogue-2026.yaml")
	take("posterior.txt", "model/record/posterior/shipped/us-uk-china.txt")
	take("questions.yaml", "scenarios/questions/2027.yaml")
	take("hub/ours.csv", "scenarios/questions/questions-2027.csv")
	put("hub/came.csv", []byte("target,oracle_value\nnames-china,yes\npenalty,no\n"))
	settings, err := os.ReadFile(filepath.Join(root, "config.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	settings = bytes.ReplaceAll(settings, []byte("draws: 200"), []byte("draws: 3"))
	put("config.yaml", bytes.ReplaceAll(settings, []byte("formats: [svg, png, pdf]"), []byte("formats: [svg]")))
	put("tiny.yaml", small.YAML)
	put("evidence/evidence.csv", rows(t, "evidence", "EX"))
	for name, args := range map[string][]string{"run": {"run", "case.yaml"}, "base": {"run", "case.yaml", "--seed", "2"}} {
		out, errs, status, _ := b.call(b.start, append(append(args, short...), "--out", "made"))
		made, _ := filepath.Glob(filepath.Join(b.start, "made", "*"))
		if status != 0 || len(made) != 1 {
			t.Fatalf("%s%s%v", out, errs, made)
		}
		if err := os.Rename(made[0], filepath.Join(b.start, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range b.subjects {
		for _, args := range s.commands {
			if s.changed {
				b.remember(t, args)
			}
		}
	}
	b.interrupted(t)
	return b
}

// remember keeps what a command prints on files that are whole.
func (b *bench) remember(t *testing.T, args []string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(b.start)); err != nil {
		t.Fatal(err)
	}
	line := strings.Join(args, " ")
	for i := range args {
		if args[i] == "--resume" {
			args = append(args[:i:i], args[i+1:]...)
			break
		}
	}
	out, errs, status, _ := b.call(dir, args)
	if status != 0 {
		t.Fatalf("%s: %s", line, errs)
	}
	b.whole[line] = out
}

// interrupted begins a sweep and stops it, so that its state stays.
func (b *bench) interrupted(t *testing.T) {
	t.Helper()
	for _, s := range b.subjects {
		if s.name != "state" {
			continue
		}
		for patience := 50 * time.Millisecond; patience < 10*time.Second; patience += 50 * time.Millisecond {
			var args []string
			for _, a := range s.commands[0] {
				if a != "--resume" {
					args = append(args, a)
				}
			}
			c := exec.Command(b.program, args...)
			c.Dir = b.start
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(patience)
			_ = c.Process.Signal(os.Interrupt)
			_ = c.Wait()
			states, _ := filepath.Glob(filepath.Join(b.start, "out", "*.state"))
			if len(states) == 1 {
				if data, err := os.ReadFile(states[0]); err == nil && bytes.Count(data, []byte("\n")) >= 3 {
					return
				}
				_ = os.Remove(states[0])
			}
			_ = os.RemoveAll(filepath.Join(b.start, "out"))
		}
	}
	t.Fatal("no sweep was interrupted in the middle")
}

// rows are the head and some rows of a shipped table, under ids of their own.
func rows(t *testing.T, table, id string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "model/record/evidence", table+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(data, []byte("\n"))[:9]
	for i := 1; i < len(lines); i++ {
		_, rest, _ := bytes.Cut(lines[i], []byte(","))
		lines[i] = append([]byte(id+strings.Repeat("0", 2)+string(rune('0'+i))+","), rest...)
	}
	return bytes.Join(lines, nil)
}
