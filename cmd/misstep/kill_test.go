package main

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/internal/small"
)

// killAt is the variable of a test binary that is to be killed before so many operations on the disk were done; killLog
// names a file to which it adds a byte before each.
const killAt, killLog = "TEST_MISSTEP_KILL_AT", "TEST_MISSTEP_KILL_LOG"

// armed makes the test binary, run as misstep, kill itself where its environment says so.
func armed() {
	at, err := strconv.Atoi(os.Getenv(killAt))
	if err != nil {
		return
	}
	log := os.Getenv(killLog)
	runfolder.Before = func(op, path string) error {
		if f, err := os.OpenFile(log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644); err == nil && log != "" {
			_, _ = f.WriteString(".")
			_ = f.Close()
		}
		if at--; at == -1 {
			me, err := os.FindProcess(os.Getpid())
			if err = errors.Join(err, me.Kill()); err != nil {
				panic(err)
			}
			select {}
		}
		if op == "sync" { // takes time, and is of use in failures of power alone
			return runfolder.ErrSkip
		}
		return nil
	}
}

// killable is a command that writes, after others.
type killable struct {
	name   string
	before []string // commands; RUN is the run folder
	args   string
}

const killedSample = " --draws 2 --replicates 3 --quiet --set plot.formats=svg"

var killables = []killable{
	{"a run", nil, "run tiny.yaml --export cases" + killedSample},
	{"a run drawn anew", []string{"run tiny.yaml" + killedSample}, "run tiny.yaml --set plot.width=17" + killedSample},
	{"a run after a sweep", []string{"sweep tiny.yaml --vary strength.clarify=0:1:2" + killedSample,
		"why tiny.yaml" + killedSample}, "run tiny.yaml" + killedSample},
	{"figures", []string{"run tiny.yaml" + killedSample}, "figures RUN --set plot.width=9 --set plot.formats=svg,pdf"},
	{"a sweep", nil, "sweep tiny.yaml --vary strength.clarify=0:1:3" + killedSample},
	{"a breakeven", []string{"breakeven tiny.yaml --vary strength.delay=0:1:2" + killedSample},
		"breakeven tiny.yaml --vary strength.clarify=0:1:3" + killedSample},
	{"a sensitivity", nil, "sensitivity tiny.yaml --screen --trajectories 1 --point-replicates 2" + killedSample},
	{"levers", nil, "levers tiny.yaml --designs 5" + killedSample},
	{"why", []string{"run tiny.yaml" + killedSample}, "why RUN --quiet"},
	{"a report", []string{"run tiny.yaml" + killedSample}, "report RUN --quiet"},
	{"a scenario", nil, "new mine --force --quiet"},
}

// starts is a command in a folder, as a process of its own.
func starts(t *testing.T, dir, args string, env ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(args, "RUN") {
		runs, err := filepath.Glob(filepath.Join(dir, "outputs", "tiny-???????"))
		if err != nil || len(runs) != 1 {
			t.Fatalf("%v, %v", runs, err)
		}
		args = strings.Replace(args, "RUN", "outputs/"+filepath.Base(runs[0]), 1)
	}
	var said bytes.Buffer
	cmd := &exec.Cmd{Path: self, Args: append([]string{"misstep"}, strings.Fields(args)...), Dir: dir, Stderr: &said,
		Env: append(append(os.Environ(), killAt+"=-1"), env...)}
	return cmd, &said
}

// again does a command until it is done: one that keeps points says that it wants --resume.
func again(t *testing.T, dir, args string) {
	t.Helper()
	cmd, said := starts(t, dir, args)
	err := cmd.Run()
	if err != nil && strings.Contains(said.String(), "go on with --resume") {
		cmd, said = starts(t, dir, args+" --resume")
		err = cmd.Run()
	}
	if err != nil {
		t.Errorf("%s: %v, %s", args, err, said)
	}
}

// prepared is a folder in which what comes before a command is done.
func (k *killable) prepared(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "tiny.yaml"), small.YAML, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range k.before {
		again(t, dir, args)
	}
	return dir
}

// TestKilledCommands: a command that is killed, before any of its operations on the disk or at any time, is done by the
// same command, come again: the whole folder is the same as without the kill, byte for byte, and nothing stands beside
// it. Catches a writer that goes around the package of run folders, a state that is believed too far.
func TestKilledCommands(t *testing.T) {
	kills := 0
	for i := range killables {
		k := &killables[i]
		whole := k.prepared(t)
		start := t.TempDir()
		if err := os.CopyFS(start, os.DirFS(whole)); err != nil {
			t.Fatal(err)
		}
		log := filepath.Join(t.TempDir(), "log")
		cmd, said := starts(t, whole, k.args, killLog+"="+log)
		began := time.Now()
		if err := cmd.Run(); err != nil {
			t.Fatalf("%s: %v, %s", k.name, err, said)
		}
		took := time.Since(began)
		info, err := os.Stat(log)
		if err != nil {
			t.Fatal(err)
		}
		want, operations := clitest.FilesIn(t, whole), int(info.Size())
		meets := func(what string, kill func(cmd *exec.Cmd) error, env ...string) {
			kills++
			dir := filepath.Join(t.TempDir(), "in")
			if err := os.CopyFS(dir, os.DirFS(start)); err != nil {
				t.Fatal(err)
			}
			cmd, _ := starts(t, dir, k.args, env...)
			if err := kill(cmd); err != nil {
				t.Fatal(err)
			}
			again(t, dir, k.args)
			if diff := cmp.Diff(want, clitest.FilesIn(t, dir)); diff != "" {
				t.Errorf("%s, killed %s: %.2000s", k.name, what, diff)
			}
		}
		for _, n := range killedBefore(operations) {
			at := strconv.Itoa(n)
			meets("before operation "+at, func(cmd *exec.Cmd) error {
				if cmd.Run() == nil {
					t.Errorf("%s: not killed before operation %s", k.name, at)
				}
				return nil
			}, killAt+"="+at)
		}
		for range killsAnytime {
			after := time.Duration(rand.Int64N(int64(took) + 1))
			meets("after "+after.String(), func(cmd *exec.Cmd) error {
				if err := cmd.Start(); err != nil {
					return err
				}
				time.Sleep(after)
				_ = cmd.Process.Kill()
				_ = cmd.Wait()
				return nil
			})
		}
	}
	if kills < 3*len(killables) {
		t.Errorf("%d kills", kills)
	}
}
