//go:build verify

package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
)

// killsAnytime is how many kills at random times each command meets at full size.
const killsAnytime = 20

// killedBefore are all operations.
func killedBefore(operations int) (all []int) {
	for n := range operations {
		all = append(all, n)
	}
	return all
}

// TestKilledCalibration: a rough calibration that is killed again and again, each time after it has kept more, ends in
// the bytes of one that nobody killed.
func TestKilledCalibration(t *testing.T) {
	const args = "calibrate --quick --quiet --no-figures"
	whole, dir := t.TempDir(), t.TempDir()
	cmd, said := starts(t, whole, args)
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v, %s", err, said)
	}
	kept := func() string {
		states, _ := filepath.Glob(filepath.Join(dir, "outputs", "calibrate-*.state"))
		if len(states) == 0 {
			return ""
		}
		data, _ := os.ReadFile(states[0])
		return string(data)
	}
	more, kills := "", 0
	for at := ""; ; kills++ {
		cmd, said = starts(t, dir, args+more)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		err := killedWithMore(cmd, ended, kept, &at)
		if err == nil {
			break
		}
		if more = " --resume"; kept() == "" || kills > 500 {
			t.Fatalf("after %d kills: %v, %s", kills, err, said)
		}
	}
	if diff := cmp.Diff(clitest.FilesIn(t, whole), clitest.FilesIn(t, dir)); kills < 3 || diff != "" {
		t.Errorf("%d kills: %.2000s", kills, diff)
	}
}

// killedWithMore kills a command when it has kept something else than at the last kill, nil if it ends before.
func killedWithMore(cmd *exec.Cmd, ended <-chan error, kept func() string, at *string) error {
	for {
		select {
		case err := <-ended:
			return err
		case <-time.After(20 * time.Millisecond):
		}
		if now := kept(); now != "" && now != *at {
			*at = now
			_ = cmd.Process.Kill()
			return errors.Join(errors.New("killed"), <-ended)
		}
	}
}
