package record

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/evidence"
)

// TestEvidenceOfEachKind: a row of each kind in full, to the letter. Catches a label
// that moves, and a fact of one kind that is told of another.
func TestEvidenceOfEachKind(t *testing.T) {
	for key, want := range map[string]string{
		"E009": `E009, event
  The working group meets a second time, in Beijing
  date       2013-12 (the month)
  type       dialogue-meeting: a dialogue meets
  stands     event meeting
  actors     United States; China
  target     both
  checked    memory: not looked up: to be checked before anything rests on it alone
`,
		"G15": `G15, accusation
  Eight states name a group, Australia leading
  date       2024-07-09
  led by     another state
  kind       advisory
  states     8 states, with the United Kingdom
  penalty    none found
  denial     yes, within a week
  counter    yes, within a week
  report     after 97 days
  trade      no
  dialogue   no
  suspended  not coded
  source     E082
  checked    source: read at the address
`,
		"G12": `G12, accusation
  Officials name China informally over the forged keys
  date       2023-07-12
  led by     United States
  kind       remark: listed, and does not count
  states     1 state, without the United Kingdom
  penalty    none found
  denial     yes, within a week
  counter    yes, within a week
  report     after 14 days
  trade      no
  dialogue   no
  suspended  not coded
  source     E065; E066
  checked    source: read at the address
`,
		"D02": `D02, delay case
  Personnel files (OPM)
  victim     United States
  start      2014-05-07
  detected   2015-04-15
  disclosed  2015-06-04
  attributed never, up to 2026-11-21
  intent     espionage: to know
  source     E015; E016; (named in remarks alone, and never formally)
  checked    source: read at the address
`,
		"FB13": `FB13, belief
  The electoral authority
  date       2022-10 (the month)
  victim     United Kingdom
  held by    service: sources in intelligence and two former chiefs, to the press
  believed   Russia
  came out   China, by the attribution of 25 March 2024
  error      culprit: who did it
  outcome    wrong: something else was true
  rung       R0
  since      2023-08-08
  corrected  2024-03-25
  lag        230 days
  certainty  sure
  source     Telegraph in The Messenger and Yahoo 2023-08-09; E073; G14
  checked    source: read at the address
`,
		"CH31": `CH31, channel
  Experts under the two security councils
  parties    United States; Russia
  level      officials
  track      official
  cyberspace all: all of it
  agreed     2021-06-16
  first      2021-07 (the month)
  rounds     6
  last       2022-01 (the month)
  ending     ended: broken off or closed
  ended      2022-02-24, invasion of Ukraine; a shock to several: Ukraine
  counts     yes
  certainty  sure
  note       extortioners were arrested on 2022-01-14; closed for good by April 2022; no talks by
             December 2025
  source     UrduPoint and Sapo 2022-04-07; PIR Center 2024; Sputnik 2025-12-01; X026; X030
  checked    source: read at the address
`,
		"X084": `X084, step of a pair
  The lines are cut together with a factory zone
  date       2016-02-11
  type       dialogue-broken: a dialogue or visit is broken off
  stands     event suspension
  parties    South Korea; North Korea
  actors     North Korea
  target     South Korea
  rung       R6
  certainty  sure
  source     South Korean ministry of unification
  checked    memory: not looked up: to be checked before anything rests on it alone
`,
		"CV07": `CV07, covert figure
  missions of the American force in networks of partners, a year
  value      22 1/y
  n          22
  use        N: compared with nothing: no such event in the model, or a pattern or prior rests on it
  years      2023 to 2023
  parties    all
  certainty  sure
  note       5 in 2018, 24 by 2021, over 60 in 28 states by September 2024; as a guest, so toward a
             rival R0 or R1
  source     MeriTalk 2024-09; CyberMaterial 2024
  checked    source: read at the address
`,
		"T20": `T20, target
  suspension of a live dialogue within 30 days after an accusation
  value      0.5 [0.0126, 0.987], 95 %
  method     exact binomial (Clopper–Pearson), 1 of 2
  unit       none
  use        C: calibration
  years      2014 to 2026
  note       1 of 2 exposures; the secret talks of December 2024 are no formal dialogue and do not
             count; .1 to .9 was judged
  source     E012; E116; G01; G27

  rests on
    G01   2014-05-19 Five officers of army unit 61398 charged
    G27   2026-04-23 Advisory led by the United Kingdom on networks of captured devices
`,
		"P7": "P7, pattern\n  The accused denies\n",
		"DelMoral2012": `DelMoral2012, reference
  Del Moral, P., Doucet, A. and Jasra, A. (2012). An adaptive sequential Monte Carlo method for
  approximate Bayesian computation. Statistics and Computing 22(5), 1009-1020.
  used for   method: calibration
`,
	} {
		if have := evidenceInFull(evidence.Shipped(), evidenceOf(t, key)); have != want {
			t.Errorf("have\n%s\nwant\n%s", have, want)
		}
	}
}

