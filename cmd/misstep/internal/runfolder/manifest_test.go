package runfolder

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// full is a manifest in which no field is empty.
func full() *Manifest {
	m := sample(1<<63 + 7)
	m.Inputs.Layers = []scenario.Layer{{Origin: "flag", Path: "choice.cost", Value: "uniform(0, 1)", Where: "--set"},
		{Origin: "config", Path: "a>b", Value: "<&>", Where: "c.yaml:3"}}
	m.Inputs.Posterior = &Posterior{Name: "mine.txt", Text: "format: 1\n", SHA256: Sum([]byte("format: 1\n"))}
	m.Inputs.Delta = 0.125
	m.Inputs.BOM, m.Inputs.Alone = true, true
	defer func() { m.Seal = m.seal() }()
	m.Hash = m.Inputs.HashInputs()
	m.Learned = &Learned{Uncertain: 9, Conditioned: 3, Informed: 2}
	narrower := 0.25
	m.Parameters = []Parameter{{Path: "assumptions.choice.cost", Name: "choice.cost", Value: "0.15 to 0.5", Unit: "U",
		Origin: "posterior", Source: `T7, "T19"`,
		Posterior: "0.2 to 0.4", Contraction: &narrower, InformedBy: []string{"T7", "T19"}}}
	m.Warnings = []summary.Warning{{ID: "tail", What: "±60 % only", Why: "a tail", Do: "read the bound"}}
	m.Files = files()
	return m
}

