//go:build verify

package hostile

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

var (
	count = flag.Int("count-of", 1000, "how many files to try")
	from  = flag.Int("from", 0, "the number of the first")
)

// What a command may take on any file.
const (
	longest = 20 * time.Second
	largest = 1 << 30 // bytes of memory
)

// subject is a kind of file with what reads it: a folder is made ready, one of its files is mutated, commands
// run in it.
type subject struct {
	name     string
	files    []string // that are mutated; patterns
	rehash   bool     // the manifest is made to agree with what was mutated
	changed  bool     // a command must refuse what differs, or give what it gives without
	commands [][]string
}

// short keeps runs small; the mutated file may say otherwise.
var short = []string{"--draws", "3", "--replicates", "2", "--no-figures", "--quiet"}

func subjects() []subject {
	run := func(args ...string) []string { return append(args, short...) }
	folder := [][]string{{"report", "run", "--out", "again"}, {"compare", "run", "base", "--no-figures"},
		{"explain", "run"},
		{"figures", "run", "--into", "pictures", "--figure", "escalation"}, run("why", "run"),
		run("run", "case.yaml", "--out", "again")}
	return []subject{
		{name: "scenario", files: []string{"case.yaml"}, commands: [][]string{{"validate", "case.yaml"},
			{"params", "case.yaml"}, {"plan", "case.yaml"}, run("run", "case.yaml"), run("check", "case.yaml")[:4]}},
		{name: "settings", files: []string{"config.yaml"}, commands: [][]string{run("run", "tiny.yaml"), {"params"}}},
		{name: "tables", files: []string{"evidence/*.csv"}, commands: [][]string{{"evidence", "--with", "evidence"},
			{"evidence", "--with", "evidence", "--kind", "targets"}}},
		{name: "posterior", files: []string{"posterior.txt"},
			commands: [][]string{run("run", "case.yaml", "--posterior", "posterior.txt")}},
		{name: "run", files: []string{"run/*.csv", "run/*.json"}, changed: true, commands: folder[:4]},
		{name: "rehashed run", files: []string{"run/summary.json", "run/history.json", "run/draws.csv"}, rehash: true,
			commands: folder},
		{name: "manifest", files: []string{"run/manifest.json"}, commands: folder},
		{name: "state", files: []string{"out/*.state"}, changed: true, commands: [][]string{
			run("sweep", "tiny.yaml", "--vary", "choice.rationality=10:40:6", "--resume", "--out", "out", "--json")}},
		{name: "hub", files: []string{"hub/*.csv"}, commands: [][]string{{"score", "hub/ours.csv", "--outcomes",
			"hub/came.csv"}}},
		{name: "questions", files: []string{"questions.yaml"}, commands: [][]string{
			{"check", "case.yaml", "--questions", "questions.yaml", "--made", "2026-11-30", "--draws", "3", "--replicates", "2",
				"--quiet"}}},
	}
}

// trial is a mutated folder and what came of it.
type trial struct {
	subject  *subject
	number   int
	mutation mutation
	file     string
	faults   []string
}

// TestHostile: no file makes the program panic, hang, take the memory of the machine or steer the terminal,
// and what is stored is refused where it is not what was written.
func TestHostile(t *testing.T) {
	debug.SetMemoryLimit(200 << 20) // a command's memory is counted from the one that starts it
	bench := prepare(t)
	todo := make(chan int)
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for n := range todo {
				x := bench.try(t, n)
				for _, fault := range x.faults {
					t.Errorf("%d, %s: %s in %s: %s", x.number, x.subject.name, x.mutation.name, x.file, fault)
				}
			}
		})
	}
	for n := range *count {
		todo <- *from + n
	}
	close(todo)
	wait.Wait()
}

// bench has what every trial begins with.
type bench struct {
	program, start string
	subjects       []subject
	whole          map[string]string // by command line, what it prints on files that are whole
}

