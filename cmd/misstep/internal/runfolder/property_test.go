package runfolder

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// someFiles draws the files of a run, with different names.
func someFiles(t *rapid.T) []File {
	names := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{1,6}\.(csv|svg|json)`), 1, 6, rapid.ID[string]).Draw(t,
		"names")
	var out []File
	for _, n := range names {
		if n != Name {
			out = append(out, NewFile(n, rapid.SliceOfN(rapid.Byte(), 0, 60).Draw(t, "data"), rapid.Bool().Draw(t, "figure")))
		}
	}
	return out
}

// TestWriteOpen: what was written is what is read, byte for byte, and writing it
// again changes nothing.
func TestWriteOpen(t *testing.T) {
	base := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		parent, err := os.MkdirTemp(base, "")
		if err != nil {
			t.Fatal(err)
		}
		m, f := sample(rapid.Uint64().Draw(t, "seed")), someFiles(t)
		if o, err := Write(parent, m, f); err != nil || o != Written {
			t.Fatalf("%v, %v", o, err)
		}
		got, err := Open(filepath.Join(parent, m.Folder()))
		if err != nil || !slices.Equal(got.Encode(), m.Encode()) {
			t.Fatalf("%v", err)
		}
		for _, want := range f {
			data, err := os.ReadFile(filepath.Join(parent, m.Folder(), want.Name))
			if err != nil || !slices.Equal(data, want.Data) {
				t.Errorf("%s: %v", want.Name, err)
			}
		}
		if o, err := Write(parent, sample(m.Inputs.Seed), f); err != nil || o != Unchanged {
			t.Errorf("again: %v, %v", o, err)
		}
	})
}

// TestAnyBitCounts: one changed byte anywhere in a listed file is found.
func TestAnyBitCounts(t *testing.T) {
	base := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		parent, err := os.MkdirTemp(base, "")
		if err != nil {
			t.Fatal(err)
		}
		m, f := sample(1), someFiles(t)
		if len(f) == 0 {
			return
		}
		if _, err := Write(parent, m, f); err != nil {
			t.Fatal(err)
		}
		victim := rapid.SampledFrom(f).Draw(t, "victim")
		path := filepath.Join(parent, m.Folder(), victim.Name)
		data := slices.Clone(victim.Data)
		if len(data) == 0 {
			data = []byte{0}
		} else {
			data[rapid.IntRange(0, len(data)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(filepath.Dir(path)); err == nil {
			t.Errorf("a changed %s passes", victim.Name)
		}
		if o, err := Write(parent, sample(1), f); err == nil && !(victim.Figure && o == Redrawn) {
			t.Errorf("a run is content with a changed %s", victim.Name)
		}
	})
}

// FuzzDecode: any bytes are a whole manifest or an error.
func FuzzDecode(f *testing.F) {
	f.Add(sample(1).Encode())
	f.Add(full().Encode())
	f.Add([]byte("{}"))
	f.Add([]byte("null"))
	f.Add([]byte("[]"))
	f.Add([]byte(`{"format": 1, "files": [{"name": "../x"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Decode(data)
		if (m == nil) == (err == nil) {
			t.Errorf("%v, %v", m, err)
		}
		if err == nil && m.Hash != m.Inputs.HashInputs() {
			t.Error("a hash that does not fit passes")
		}
		var forged Manifest // with hashes that fit
		if json.Unmarshal(data, &forged) != nil {
			return
		}
		in := &forged.Inputs
		in.SHA256 = Sum([]byte(in.Scenario))
		if in.Posterior != nil && in.Posterior.Text != "" {
			in.Posterior.SHA256 = Sum([]byte(in.Posterior.Text))
		}
		forged.Hash = in.HashInputs()
		if m, err = Decode(forged.Encode()); err != nil {
			return
		}
		if !plain(m.Folder()) || m.Inputs.Draws < 1 || m.Inputs.Replicates < 1 || m.Inputs.BlockSize < 1 {
			t.Errorf("%q passes", forged.Encode())
		}
	})
}