// TestManifestRoundTrip: what is read is what was written, to the byte. Catches a
// field without a name in JSON, or a seed that passes through a float.
func TestManifestRoundTrip(t *testing.T) {
	want := full()
	got, err := Decode(want.Encode())
	if err != nil {
		t.Fatal(err)
	}
	for i := range want.Files {
		want.Files[i].Data = nil // stands in the files
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if string(got.Encode()) != string(want.Encode()) {
		t.Error("the bytes differ")
	}
	if text := string(want.Encode()); !strings.Contains(text, `"<&>"`) ||
		!strings.Contains(text, `"seed": "9223372036854775815"`) || !strings.HasSuffix(text, "}\n") {
		t.Error(text)
	}
}

// TestFullIsFull: the sample of these tests leaves no field out. Catches a new field
// that no test sees.
func TestFullIsFull(t *testing.T) {
	m := full()
	for _, v := range []any{*m, m.Program, m.Inputs, m.Inputs.Layers[0], m.Parameters[0], *m.Plot,
		*m.Learned, *m.Inputs.Posterior} {
		r := reflect.ValueOf(v)
		for i := range r.NumField() {
			if r.Field(i).IsZero() && r.Type().Field(i).Tag.Get("json") != "-" {
				t.Errorf("%s.%s is empty", r.Type(), r.Type().Field(i).Name)
			}
		}
	}
}

// tree is a manifest as JSON that a test can damage.
func tree(t *testing.T, m *Manifest) map[string]any {
	t.Helper()
	var out map[string]any
	d := json.NewDecoder(strings.NewReader(string(m.Encode())))
	d.UseNumber()
	if err := d.Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestDamagedInputs: a change of any input, by hand, is seen. Catches an input that
// the hash leaves out.
func TestDamagedInputs(t *testing.T) {
	m := full()
	m.Inputs.Seed = 5 // so that one digit more is a seed too
	m.Hash = m.Inputs.HashInputs()
	intact := tree(t, m)
	inputs := intact["inputs"].(map[string]any)
	for key, value := range inputs {
		now := map[string]any{}
		for k, v := range inputs {
			now[k] = v
		}
		switch v := value.(type) {
		case string:
			now[key] = "1" + v
		case json.Number:
			now[key] = json.Number("1" + v.String())
		case bool:
			now[key] = !v
		case []any:
			now[key] = v[:1]
		case map[string]any:
			now[key] = map[string]any{"name": "other.txt", "sha256": v["sha256"], "text": v["text"]}
		default:
			t.Fatalf("%s is %T", key, value)
		}
		intact["inputs"] = now
		want := "inputs were changed after the run"
		if key == "scenario" || key == "sha256" {
			want = "inputs.scenario was changed after the run"
		}
		if _, err := Decode(say.JSON(intact)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", key, err, want)
		}
	}
	if len(inputs) != reflect.TypeFor[Inputs]().NumField() {
		t.Errorf("%d inputs damaged of %d", len(inputs), reflect.TypeFor[Inputs]().NumField())
	}
}

// TestPosteriorOfRun: a run without a posterior has no word of one, so that its hash
// is what it was; the text of an own one must be that of its digest.
func TestPosteriorOfRun(t *testing.T) {
	if text := string(sample(1).Encode()); strings.Contains(text, "posterior") || strings.Contains(text, "informed_by") ||
		strings.Contains(text, "learned") {
		t.Error(text)
	}
	with := full()
	plain := with.Inputs
	plain.Posterior = nil
	if plain.HashInputs() == with.Hash {
		t.Error("the hash does not see the posterior")
	}
	m := full()
	m.Inputs.Posterior.Text += "more"
	m.Hash = m.Inputs.HashInputs()
	if _, err := Decode(m.Encode()); err == nil ||
		!strings.Contains(err.Error(), "inputs.posterior was changed after the run") {
		t.Error(err)
	}
	m.Inputs.Posterior.Text = "" // as of the shipped one
	m.Hash = m.Inputs.HashInputs()
	if _, err := Decode(m.Encode()); err != nil {
		t.Error(err)
	}
}

// TestDamagedText: what is no manifest as a whole is refused, never read in part.
// Catches a decoder that stops at the first value, or that lets types pass.
func TestDamagedText(t *testing.T) {
	text := string(full().Encode())
	for name, c := range map[string]struct{ old, now, want string }{
		"cut in half":           {text[len(text)/2:], "", "no manifest of misstep"},
		"empty":                 {text, "", "no manifest of misstep"},
		"null":                  {text, "null", "a manifest of format 0"},
		"a list":                {text, "[]", "no manifest of misstep"},
		"followed by another":   {"", text, "no manifest of misstep"},
		"followed by a bracket": {text, text + "}", "no manifest of misstep"},
		"unknown key":           {`"program"`, `"programme"`, "unknown field"},
		"unknown key inside":    {`"goarch"`, `"goarch64"`, "unknown field"},
		"text for a number":     {`"draws": 2`, `"draws": "2"`, "no manifest of misstep"},
		"fraction":              {`"draws": 2`, `"draws": 2.5`, "no manifest of misstep"},
		"negative seed":         {`"seed": "9223372036854775815"`, `"seed": "-1"`, "no manifest of misstep"},
		"seed as a number":      {`"seed": "9223372036854775815"`, `"seed": 9223372036854775815`, "no manifest of misstep"},
		"format to come":        {`"format": 1`, `"format": 2`, "a manifest of format 2; this program reads format 1"},
		"another hash":          {`"hash": "`, `"hash": "0`, "their hash is not the one in the manifest"},
		"no hash":               {`"hash": "` + full().Hash + `",`, "", "their hash is not the one in the manifest"},
	} {
		if _, err := Decode([]byte(strings.Replace(text, c.old, c.now, 1))); err == nil ||
			!strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if _, err := Decode([]byte(text + "\n\t ")); err != nil {
		t.Errorf("space at the end: %v", err)
	}
}

// TestFolderName: the folder is the name and seven letters of the hash. Catches a
// name that is cut, or a hash that is not the one of the inputs.
func TestFolderName(t *testing.T) {
	seen := map[string]uint64{}
	for seed := range uint64(200) {
		m := sample(seed)
		if want := "tiny-" + m.Inputs.HashInputs()[:7]; m.Folder() != want {
			t.Errorf("%s, want %s", m.Folder(), want)
		}
		if other, twice := seen[m.Folder()]; twice {
			t.Errorf("seeds %d and %d share %s", seed, other, m.Folder())
		}
		seen[m.Folder()] = seed
	}
}

// TestSum: the digest is SHA-256, as any other tool computes it. Catches another
// digest, which nobody could check.
func TestSum(t *testing.T) {
	for text, want := range map[string]string{
		"":    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"abc": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
	} {
		f := NewFile("x", []byte(text), true)
		if Sum([]byte(text)) != want || f.SHA256 != want || f.Bytes != len(text) || !f.Figure {
			t.Errorf("%q: %+v", text, f)
		}
	}
}
