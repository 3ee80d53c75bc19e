package assets

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/misstep/misstep/cmd/misstep/internal/explore/session"
	"github.com/misstep/misstep/internal/browser"
)

// module is the least there is, as the page holds it: the engine of these tests is in JavaScript.
var module = func() []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte("\x00asm\x01\x00\x00\x00"))
	_ = z.Close()
	return b.Bytes()
}()

func ref(v float64) *float64 { return &v }

func valued(v float64) session.Value {
	return session.Value{Text: fmt.Sprintf("%.2f", v), Value: v, Error: "±0.05", Half: ref(.05), Range: "−0.3 to +0.1",
		Low: ref(v - .2), High: ref(v + .2)}
}

func band(top float64) session.Band {
	var b session.Band
	for i := range 10 {
		v := top * float64(i+1) / 10
		b.Value, b.MCLow, b.MCHigh = append(b.Value, v), append(b.MCLow, v-.01), append(b.MCHigh, v+.01)
		b.Low, b.High = append(b.Low, v-.1), append(b.High, v+.1)
	}
	return b
}

// shipped is where everything stands in the sample.
var shipped = session.State{Format: session.Format, Arms: [2]string{"without", "with"}, Seed: 1, Sets: []string{}}

// sample is an answer to draw.
func sample() *session.Answer {
	row := func(id, label string, key bool) session.Row {
		change := valued(-.1)
		return session.Row{ID: id, Label: label, Baseline: valued(1.4), Treatment: valued(1.3), Difference: &change,
			Mark: "~", Key: key}
	}
	difference := band(-.05)
	curve := session.Curve{ID: "misstep", Words: "A misstep", Arms: [2]session.Band{band(.4), band(.35)},
		Difference: &difference}
	for i := range 10 {
		curve.Days = append(curve.Days, float64(i+1)*100)
	}
	curve.Difference.Days = curve.Days
	a := &session.Answer{Level: session.Stored, State: shipped, Arms: shipped.Arms, Heads: [2]string{"without", "with"},
		Title: "Aland", Asked: "What does it change?", Sample: "24 futures, seed 1", Verdict: "unclear",
		Finding: "No clear difference", Says: []string{"No clear difference.", "Of 100 incidents 1.40 end so."},
		Unit: "of 100 incidents", Last: "No clear difference: missteps 1.40 → 1.30.", Curves: []session.Curve{curve},
		Rows:    []session.Row{row("missteps", "missteps", true), row("missed", "missed responses", true)},
		Notes:   []session.Note{{Label: "Who errs", Text: "Aland in 99 of 100."}},
		Beliefs: []session.Belief{{ID: "culprit", Words: "who did it", Arms: [2]session.Value{valued(.4), valued(.3)}}},
		Decision: &session.Decision{Outcomes: weighed, Gain: []float64{.1, -.15}, Square: [][]float64{{1e-4, 0},
			{0, 1e-4}}}, Command: "misstep run aland"}
	for i := range 100 {
		class := []string{session.Neither, session.Both, session.OnlyBaseline, session.OnlyTreatment}[i%4]
		a.Futures = append(a.Futures, session.Future{Draw: i, Class: class})
	}
	return a
}

var weighed = []session.Weighed{{ID: "missteps", Words: "missteps", Default: 1},
	{ID: "forgone", Words: "accountability forgone", Default: .5}}

// described has a control of each kind.
func described() *session.Description {
	curve := []session.Point{{At: 0, High: 0}, {At: .5, High: 1}, {At: 1, High: 0}}
	return &session.Description{Title: "Aland", Question: "What changes?", Start: "2026-02-01", Horizon: 1000,
		Arms:    []session.Arm{{Name: "without", Words: "without the forum"}, {Name: "with", Words: "with the forum"}},
		Shipped: shipped, Numbers: 20, Guessed: 12, Weighed: weighed, Draft: session.Size{Draws: 2, Replicates: 3},
		Fine: session.Size{Draws: 4, Replicates: 6}, Outcome: "missteps", Command: "misstep run aland",
		Decided: []session.Control{{Path: "mandate", Words: "Mandate", Group: "Forum", Kind: session.Flags,
			Shipped: "[clarify]", Options: []session.Item{{Value: "clarify", Words: "clarify", On: true},
				{Value: "trust", Words: "trust"}}},
			{Path: "meets", Words: "Meets every", Group: "Forum", Kind: session.Choice,
				Options: []session.Item{{Words: "year", On: true}, {Value: "2", Words: "two years", Also: []string{"after=3"}}}}},
		Assumed: []session.Control{{Path: "price", Words: "The price of accusing", Kind: session.Number, Low: .01, High: 1,
			Log: true, Shipped: "0.05 to 0.5", At: .15, Source: "assumption: invented", Prior: curve,
			Learned: curve}, {Path: "skill", Words: "Skill", Kind: session.Number, High: 10, Shipped: "2", At: 2}}}
}

// pageOf writes the page of the sample with more in its source, and opens it.
func pageOf(t *testing.T, more map[string]any) (b *browser.Tab, address string) {
	t.Helper()
	engine, err := os.ReadFile("testdata/engine.js")
	if err != nil {
		t.Fatal(err)
	}
	accuses := session.Line{Date: "3 May 2028", Text: "Aland accuses.", Mistake: true, Belief: "who did it", Parts: true}
	story := session.Story{Title: "Future 1", Sides: "They part.", Cases: []session.StoryCase{{Title: "Case 1",
		Truth: "crime", Parts: true, Own: [2][]session.Line{{accuses}, {}}, Found: [2]bool{true, true}}}}
	source := map[string]any{"format": session.Format, "name": "aland", "file": "aland", "text": "misstep: 1",
		"stored": sample(), "described": described(), "story": story}
	maps.Copy(source, more)
	out, err := Page(Parts{Title: "Aland", Exec: string(engine), Module: module,
		Payload: map[string]any{"source": source, "description": source["described"], "check": "1"}})
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(between(out, `id="payload">`, "</script>")) {
		t.Error("the payload is no JSON")
	}
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, out, 0o644); err != nil {
		t.Fatal(err)
	}
	b = browser.New(t)
	b.Do(chromedp.EmulateViewport(1440, 900), chromedp.Navigate("file://"+file))
	until(b, `document.body.dataset.engine === "ready"`)
	return b, "file://" + file
}

func between(s []byte, begin, end string) []byte {
	_, s, _ = bytes.Cut(s, []byte(begin))
	s, _, _ = bytes.Cut(s, []byte(end))
	return s
}

// until waits for a condition in the page, by frames.
func until(b *browser.Tab, condition string) {
	browser.In[any](b, fmt.Sprintf(`new Promise((done, failed) => {
		const end = performance.now() + 20000;
		const look = () => (%s) ? done(0) : performance.now() > end ? failed(Error("not so in 20 s")) : setTimeout(look, 5);
		look();
	})`, condition))
}
