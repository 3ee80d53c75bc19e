package main

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
)

// TestFitOnAFullDisk: what there is of a fit stays until its point is kept, and the same command goes on from it.
func TestFitOnAFullDisk(t *testing.T) {
	clitest.InEmptyFolder(t)
	check := []string{"verify", "recovery", "--quick", "--fits", "1", "--out", "one"}
	defer func() { runfolder.Before = nil }()
	writes := 0
	runfolder.Before = func(op, path string) error {
		if op == "write" && strings.HasSuffix(path, ".state") {
			if writes++; writes == 2 { // the first is the head
				return syscall.ENOSPC
			}
		}
		return nil
	}
	fails(t, 1, "no space left on device; 0 points are kept", check...)
	runfolder.Before = nil
	first(t, "one/*.state.fit1")
	does(t, append(check, "--resume")...)
	if left, _ := filepath.Glob("one/*.state*"); left != nil {
		t.Errorf("%q are left", left)
	}
	does(t, append(check[:len(check)-1], "two")...)
	same(t, "one", "two")
}
