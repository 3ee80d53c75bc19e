package params

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
)

// TestKeysIn: the keys of a source, as they are written. Catches a reason that is
// read as a key, and a range of which only the ends count.
func TestKeysIn(t *testing.T) {
	for source, want := range map[string]string{
		"":   "",
		"T5": "T5",
		"T26, T12 (posterior); T19; assumption: as E001 says": "T26 T12 T19",
		"E093; E094; E107":                         "E093 E094 E107",
		"[Buchanan2016]; T5":                       "Buchanan2016 T5",
		"coded accusations G01 to G04":             "G01 G02 G03 G04",
		"E013; coded accusations G26 to G27; E013": "E013 G26 G27",
		"T26 to G01":                               "T26",
		"DCID 2.0; EuRepoC 1.3":                    "",
		"E999 and T5":                              "T5",
		"model: section 9; targets section 1":      "",
		"assumption: T5 would say so":              "",
		"G01 to G999999999999":                     "",
	} {
		got := say.KeysIn(source)
		if source == "G01 to G999999999999" {
			if len(got) > 1000 {
				t.Errorf("%q: %d keys", source, len(got))
			}
			continue
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %v, want %s", source, got, want)
		}
	}
}

// TestChain: parameter ← targets ← events ← sources, with what informed it in front.
func TestChain(t *testing.T) {
	v := small.Posterior(t).Condition(small.Scenario(t))
	i := slices.IndexFunc(v.Slots, func(s scenario.Slot) bool { return s.Path == "assumptions.choice.price" })
	p := describeNumber(v, i, true)
	if len(p.RestsOn) < 2 || p.RestsOn[0].Key != "T26" || p.RestsOn[1].Key != "T12" ||
		p.RestsOn[0].Kind != evidence.KindTarget {
		t.Fatalf("%+v", p.RestsOn)
	}
	rows := p.RestsOn[0].RestsOn
	if len(rows) == 0 || rows[0].Kind != evidence.KindAccusation || rows[0].Text == "" || rows[0].Date == "" ||
		rows[0].Checked == "" {
		t.Fatalf("%+v", rows)
	}
	full := paramInFull([]parameter{p}, "tiny.yaml")
	flat := strings.Join(strings.Fields(full), " ")
	for _, want := range []string{"value posterior: median ", "before 0.",
		"from the posterior, which updates the prior learned", "learned the spread narrows by ", "informed by T26 and T12",
		"rests on T26 ", "G01 ", "more (--json has all)"} {
		if !strings.Contains(flat, want) {
			t.Errorf("lacks %q:\n%s", want, full)
		}
	}
	for line := range strings.SplitSeq(full, "\n") {
		if strings.TrimRight(line, " ") != line {
			t.Errorf("%q ends in blanks", line)
		}
	}
	if row := paramRow(&p, false); !strings.Contains(row, p.Posterior.after.low+" to "+p.Posterior.after.high+" U") ||
		!strings.Contains(row, "posterior T26, T12") {
		t.Errorf("%q", row)
	}
}

// TestChainOfOwnSource: a number that no posterior updates has the chain of its source
// text, an event its address, and an assumption alone has none.
func TestChainOfOwnSource(t *testing.T) {
	event := evidence.Shipped().Events[0]
	chain := chainOf(nil, event.ID+"; assumption: more")
	if len(chain) != 1 || chain[0].Address != event.Address || chain[0].Kind != evidence.KindEvent {
		t.Errorf("%+v", chain)
	}
	if got := chainOf(nil, "assumption: T5"); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	if got := chainOf([]string{"T5"}, "T5; T5"); len(got) != 1 {
		t.Errorf("%+v", got)
	}
	for _, e := range evidence.All() {
		for line := range strings.SplitSeq(paramInFull([]parameter{{RestsOn: chainOf(nil, e.Key)}}, ""), "\n") {
			if utf8.RuneCountInString(line) > 400 || strings.TrimRight(line, " ") != line {
				t.Errorf("%s: %q", e.Key, line)
			}
		}
	}
}

// TestLearnedInWords: what the record says of a number.
func TestLearnedInWords(t *testing.T) {
	for _, c := range []struct {
		l    *learned
		want string
	}{
		{nil, ""},
		{&learned{Contraction: .04, Silent: true, InformedBy: []string{"T1"}}, "next to nothing: the spread narrows by 4 %"},
		{&learned{Contraction: .4}, "the spread narrows by 40 %, by no single target"},
		{&learned{Contraction: .4, InformedBy: []string{"T1", "T26"}}, "the spread narrows by 40 %, informed by T1 and T26"},
	} {
		if got := c.l.inWords(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// TestOriginOfConditioned: which prior the posterior updates is told too.
func TestOriginOfConditioned(t *testing.T) {
	for before, want := range map[scenario.Origin]string{
		scenario.FromPrior:    "the posterior, which updates the prior",
		scenario.FromScenario: "the posterior, which updates the scenario, x.yaml:12",
		scenario.FromConfig:   "the posterior, which updates the settings file",
		scenario.FromFlag:     "the posterior, which updates a flag",
	} {
		p := parameter{Origin: "posterior", Line: 12, Posterior: &learned{Before: string(before)}}
		if got := originInFull(&p, "x.yaml"); got != want {
			t.Errorf("%s: %q", before, got)
		}
	}
}

// TestParamsJSON: a conditioned number has its posterior and its chain, another the
// chain alone, and no list is null.
func TestParamsJSON(t *testing.T) {
	clitest.InSmallFolder(t)
	status, out, stderr := call("params", "tiny.yaml", "--json", "--posterior", "learned.txt")
	if status != 0 || strings.Contains(out, "null") {
		t.Fatalf("%d, %s", status, stderr)
	}
	var all []struct {
		Origin    string
		Posterior *learned
	}
	if err := json.Unmarshal([]byte(out), &all); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, p := range all {
		if (p.Posterior != nil) != (p.Origin == "posterior") {
			t.Errorf("%+v", p)
		}
		if p.Posterior != nil {
			n++
			if l := p.Posterior; !(l.Low < l.Median && l.Median < l.High) || l.Before == "" {
				t.Errorf("%+v", l)
			}
		}
	}
	if n != 3 {
		t.Errorf("%d of %d numbers have a posterior", n, len(all))
	}
	if _, plain, _ := call("params", "tiny.yaml", "--json", "--prior"); strings.Contains(plain, `"posterior"`) {
		t.Error("without a posterior there is one")
	}
}
