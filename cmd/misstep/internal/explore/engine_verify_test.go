//go:build verify

package explore

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/explore/session"
	"github.com/misstep/misstep/scenarios"
)

// shipped are the scenarios that are tried: all that ship, or the one that ONLY names.
func shipped() []string {
	if only := os.Getenv("ONLY"); only != "" {
		return []string{only}
	}
	return scenarios.Names()
}

// TestTheEngineHasTheBytesOfTheCommand: on every scenario that ships, as it is or with a number moved, the engine in
// WebAssembly brings the summary.json of the command that it names, which a shell is given as it stands. It tells how
// large the engine is and how long it takes, too.
func TestTheEngineHasTheBytesOfTheCommand(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("no node is installed, which runs the engine")
	}
	folder := t.TempDir()
	program, wasm, starts := filepath.Join(folder, "misstep"), filepath.Join(folder, "engine.wasm"),
		filepath.Join(folder, "wasm_exec.js")
	must(t, exec.Command("go", "build", "-o", program, "github.com/misstep/misstep/cmd/misstep"))
	module, script, err := built(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(module))
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("the engine takes %.1f MB, packed %.1f MB", float64(len(data))/1e6, float64(len(module))/1e6)
	for path, content := range map[string][]byte{wasm: data, starts: []byte(script)} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i, name := range shipped() {
		compareBytes(t, name, i%2 == 0, folder, starts, wasm)
	}
}

// compareBytes plays a scenario in the engine and with the command.
func compareBytes(t *testing.T, name string, move bool, folder, starts, wasm string) {
	t.Helper()
	text, err := scenarios.Files.ReadFile(name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	source := session.Source{Format: session.Format, Name: name, File: name, Text: string(text), Generator: "mix", Seed: 1,
		Draws: 200, Replicates: 12, BlockSize: 12}
	s, err := session.Open(source)
	if err != nil {
		t.Fatal(err)
	}
	state := s.Shipped()
	if move {
		state.Sets, state.Seed = []string{"choice.rationality=40"}, 3
	}
	as := func(v any) string { b, _ := json.Marshal(v); return string(b) }
	all := func(level string) map[string]string { return map[string]string{"pieces": level, "of": as(state)} }
	steps := as([][]any{{"open", as(source)}, {"dropped", as(state), session.Fine, 0}, {"fold", as(state), session.Draft, all(session.Draft), []any{}},
		{"fold", as(state), session.Fine, all(session.Fine), []any{}}, {"summary"}, {"command", as(state)}})
	node := exec.Command("node", "testdata/engine.mjs", starts, wasm)
	node.Stdin = bytes.NewReader([]byte(steps))
	var got struct {
		Started, Memory float64
		Answers         []struct {
			Value, Problems         string
			Took, Answered, Longest float64
		}
	}
	if err := json.Unmarshal(must(t, node), &got); err != nil {
		t.Fatal(err)
	}
	for i, a := range got.Answers {
		if a.Problems != "" {
			t.Fatalf("%s, step %d: %s", name, i, a.Problems)
		}
	}
	if !strings.Contains(got.Answers[1].Value, "nobody waits") {
		t.Errorf("%s: a piece that is taken back brings %s", name, got.Answers[1].Value)
	}
	a := slices.Delete(got.Answers, 1, 2)
	t.Logf("%s: started in %.0f ms, open %.0f, draft %.0f (a piece at most %.0f, fold %.0f), fine %.0f (%.0f, %.0f), "+
		"%.0f MB", name, got.Started, a[0].Took, a[1].Took, a[1].Longest, a[1].Answered, a[2].Took, a[2].Longest,
		a[2].Answered,
		got.Memory/1e6)
	shell := exec.Command("sh", "-c", a[4].Value+" --json --quiet --no-figures --config none --out "+folder+"/outputs")
	shell.Env = append(os.Environ(), "PATH="+folder+":"+os.Getenv("PATH"))
	if !bytes.Equal(must(t, shell), []byte(a[3].Value)) {
		t.Errorf("%s has other bytes than %s", name, a[4].Value)
	}
}

func must(t *testing.T, cmd *exec.Cmd) []byte {
	t.Helper()
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v", cmd.Args[:min(3, len(cmd.Args))], err)
	}
	return out
}
