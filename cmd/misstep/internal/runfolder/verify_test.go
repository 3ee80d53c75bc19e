package runfolder

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/settings"
)

// kept writes a run and returns its folder.
func kept(t *testing.T) (parent, dir string) {
	t.Helper()
	parent = t.TempDir()
	m := sample(1)
	write(t, parent, m, files())
	return parent, filepath.Join(parent, m.Folder())
}

func link(t *testing.T, to, at string) {
	t.Helper()
	if err := os.Symlink(to, at); err != nil {
		t.Skip(err)
	}
}

// instead puts something else in the place of a file.
func instead(t *testing.T, dir, name string, put func(at string) error) {
	t.Helper()
	lose(t, dir, name)
	if err := put(filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
}

// TestVerify: what a folder may not be, and what it may. Catches a verification that
// trusts names or sizes, or that follows the manifest out of the folder.
func TestVerify(t *testing.T) {
	for name, c := range map[string]struct {
		damage func(t *testing.T, dir string)
		want   string // "" for a folder that is whole
	}{
		"whole":      {func(*testing.T, string) {}, ""},
		"extra file": {func(t *testing.T, dir string) { put(t, dir, "mine.txt", "x") }, ""},
		"missing": {func(t *testing.T, dir string) { lose(t, dir, "summary.json") },
			"summary.json: missing, though the manifest lists it"},
		"one byte, same length": {func(t *testing.T, dir string) { put(t, dir, "peak.csv", "a,c\n") },
			"peak.csv: changed since it was written"},
		"one byte more": {func(t *testing.T, dir string) { put(t, dir, "peak.csv", "a,b\n\n") },
			"peak.csv: changed since it was written"},
		"emptied": {func(t *testing.T, dir string) { put(t, dir, "peak.svg", "") },
			"peak.svg: changed since it was written"},
		"other ends of lines": {func(t *testing.T, dir string) { put(t, dir, "summary.json", "{}\r\n") },
			"summary.json: changed since it was written"},
		"link to the same bytes":  {linked("{}\n"), ""},
		"link to other bytes":     {linked("{ }\n"), "summary.json: changed since it was written"},
		"link to nowhere":         {dangling, "summary.json: missing, though the manifest lists it"},
		"folder for a file":       {foldered("peak.svg"), "peak.svg: not a file but a folder"},
		"folder for the manifest": {foldered(Name), "manifest.json: not a file but a folder"},
		"name that leads out":     {renamed("peak.svg", "../peak.svg"), `file name "../peak.svg" leads out of the folder`},
		"absolute name":           {renamed("peak.svg", "/etc/passwd"), `file name "/etc/passwd" leads out of the folder`},
		"name of nothing":         {renamed("peak.svg", ""), `file name "" leads out of the folder`},
		"name of another file":    {renamed("peak.svg", "peak.png"), "peak.png: missing, though the manifest lists it"},
	} {
		t.Run(name, func(t *testing.T) {
			_, dir := kept(t)
			c.damage(t, dir)
			m, err := Open(dir)
			if c.want == "" && (err != nil || len(m.Files) != 3) || c.want != "" &&
				(err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

func linked(text string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		put(t, filepath.Dir(dir), "elsewhere", text)
		instead(t, dir, "summary.json", func(at string) error { return os.Symlink("../elsewhere", at) })
	}
}

func dangling(t *testing.T, dir string) {
	instead(t, dir, "summary.json", func(at string) error { return os.Symlink("nowhere", at) })
}

func foldered(name string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		instead(t, dir, name, func(at string) error { return os.Mkdir(at, 0o755) })
	}
}

// renamed changes a file's name in the manifest.
// unsealed is the text of a manifest as older versions wrote it.
func unsealed(text string) string {
	return regexp.MustCompile(`"seal": "[0-9a-f]*"`).ReplaceAllString(text, `"seal": ""`)
}

// TestSeal: a manifest that was changed in what nothing else of it tells is refused.
func TestSeal(t *testing.T) {
	_, dir := kept(t)
	data, err := os.ReadFile(filepath.Join(dir, Name))
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(data), `"version": "`, `"version": "v9`, 1)
	if changed == string(data) {
		t.Fatal(string(data))
	}
	put(t, dir, Name, changed)
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "its seal does not fit") {
		t.Error(err)
	}
	put(t, dir, Name, strings.Replace(string(data), "  \"format\": 1,\n", "  \"format\": 1,\n  \"format\": 1,\n", 1))
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "its seal does not fit") {
		t.Errorf("a member twice: %v", err)
	}
	put(t, dir, Name, strings.ReplaceAll(string(data), "\n", "\r\n"))
	if _, err := Open(dir); err != nil {
		t.Errorf("other ends of lines: %v", err)
	}
	put(t, dir, Name, unsealed(changed))
	if _, err := Open(dir); err != nil {
		t.Error(err)
	}
}

func renamed(old, now string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		data, err := os.ReadFile(filepath.Join(dir, Name))
		if err != nil {
			t.Fatal(err)
		}
		put(t, dir, Name, strings.Replace(unsealed(string(data)), `"name": "`+old+`"`, `"name": "`+now+`"`, 1))
	}
}