// TestEvidenceLineOfEachKind: a row of each kind in its line, to the letter, cut where
// it is too long. Catches a column that a kind loses.
func TestEvidenceLineOfEachKind(t *testing.T) {
	for key, want := range map[string]string{
		"E009": "  E009  2013-12    dialogue-meeting           The working group meets a second time, in Be… memory",
		"G02":  "  G02   2017-11-27 United States              Three employees of a firm (Boyusec) charged,… source",
		"G16":  "  G16   2024-07-31 European Union or a member Germany attributes the intrusion into its ma… source",
		"D01":  "  D01   2006       espionage                  Army unit 61398 (APT1)                        source",
		"FB13": "  FB13  2022-10    culprit                    The electoral authority                       source",
		"CH14": "  CH14  2026-01-20 United Kingdom; China      Dialogue of security officials on cyberspace  source",
		"X084": "  X084  2016-02-11 dialogue-broken            The lines are cut together with a factory zo… memory",
		"CV07": "  CV07  N          22 1/y                     missions of the American force in networks o… source",
		"CV01": "  CV01  P          0.017 [−0.017, 0.048]      cyber answers of the other side within 90 da… source",
		"T3":   "  T3    C  1.1 [0.6, 2]               n = 19          variance over mean of the yearly counts of T1",
		"T20": "  T20   C  0.5 [0.0126, 0.987]        1 of 2          suspension of a live dialogue within 30 " +
			"days …",
		"T30": "  T30   E  0.222 [0.0458, 0.65] 1/y   3 in 13.5 years ruptures of channels between the United " +
			"State…",
		"P1": "  P1    Most discovered incidents draw no public response",
		"DelMoral2012": "  DelMoral2012            Del Moral, P., Doucet, A. and Jasra, A. (2012). An adaptive sequential " +
			"Mo…",
	} {
		if have := evidenceLine(evidenceOf(t, key)); have != want {
			t.Errorf("have %q\nwant %q", have, want)
		}
	}
}

// TestEvidenceJSONOfEachKind: the fields that each kind has as JSON, and no others.
// Catches a field that appears empty, or is lost.
func TestEvidenceJSONOfEachKind(t *testing.T) {
	for key, want := range map[string]string{
		"E001":         "address checked date facts key kind precision text type",
		"E009":         "checked date facts key kind precision text type",
		"G15":          "address checked date facts key kind precision text type",
		"D02":          "address checked date facts key kind precision text type",
		"FB13":         "address checked date facts key kind precision text type",
		"CH31":         "address checked date facts key kind precision text type",
		"X084":         "address checked date facts key kind precision text type",
		"CV07":         "address checked facts key kind text type",
		"T16":          "address facts key kind text type values",
		"P7":           "key kind text",
		"DelMoral2012": "facts key kind text",
	} {
		var back map[string]any
		if err := json.Unmarshal(say.JSON(evidenceOf(t, key)), &back); err != nil {
			t.Fatal(err)
		}
		if have := strings.Join(slices.Sorted(maps.Keys(back)), " "); have != want {
			t.Errorf("%s has %s, want %s", key, have, want)
		}
	}
}

// TestEvidenceJSONOfTargets: parts, counts and rows of a target as JSON. Catches a part
// that is lost, and a memory count that goes to the wrong part.
func TestEvidenceJSONOfTargets(t *testing.T) {
	type value struct {
		Part, Method string
		Value, High  *float64
		Coverage     float64
		NMemory      int `json:"n_memory"`
		N, Hits      int
		Years        float64
		Dated        bool
		Rows         []string
	}
	read := func(key string) (out struct{ Values []value }) {
		if err := json.Unmarshal(say.JSON(evidenceOf(t, key)), &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	var parts []string
	for _, v := range read("T16").Values {
		parts = append(parts, v.Part)
		if !v.Dated || v.Coverage != 0.95 || v.NMemory != 0 || len(v.Rows) != v.N || v.Method != evidence.MethodBinomial {
			t.Errorf("%+v", v)
		}
	}
	if have := strings.Join(parts,
		"; "); have != "; if all that is not coded were no; after European and British accusations; after accusations led "+
		"by another state" {
		t.Errorf("parts %q", have)
	}
	for _, v := range read("T24").Values {
		if v.NMemory != 1 || v.Hits != 0 || v.Years != 0 || slices.Contains(v.Rows, "E009") {
			t.Errorf("%+v", v)
		}
	}
	if v := read("T11").Values[0]; v.High != nil || v.Dated || len(v.Rows) != 0 || *v.Value != 0.41 {
		t.Errorf("%+v", v)
	}
	if v := read("T18").Values[0]; v.Hits != 9 || v.Years != 2 || *v.Value != 4.5 {
		t.Errorf("%+v", v)
	}
}

// TestEvidenceAsOf: targets as of a day are told as of it, with the rows known then and
// no others. Catches a list that is cut and a value that is not.
func TestEvidenceAsOf(t *testing.T) {
	tables := evidence.Shipped()
	all := evidenceRows(tables, time.Date(2017, 12, 31, 0, 0, 0, 0, time.UTC))
	row := func(key string) *evidenceRow {
		return &all[slices.IndexFunc(all, func(r evidenceRow) bool { return r.Key == key })]
	}
	text := evidenceInFull(tables, row("T20"))
	for _, want := range []string{"  value      1 [0.025, 1], 95 %\n",
		"  method     exact binomial (Clopper–Pearson), 1 of 1\n",
		"  as of      2017-12-31; the note is about the whole record\n", "    G01   2014-05-19 "} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "    G27 ") || strings.Contains(text, "    G02 ") {
		t.Errorf("rests on the future or on what does not count:\n%s", text)
	}
	// G01 in 2014 to 2017; G02 names no state
	if have := evidenceLine(row("T26")); !strings.Contains(have, "1 in 4.0 years") {
		t.Errorf("%q", have)
	}
	if have := evidenceLine(row("T30")); !strings.Contains(have, "0 [0, 0.738] 1/y") { // 3.689 in 5 years
		t.Errorf("%q", have)
	}
}
