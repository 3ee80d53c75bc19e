package scenario

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestProblemError(t *testing.T) {
	for _, c := range []struct {
		p    Problem
		want string
	}{
		{Problem{"a.yaml", 3, 7, "horizon", "too long", "shorten it"}, "a.yaml:3:7: horizon: too long; shorten it"},
		{Problem{"a.yaml", 3, 7, "", "too long", ""}, "a.yaml:3:7: too long"},
		{Problem{"--set", 0, 0, "horizon", "too long", ""}, "--set: horizon: too long"},
	} {
		if got := c.p.Error(); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

// TestProblemsAreOrdered: by line and column, those of layers last, each once.
func TestProblemsAreOrdered(t *testing.T) {
	ps := Problems{{"--set", 0, 0, "x", "c", ""}, {"f", 9, 1, "", "b", ""}, {"f", 2, 5, "", "b", ""},
		{"f", 2, 3, "", "a", ""}, {"f", 2, 3, "other", "a", ""}}
	want := "f:2:3: a\nf:2:5: b\nf:9:1: b\n--set: x: c"
	if got := ps.sorted().Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestProblemsAreCapped(t *testing.T) {
	var b strings.Builder
	b.WriteString(tiny)
	for i := range 60 {
		fmt.Fprintf(&b, "key%d: 1\n", i)
	}
	_, err := Load("test", []byte(b.String()), Options{})
	if lines := strings.Split(err.Error(), "\n"); len(lines) != 51 || lines[50] != "and 10 more" {
		t.Errorf("%d lines, last %q", len(lines), lines[len(lines)-1])
	}
}

// TestAllProblemsAtOnce: a broken file is explained in one go, local mistakes
// and those between places together.
func TestAllProblemsAtOnce(t *testing.T) {
	data := `misstep: 1
start: tomorrow
horizon: 5y
assumptions:
  states: {A: {menu: [R11]}, B: {}}
  onset: [{source: B, victim: A, rate: 1, mix: {espionage: 0}}]
arms: {one: {channels.x.open: false}, two: {}}
expect: [{id: a, says: b, source: nothing, statistic: {measure: count}, observed: x}]
`
	_, err := Load("test", []byte(data), Options{})
	for _, want := range []string{`key "title" is missing`, `start: "tomorrow" is no date`, "no rung",
		"no intent has a weight", `unknown channel "x"`,
		`key "headline" is missing`, `source "nothing" is no key`, `"x" is no plain number`, `key "arm" is missing`,
		`key "event" is missing`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in\n%v", want, err)
		}
	}
}

func TestUnreadable(t *testing.T) {
	for what, c := range map[string]struct {
		data []byte
		want string
	}{
		"nul":     {[]byte("misstep: 1\x00"), "test.yaml: not a text file: byte 11 is zero"},
		"latin 1": {[]byte("title: caf\xe9\n"), "test.yaml: not UTF-8 from byte 11 on"},
		"utf-16":  {[]byte("\xff\xfem\x00"), "test.yaml: not a text file: byte 4 is zero"},
		"big":     {bytes.Repeat([]byte("#"), 1<<20+1), "test.yaml: 1048577 bytes long, more than the 1048576"},
		"spaces":  {[]byte(" \n"), "test.yaml: empty"},
	} {
		_, err := Load("test", c.data, Options{})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", what, err, c.want)
		}
	}
}

// worked is the processor time that the process has used, which a loaded machine does not lengthen.
func worked(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// TestHostileFilesAreCheap: no file of the greatest length takes much work.
func TestHostileFilesAreCheap(t *testing.T) {
	fill := func(head, item, tail string) []byte {
		return []byte(head + strings.Repeat(item, (1<<20-len(head)-len(tail))/len(item)) + tail)
	}
	numbered := func(format string) []byte {
		var b strings.Builder
		b.WriteString(tiny)
		for i := 0; b.Len() < 1<<20-200; i++ {
			fmt.Fprintf(&b, format, i)
		}
		return []byte(b.String())
	}
	for name, data := range map[string][]byte{
		"brackets":     fill("a: ", "[", ""),
		"braces":       fill("a: ", "{a: ", ""),
		"long text":    fill("title: ", "x", "\n"),
		"long number":  fill("horizon: ", "9", "y\n"),
		"unknown keys": numbered("key%d: 1\n"),
		"same key":     fill(tiny, "title: T\n", ""),
		"arms":         fill(tiny[:len(tiny)-len("arms: {one: {}}\n")]+"arms: {", "a: {}, ", "}\n"),
		"incidents":    numbered("# %d\n"),
		"beliefs": fill(strings.Replace(tiny, "arms: {one: {}}\n", "", 1)+"  beliefs: [",
			"{state: X, about: Y}, ", "]\n"),
		"wide mapping": numbered("? k%d\n"),
	} {
		begin := worked(t)
		_, err := Load("test", data, Options{})
		if took := worked(t) - begin; took > 20*time.Second {
			t.Errorf("%s took %v of processor time", name, took)
		}
		if err == nil && name != "incidents" {
			t.Errorf("%s loads", name)
		}
		var ps Problems
		if errors.As(err, &ps) && len(err.Error()) > 100_000 {
			t.Errorf("%s: a message of %d bytes", name, len(err.Error()))
		}
	}
}

// TestOptionsAcceptEverything catches a source or outcome that is refused though
// nobody said which are known; ladder scales are those that are shipped, always.
func TestOptionsAcceptEverything(t *testing.T) {
	data := strings.Replace(tiny, "rate: 1", "rate: {value: 1, source: \"E999, T77, [Nobody-1999]\"}", 1) +
		"scale: even\nheadline: {outcome: anything}\n"
	v, err := Load("test", []byte(data), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if v.Scale != "even" || v.Headline.Outcome != "anything" {
		t.Errorf("%q, %q", v.Scale, v.Headline.Outcome)
	}
	_, err = Load("test", []byte(tiny+"scale: evn\n"), Options{})
	if err == nil || !strings.Contains(err.Error(), `scale: unknown scale "evn"; did you mean "even"?`) {
		t.Errorf("an unknown scale gave %v", err)
	}
}

// TestKnownSourceSeesBareKeys: brackets belong to the notation.
func TestKnownSourceSeesBareKeys(t *testing.T) {
	var asked []string
	data := strings.Replace(tiny, "rate: 1",
		"rate: {value: 1, source: \"E001,T5 , [Fearon1994]; assumption: rounded\"}", 1)
	_, err := Load("test", []byte(data),
		Options{KnownSource: func(key string) bool { asked = append(asked, key); return true }})
	if err != nil || strings.Join(asked, " ") != "E001 T5 Fearon1994" {
		t.Errorf("asked for %v, %v", asked, err)
	}
}

func TestSourcesInUse(t *testing.T) {
	for text, ok := range map[string]bool{"T5": true, "E001, E002": true, "[Fearon1994]": true,
		"assumption: a guess, T999": true,
		"T5; assumption: why":       true, "T5, ": false, "t5": false, "T5 T6": false, "because": false, "[]": false,
		"Assumption: x": false} {
		data := strings.Replace(tiny, "rate: 1", fmt.Sprintf("rate: {value: 1, source: %q}", text), 1)
		if _, err := Load("test", []byte(data), Options{}); (err == nil) != ok {
			t.Errorf("source %q: %v", text, err)
		}
	}
}
