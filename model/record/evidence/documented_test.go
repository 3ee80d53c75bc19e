package evidence

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Rows without a mistake, of tables that only the program has.
var goodRows = map[string]string{
	"beliefs.csv": beliefColumns +
		"\nFB01,A dam,2001-02-03,Norway,state,the ministry,Denmark,a fault,existence,wrong,R0," +
		"2001-02-04,2001-03,sure,,(press),source\n",
	"channels.csv": channelColumns + "\nCH01,Norway; Denmark,Talks,officials,official,all,2001,2001-05,3,2004,ended," +
		"2002; 2005-06,quarrel; war,own; Crimea,2003,yes,sure,,(press),source\n",
	"dyads.csv": stepColumns +
		"\nX001,Norway; Denmark,2001-02-03,day,Norway,Denmark,attribution,R3,A dam,sure,(press),source\n" +
		"X002,Norway; Sweden,2001-02,month,press,Sweden,leak,,A lake,likely,,memory\n",
	"covert.csv": covertColumns + "\nCV01,dams,count,2,1,3,2,P,2001,2004,Norway; Denmark,sure,,(press),source\n",
}

// problemsOf are the mistakes of a table that replaces the shipped one.
func problemsOf(t *testing.T, file, text string) string {
	_, problems := load(altered(t, file, func(string) string { return text }), nil)
	problems = slices.DeleteFunc(problems, func(p Problem) bool { return p.File != file }) // others cite what is gone
	return problems.Error()
}