// try makes a folder, mutates one file and runs the commands.
func (b *bench) try(t *testing.T, n int) *trial {
	r := rand.New(rand.NewPCG(uint64(n), 15))
	x := &trial{subject: &b.subjects[n%len(b.subjects)], number: n}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(b.start)); err != nil {
		t.Error(err)
		return x
	}
	var files []string
	for _, pattern := range x.subject.files {
		found, _ := filepath.Glob(filepath.Join(dir, pattern))
		files = append(files, found...)
	}
	file := files[r.IntN(len(files))]
	x.file, _ = filepath.Rel(dir, file)
	before, err := os.ReadFile(file)
	if err != nil {
		t.Error(err)
		return x
	}
	x.mutation = mutations[r.IntN(len(mutations))]
	after := x.mutation.make(r, before)
	if after == nil && x.mutation.name != "nothing" || bytes.Equal(before, after) {
		return x
	}
	if err := os.WriteFile(file, after, 0o644); err != nil {
		t.Error(err)
		return x
	}
	if x.subject.rehash {
		rehash(t, dir)
	}
	for _, args := range x.subject.commands {
		x.judge(b, dir, args)
	}
	return x
}

// judge runs a command and holds what it does.
func (x *trial) judge(b *bench, dir string, args []string) {
	out, errs, status, memory := b.call(dir, args)
	line := strings.Join(args, " ")
	fault := func(format string, a ...any) {
		x.faults = append(x.faults, fmt.Sprintf("misstep %.60s: ", line)+fmt.Sprintf(format, a...))
	}
	switch {
	case status < 0:
		fault("no end within %v", longest)
	case status > 3:
		fault("status %d: %.300q", status, errs)
	case status != 0 && strings.TrimSpace(errs) == "" && status != 3:
		fault("status %d without a word", status)
	case x.subject.changed && status == 0 && out != b.whole[line]:
		fault("believed: %.200q", out)
	}
	if strings.Contains(errs, "internal error") || strings.Contains(errs, "goroutine ") {
		fault("%.400q", errs)
	}
	if memory > largest {
		fault("%d MB of memory", memory>>20)
	}
	if len(errs) > 1<<16 {
		fault("%d bytes of messages", len(errs))
	}
	for _, text := range []string{out, errs} {
		if at := strings.IndexFunc(text, steers); at >= 0 || !utf8.ValidString(text) {
			fault("steers the terminal: %.80q", text[max(0, at-20):])
		}
	}
}

// steers reports whether a terminal does something on a sign.
func steers(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Bidi_Control, r)
}

// call runs the program in a folder; the status is −1 where it did not end.
func (b *bench) call(dir string, args []string) (out, errs string, status int, memory int64) {
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	defer cancel()
	var stdout, stderr bytes.Buffer
	c := exec.CommandContext(ctx, b.program, args...)
	c.Dir, c.Stdout, c.Stderr = dir, &stdout, &stderr
	err := c.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		status = -1
	case errors.As(err, &exit):
		status = exit.ExitCode()
	}
	if c.ProcessState != nil {
		memory = c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
	}
	return stdout.String(), stderr.String(), status, memory
}

// rehash makes the manifest of a run agree with its files.
func rehash(t *testing.T, dir string) {
	path := filepath.Join(dir, "run", "manifest.json")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
		return
	}
	var m struct {
		Files []struct{ Name, SHA256 string }
	}
	if err := json.Unmarshal(data, &m); err != nil {
		t.Error(err)
		return
	}
	for _, f := range m.Files {
		text, err := os.ReadFile(filepath.Join(dir, "run", f.Name))
		if err != nil {
			t.Error(err)
			return
		}
		sum := sha256.Sum256(text)
		data = bytes.ReplaceAll(data, []byte(f.SHA256), []byte(hex.EncodeToString(sum[:])))
	}
	data = seal.ReplaceAll(data, []byte(`"seal": ""`)) // as older manifests have none
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Error(err)
	}
}

var seal = regexp.MustCompile(`"seal": "[0-9a-f]*"`)
