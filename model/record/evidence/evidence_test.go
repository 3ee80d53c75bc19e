package evidence_test

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/record/evidence"
)

var update = flag.Bool("update", false, "write docs/REFERENCES.md")

// TestEvents: every row keeps to the vocabularies, and its date to its precision.
func TestEvents(t *testing.T) {
	used := map[string]bool{}
	for i, e := range evidence.Shipped().Events {
		if want := fmt.Sprintf("E%03d", i+1); e.ID != want {
			t.Errorf("row %d is %s, want %s", i+1, e.ID, want)
		}
		if evidence.Types.Means(e.Type).Means == "" {
			t.Errorf("%s: type %q is not in the vocabulary", e.ID, e.Type)
		}
		used[e.Type] = true
		if evidence.Checks.Means(e.Checked) == "" {
			t.Errorf("%s: checked %q is not in the vocabulary", e.ID, e.Checked)
		}
		at, err := time.Parse(evidence.Precisions.Means(e.Precision), e.Date)
		if err != nil || at.Year() < 2013 || at.Year() > 2026 {
			t.Errorf("%s: date %q does not fit precision %q", e.ID, e.Date, e.Precision)
		}
		if (e.Checked == "memory") != (e.Address == "") {
			t.Errorf("%s: checked %s, address %q", e.ID, e.Checked, e.Address)
		}
		for _, cell := range []string{e.Actors, e.Target, e.Text} {
			if cell == "" || cell != strings.TrimSpace(cell) {
				t.Errorf("%s: cell %q", e.ID, cell)
			}
		}
		checkAddress(t, e.ID, e.Address)
	}
	for _, word := range evidence.Types.All() {
		if !used[word] && word != "counter-operation" { // of which none is known: T36
			t.Errorf("type %s is used by no event", word)
		}
	}
}

var readable = regexp.MustCompile(
	`^(https?://\S+|press text of 20[0-9]{2}-[0-9-]+|EuRepoC 1\.3|CFR Cyber Operations Tracker)$`)

func checkAddress(t *testing.T, id, address string) {
	t.Helper()
	if address == "" {
		return
	}
	for _, a := range strings.Split(address, " ; ") {
		if !readable.MatchString(a) {
			t.Errorf("%s: %q is no address", id, a)
		}
	}
}

// TestAccusations: codes are answers, days are days, and each stands in a month
// of which an event is documented, where an event is its source.
func TestAccusations(t *testing.T) {
	months := map[string]bool{}
	for _, e := range evidence.Shipped().Events {
		months[e.Date[:7]] = true
	}
	last := ""
	for _, a := range evidence.Shipped().Accusations {
		if _, err := time.Parse("2006-01-02", a.Date); err != nil || a.Date < last {
			t.Errorf("%s: date %q after %q", a.ID, a.Date, last)
		}
		last = a.Date
		if strings.HasPrefix(a.Source, "E") && !months[a.Date[:7]] {
			t.Errorf("%s: no event in %s", a.ID, a.Date[:7])
		}
		for _, x := range []evidence.Answer{a.PenaltySame, a.Denial, a.Counter, a.Trade, a.Dialogue, a.Suspended} {
			switch x {
			case evidence.Yes, evidence.No, evidence.Contested, evidence.NotCoded:
			default:
				t.Errorf("%s: answer %q", a.ID, x)
			}
		}
		if a.States < 1 || a.Statement == "" || a.PenaltySame == evidence.Yes && a.PenaltyDays != 0 {
			t.Errorf("%s: %+v", a.ID, a)
		}
		if evidence.Checks.Means(a.Checked) == "" {
			t.Errorf("%s: checked %q", a.ID, a.Checked)
		}
	}
}

var key = regexp.MustCompile(`\b[EGDTP][0-9]{1,3}\b`)

// TestTargets: ranges hold their value, uses are known, and what is named exists.
func TestTargets(t *testing.T) {
	for i, x := range evidence.Targets() {
		if want := fmt.Sprintf("T%d", i+1); x.ID != want {
			t.Errorf("row %d is %s, want %s", i+1, x.ID, want)
		}
		if x.Low > x.Value || x.HasHigh && x.High < x.Value || x.N < 0 || x.N == 0 && x.Value != 0 || x.Source == "" ||
			x.Unit == "" || x.From > x.To ||
			x.From < 2000 || x.To > 2026 {
			t.Errorf("%s: %+v", x.ID, x)
		}
		if evidence.Uses.Means(x.Use) == "" {
			t.Errorf("%s: use %q", x.ID, x.Use)
		}
		for _, k := range key.FindAllString(x.Source+" "+x.Note, -1) {
			if !evidence.Known(k) {
				t.Errorf("%s names %s, which is unknown", x.ID, k)
			}
		}
	}
	if n := len(evidence.Targets()); n != 36 {
		t.Errorf("%d targets, want 36", n)
	}
	for i, p := range evidence.Shipped().Patterns {
		if want := fmt.Sprintf("P%d", i+1); p.ID != want || p.Says == "" {
			t.Errorf("pattern %d is %s %q", i+1, p.ID, p.Says)
		}
	}
	if n := len(evidence.Shipped().Patterns); n != 12 {
		t.Errorf("%d patterns, want 12", n)
	}
}

// TestRegistrySources: every parameter of the model names what it rests on: a key that is known, a section of the
// targets or of the model, or an assumption with its reason.
func TestRegistrySources(t *testing.T) {
	key := regexp.MustCompile(`\b(?:[DEGPTX]|CH|CT|CV|FB|NM)[0-9]+\b|\[\w+\]`)
	basis := regexp.MustCompile(`assumption: *\w|^model: section \d|^targets section \d|` + key.String())
	for _, p := range param.All() {
		keys := key.FindAllString(p.Source, -1)
		if !basis.MatchString(p.Source) ||
			slices.ContainsFunc(keys, func(key string) bool { return !evidence.Known(key) }) {
			t.Errorf("%s: source %q", p.Name, p.Source)
		}
	}
}

// references is the text of docs/REFERENCES.md.
func references() string {
	var b strings.Builder
	b.WriteString("# References\n\n" +
		"What `[Key]` means in a source, a comment or a scenario. This page is made from\n" +
		"model/record/evidence/references.csv; `go test ./model/record/evidence` says when they differ.\n\n" +
		"Documented events (E001), coded accusations (G01), cases with their delays (D01), target\n" +
		"statistics (T5) and patterns (P3) are in the other tables of that folder;\n" +
		"`misstep evidence KEY` tells all about one.\n\n")
	for _, r := range evidence.Shipped().References {
		b.WriteString("- **[" + r.Key + "]** " + r.Citation + " (" + r.About + ")\n")
	}
	return b.String()
}

// TestReferences: keys in order, and docs/REFERENCES.md says the same.
func TestReferences(t *testing.T) {
	last := ""
	for _, r := range evidence.Shipped().References {
		if strings.ToLower(r.Key) <= strings.ToLower(last) || r.Citation == "" || r.About == "" {
			t.Errorf("%s stands after %s: %+v", r.Key, last, r)
		}
		last = r.Key
	}
	const page = "../../../docs/REFERENCES.md"
	want := references()
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != want {
		t.Error("docs/REFERENCES.md differs from references.csv; run go test ./model/record/evidence -run TestReferences " +
			"-update")
	}
}