// TestRefusals: each rule of the four tables alone, at its place, with what to do. Catches a rule
// that lets its mistake pass.
func TestRefusals(t *testing.T) {
	for file, good := range goodRows {
		if have := problemsOf(t, file, good); have != "" {
			t.Errorf("without a mistake: %s", have)
		}
	}
	for _, c := range []struct{ file, old, next, want string }{
		{"beliefs.csv", "FB01", "E01", `2:1: id: "E01" is no key of this table; write FB or NM or CT and a number`},
		{"beliefs.csv", "2001-02-03,", ",", `date: is empty; write when the incident was`},
		{"beliefs.csv", "2001-02-03,", "1959,", `date: "1959" lies outside 1960 to 2100; correct the year`},
		{"beliefs.csv", "2001-02-04,", "2001-02-04; 2002,", `believed_on: holds 2 dates; write one`},
		{"beliefs.csv", "2001-02-04,", "4 Feb,", `believed_on: "4 Feb" is no date`},
		{"beliefs.csv", "2001-02-04,", "2001-02-02,", `believed_on: 2001-02-02 lies before date, 2001-02-03; correct one`},
		{"beliefs.csv", "2001-03,", "2001-01,", `corrected_on: 2001-01 lies before believed_on, 2001-02-04; correct one`},
		{"beliefs.csv", ",state,", ",crown,",
			`holder: "crown" is not known; known: firm, market, press, public, service, state`},
		{"beliefs.csv", "existence", "existance", `error: "existance" is not known; did you mean "existence"?`},
		{"beliefs.csv", ",wrong,", ",false,", `outcome: "false" is not known`},
		{"beliefs.csv", ",R0,", ",R10,", `rung: "R10" is not known`},
		{"beliefs.csv", ",sure,", ",certain,", `certainty: "certain" is not known`},
		{"beliefs.csv", "existence", "none", `error: is none, though the outcome is wrong; none goes with right`},
		{"beliefs.csv", ",a fault,", ",,", `established: goes with any outcome but unresolved`},
		{"beliefs.csv", ",a fault,existence,wrong", ",,culprit,unresolved",
			`corrected_on: is there, though the outcome is unresolved`},
		{"beliefs.csv", "existence,wrong", "none,right", `corrected_on: is there, though the outcome is right`},
		{"beliefs.csv", ",(press),", ",,", `source: is empty; fill it in`},
		{"beliefs.csv", ",(press),", ",E999,", `source: nothing has the key "E999"`},
		{"beliefs.csv", ",source\n", ",read\n", `checked: "read" is not known`},
		{"channels.csv", ",2001,2001-05,", ",2001,2000-05,", `first: 2000-05 lies before agreed, 2001`},
		{"channels.csv", ",3,2004,", ",3,2001-04,", `last: 2001-04 lies before first, 2001-05`},
		{"channels.csv", ",3,2004,", ",three,2004,", `rounds: "three" is no whole number from 0 to 1000`},
		{"channels.csv", ",3,2004,", ",3,2006,", `ended: 2005-06 lies before last, 2006`},
		{"channels.csv", ",2002; 2005-06,", ",2000; 2005-06,", `ended: 2000 lies before agreed, 2001`},
		{"channels.csv", ",2002; 2005-06,", ",2002; 2002-11,", `ended: 2002-11 lies before restored, 2003`},
		{"channels.csv", ",2003,", ",2001-12,", `restored: 2001-12 lies before ended, 2002`},
		{"channels.csv", "quarrel; war", "war", `cause: tells 1 causes of 2 ends; tell one for each`},
		{"channels.csv", "own; Crimea", "Crimea", `shock: names 1 shocks for 2 ends; name one for each, own if it is none`},
		{"channels.csv", "own; Crimea", "own; Krim", `shock: "Krim" is not known; known: Crimea, Ukraine, own`},
		{"channels.csv", ",2003,", ",2003; 2006; 2007,", `restored: tells 3 returns from 2 ends; a return needs its end`},
		{"channels.csv", ",ended,2002", ",alive,2002", `ending: is alive, though the last end has no return`},
		{"channels.csv", "2002; 2005-06,quarrel; war,own; Crimea,2003", ",,,", `ended: is empty, though the channel ended`},
		{"channels.csv", ",yes,", ",no,",
			`counts: is no against the rule (official, all or half about cyberspace, two states`},
		{"channels.csv", ",all,", ",part,", `counts: is yes against the rule`},
		{"channels.csv", ",official,", ",experts,", `counts: is yes against the rule`},
		{"channels.csv", "Norway; Denmark", "Norway; Denmark; Sweden", `counts: is yes against the rule`},
		{"channels.csv", "Norway; Denmark", "Norway; ASEAN", `counts: is yes against the rule`},
		{"channels.csv", ",ended,2002", ",single,2002", `counts: is yes against the rule`},
		{"channels.csv", ",ended,2002", ",over,2002", `ending: "over" is not known`},
		{"channels.csv", ",all,", ",most,", `share: "most" is not known`},
		{"channels.csv", ",officials,", ",clerks,", `level: "clerks" is not known`},
		{"channels.csv", ",official,", ",2,", `track: "2" is not known`},
		{"dyads.csv", "Norway; Denmark,", "Norway,", `parties: are no pair; write two names with a semicolon between them`},
		{"dyads.csv", "Norway; Denmark,", "Norway; Norway,", `parties: are no pair`},
		{"dyads.csv", ",day,Norway,", ",day,Sweden,",
			`actors: Sweden is of another pair than Norway and Denmark; correct one`},
		{"dyads.csv", ",Denmark,attr", ",Sweden,attr",
			`target: Sweden is of another pair than Norway and Denmark; correct one`},
		{"dyads.csv", ",attribution,", ",measure,", `type: "measure" is not known`},
		{"dyads.csv", "2001-02-03,day", "2001-02-30,day", `date: "2001-02-30" is no date`},
		{"dyads.csv", "X002", "X001", `3:1: id: "X001" stands already at dyads.csv:2`},
		{"covert.csv", ",2,1,3,", ",,1,3,", `value: has no number; write one`},
		{"covert.csv", ",2,1,3,", ",2,,3,", `high: a range needs both ends; write low and high, or neither`},
		{"covert.csv", ",2,1,3,", ",4,1,3,", `value: lies outside its range; correct one of the three`},
		{"covert.csv", ",2001,2004,", ",2004,2001,", `to: the years have no order`},
		{"covert.csv", ",P,", ",E,", `use: "E" is not known`},
	} {
		text := strings.Replace(goodRows[c.file], c.old, c.next, 1)
		if have := problemsOf(t, c.file, text); text == goodRows[c.file] || !strings.Contains(have, c.want) {
			t.Errorf("%s → %s: have %s\nwant %s", c.old, c.next, have, c.want)
		}
	}
}

