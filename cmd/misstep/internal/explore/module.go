package explore

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/readfile"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

//go:generate sh generate.sh

// embedded is the folder module: with the engine where go generate has put it there.
//
//go:embed module
var embedded embed.FS

// engine is the engine, packed, and the script that starts it: those of the program, or built now. Tests put theirs in
// place.
var engine = func(ctx context.Context, a *cli.App) (module []byte, script string, err error) {
	module, missing := embedded.ReadFile("module/engine.wasm.gz")
	starts, incomplete := embedded.ReadFile("module/wasm_exec.js")
	says := "this program was built without the engine of the page"
	if missing == nil && incomplete == nil {
		if !stale(checkout()) {
			return module, string(starts), nil
		}
		says = "the engine of the page in this program is of an earlier source (go generate makes it anew)"
	}
	a.Note("%s: building it, which takes up to a minute the first time", says)
	return built(ctx)
}

// stale reports whether the source in a folder is another than that which the embedded engine was built from, as
// sha256sum wrote it down; without a folder it is not known, and it is not.
func stale(dir string) bool {
	if dir == "" {
		return false
	}
	sums, err := embedded.ReadFile("module/engine.sums")
	return err != nil || changed(dir, string(sums))
}

// changed reports whether any file of a list, as sha256sum writes it, has other content in a folder.
func changed(dir, sums string) bool {
	for line := range strings.Lines(sums) {
		want, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		data, err := readfile.All(filepath.Join(dir, filepath.FromSlash(name)), most)
		if got := sha256.Sum256(data); !ok || err != nil || hex.EncodeToString(got[:]) != want {
			return true
		}
	}
	return false
}

// checkout is the folder that this program was built from, where it still is; "" where not, or where it is not told.
func checkout() string {
	_, file, _, ok := runtime.Caller(0)
	dir := filepath.Clean(filepath.Join(filepath.Dir(file), "..", "..", "..", ".."))
	if !ok || !filepath.IsAbs(file) {
		return ""
	}
	text, err := readfile.All(filepath.Join(dir, "go.mod"), most)
	if err != nil || !strings.HasPrefix(string(text), "module "+modulePath+"\n") {
		return ""
	}
	return dir
}

// What the engine is in the source.
const (
	modulePath = "github.com/misstep/misstep"
	enginePath = "./cmd/misstep/internal/explore/engine"
)

// most bounds what is read of what the toolchain brings [bytes].
const most = 64 << 20

// built builds the engine from the source of this program.
func built(ctx context.Context) (module []byte, script string, err error) {
	if _, err := exec.LookPath("go"); err != nil {
		return nil, "", cli.Failed(errors.New("this program was built without the engine of the page, and there is no Go " +
			"toolchain to build it; install Go (https://go.dev/dl), or take a program that was built after go generate"))
	}
	dir, err := sourceDir(ctx)
	if err != nil {
		return nil, "", err
	}
	scratch, err := os.MkdirTemp("", "misstep-explore-")
	if err != nil {
		return nil, "", err
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	out := filepath.Join(scratch, "engine.wasm")
	if _, err = inSource(ctx, dir, "build", "-trimpath", "-ldflags", "-s -w", "-o", out, enginePath); err != nil {
		return nil, "", err
	}
	root, err := inSource(ctx, dir, "env", "GOROOT")
	if err != nil {
		return nil, "", err
	}
	starts, err := readfile.All(filepath.Join(strings.TrimSpace(root), "lib", "wasm", "wasm_exec.js"), most)
	if err != nil {
		return nil, "", cli.Failed(fmt.Errorf("%w; the Go toolchain has no script to start the engine: install Go "+
			"1.24 or later", err))
	}
	data, err := readfile.All(out, most)
	if err != nil {
		return nil, "", err
	}
	module, err = packed(data)
	return module, string(starts), err
}

// packed is a module as the page holds it.
func packed(module []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	_, err = w.Write(module)
	err = errors.Join(err, w.Close())
	return out.Bytes(), err
}

// sourceDir is where the source of this program is: the folder that it was built from, the checkout in which it is
// called, or the version that it was installed from.
func sourceDir(ctx context.Context) (string, error) {
	if dir := checkout(); dir != "" {
		return dir, nil
	}
	if dir, err := inSource(ctx, "", "list", "-m", "-f", "{{.Path}} {{.Dir}}"); err == nil {
		if at, ok := strings.CutPrefix(strings.TrimSpace(dir), modulePath+" "); ok {
			return at, nil
		}
	}
	info, ok := debug.ReadBuildInfo()
	if !ok || !strings.HasPrefix(info.Main.Version, "v") || strings.Contains(info.Main.Version, "+dirty") {
		return "", cli.Failed(errors.New("this program was built without the engine of the page, and its source is not " +
			"here; call it in the checkout that it was built from"))
	}
	text, err := inSource(ctx, os.TempDir(), "mod", "download", "-json", modulePath+"@"+info.Main.Version)
	if err != nil {
		return "", err
	}
	var got struct{ Dir string }
	if err := json.Unmarshal([]byte(text), &got); err != nil || got.Dir == "" {
		return "", cli.Failed(fmt.Errorf("the source of %s cannot be had; call misstep in a checkout", info.Main.Version))
	}
	return got.Dir, nil
}

// inSource calls the Go toolchain for WebAssembly in a folder.
func inSource(ctx context.Context, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...) //nolint:gosec // our own arguments
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOFLAGS=-mod=readonly", "GOWORK=off")
	if args[0] == "build" {
		cmd.Env = append(cmd.Env, "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	}
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	if err != nil {
		said := strings.TrimSpace(errs.String())
		return "", cli.Failed(fmt.Errorf("the engine of the page cannot be built: go %s: %s", args[0], say.Brief(said)))
	}
	return string(out), nil
}