// TestRedrawKeepsTargets: a figure that was replaced by a link is replaced itself;
// what the link leads to stays. Catches a redraw that writes through a link.
func TestRedrawKeepsTargets(t *testing.T) {
	parent, dir := kept(t)
	put(t, parent, "precious", "<svg/>")
	instead(t, dir, "peak.svg", func(at string) error { return os.Symlink("../precious", at) })
	f := []File{NewFile("peak.svg", []byte("<svg 6/>"), true), files()[2]}
	plot := &settings.Plot{Formats: []string{"svg"}, Width: 6, DPI: 200}
	if o, err := Redraw(dir, plot, f); o != Redrawn || err != nil {
		t.Fatal(o, err)
	}
	data, err := os.ReadFile(filepath.Join(parent, "precious"))
	if err != nil || string(data) != "<svg/>" {
		t.Errorf("%q, %v", data, err)
	}
	if info, err := os.Lstat(filepath.Join(dir, "peak.svg")); err != nil || !info.Mode().IsRegular() {
		t.Errorf("%v, %v", info, err)
	}
}

// TestFolderThatIsALink: a link to a run folder is that run; one that leads nowhere
// is in the way. Catches a run that is written through a dangling link.
func TestFolderThatIsALink(t *testing.T) {
	_, dir := kept(t)
	parent := t.TempDir()
	link(t, dir, filepath.Join(parent, filepath.Base(dir)))
	if o := write(t, parent, sample(1), files()); o != Unchanged {
		t.Errorf("outcome %v", o)
	}
	nowhere := t.TempDir()
	at := filepath.Join(nowhere, filepath.Base(dir))
	link(t, "gone", at)
	if _, err := Write(nowhere, sample(1), files()); err == nil ||
		!strings.Contains(err.Error(), "a link that leads nowhere is in the way") {
		t.Errorf("%v", err)
	}
	if entries, _ := os.ReadDir(nowhere); len(entries) != 1 {
		t.Errorf("left %v", entries)
	}
}

// TestFileInTheWay: a file under the folder's name, or above it, is kept. Catches a
// rename over what is not the program's.
func TestFileInTheWay(t *testing.T) {
	parent := t.TempDir()
	put(t, parent, sample(1).Folder(), "mine")
	if _, err := Write(parent, sample(1), files()); err == nil || !strings.Contains(err.Error(), "not a directory") {
		t.Errorf("%v", err)
	}
	if _, err := Write(filepath.Join(parent, sample(1).Folder()), sample(1), files()); err == nil ||
		!strings.Contains(err.Error(), "cannot create: not a directory; nothing written") {
		t.Errorf("%v", err)
	}
	if got := listing(t, parent); len(got) != 1 || got[sample(1).Folder()] != "mine" {
		t.Errorf("%v", got)
	}
}

// TestTwoRunsBeside: two runs into one folder keep to themselves. Catches a run that
// clears its parent, or a hash without the seed.
func TestTwoRunsBeside(t *testing.T) {
	parent := t.TempDir()
	write(t, parent, sample(1), files())
	first := listing(t, parent)
	put(t, parent, "notes.txt", "mine")
	write(t, parent, sample(2), files())
	after := listing(t, parent)
	for name, text := range first {
		if after[name] != text {
			t.Errorf("%s changed", name)
		}
	}
	if len(after) != 2*len(first)+1 || after["notes.txt"] != "mine" {
		t.Errorf("%d files after %d", len(after), len(first))
	}
	for _, seed := range []uint64{1, 2} {
		m, err := Open(filepath.Join(parent, sample(seed).Folder()))
		if err != nil || m.Inputs.Seed != seed {
			t.Errorf("seed %d: %+v, %v", seed, m, err)
		}
	}
}