// TestVocabulariesAreUsed: each word of the four tables stands in a row, but for types that only
// China's pairs show. Catches a word that is misspelt in the code and one left behind.
func TestVocabulariesAreUsed(t *testing.T) {
	used, s := map[string]bool{}, Shipped()
	for _, b := range s.Beliefs {
		used[b.Holder], used[b.Error], used[b.Outcome], used[b.Certainty] = true, true, true, true
	}
	for _, c := range s.Channels {
		used[c.Level], used[c.Share], used[c.Ending], used[c.Certainty] = true, true, true, true
		for _, e := range c.Ends {
			used[e.Shock] = true
		}
	}
	for _, c := range s.Covert {
		used["use "+c.Use] = true
	}
	for _, x := range s.Steps {
		used[x.Type] = true
	}
	words := slices.Concat(Levels, Certainties, Holders.All(), Errors.All(), Outcomes.All(), Shares.All(),
		States.All(), Shocks.All())
	for _, use := range CovertUses.All() {
		words = append(words, "use "+use)
	}
	for _, kind := range StepTypes.All() {
		if Types.Means(kind).Means == "" {
			words = append(words, kind)
		}
	}
	for _, w := range words {
		if !used[w] {
			t.Errorf("no row says %q", w)
		}
	}
}

// TestLags: three lags by hand, and rows without one. Catches a lag that is counted from the
// incident, and one where nothing was corrected.
func TestLags(t *testing.T) {
	for id, want := range map[string]string{
		"FB12": "112 true",  // 24 June to 14 October 2017: 6 + 31 + 31 + 30 + 14
		"FB09": "14 true",   // 24 May to 7 June 2017
		"NM16": "2024 true", // the middle of August 2017 to 1 March 2023: 5 y (one leap) to 15 August 2022, then 198
		"FB03": "0 false", "FB45": "0 false", "CT08": "0 false",
	} {
		b := Shipped().Beliefs[slices.IndexFunc(Shipped().Beliefs, func(b Belief) bool { return b.ID == id })]
		if lag, ok := b.Lag(); fmt.Sprint(lag, ok) != want {
			t.Errorf("%s: %v %v, want %s", id, lag, ok, want)
		}
	}
}

// TestChannelsThatCount: those that count, and the ends of each shock, by hand from the table.
// Catches a bloc, a single talk or a dialogue of experts that counts.
func TestChannelsThatCount(t *testing.T) {
	have := map[string][]string{}
	for _, c := range Shipped().Channels {
		if c.Counts {
			have["counts"] = append(have["counts"], c.ID)
		}
		for _, e := range c.Ends {
			have[e.Shock] = append(have[e.Shock], c.ID)
		}
	}
	for name, want := range map[string]string{
		"counts":  "CH01 CH02 CH03 CH04 CH05 CH14 CH16 CH19 CH24 CH27 CH28 CH31 CH33 CH43 CH44",
		"Ukraine": "CH31 CH32 CH33 CH34 CH35 CH44",
		"Crimea":  "CH27 CH34 CH35 CH45",
	} {
		if got := strings.Join(have[name], " "); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// TestCorrectedRows: what was corrected against the first collection. Catches a table that is made
// from it again.
func TestCorrectedRows(t *testing.T) {
	pairs := map[string]string{}
	for _, x := range Shipped().Steps {
		pairs[x.ID] = strings.Join(x.Parties, "–")
	}
	for id, want := range map[string]string{"X036": "United Kingdom–Iran", "X053": "Iran–Saudi Arabia",
		"X063": "Albania–Iran", "X074": "Israel–Hamas", "X080": "United States–North Korea",
		"X082": "United States–North Korea", "X085": "United States–North Korea", "X087": "United States–North Korea"} {
		if pairs[id] != want {
			t.Errorf("%s: %s, want %s", id, pairs[id], want)
		}
	}
	for _, c := range Shipped().Channels {
		have := fmt.Sprint(c.First.Text, " ", c.Rounds, " ", c.Last.Text)
		if want, ok := map[string]string{"CH18": "2016-09-12 2 2017-06-22", "CH19": "2018-05-17 1 2018-05-17",
			"CH20": "2017-06 4 2023", "CH22": "2014-03-31 9 2021-10-12", "CH26": "2020-12-07 2 2021"}[c.ID]; ok && have != want {
			t.Errorf("%s: %s, want %s", c.ID, have, want)
		}
		if c.ID == "CH39" && daysBetween(c.Ends[0].On.First(), c.Ends[0].Restored.First()) != 692 { // as X086 says
			t.Errorf("CH39: %+v", c.Ends[0])
		}
	}
}
