package run

import (
	"encoding/json"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/summary"
)

// FuzzSummary: whatever stands in summary.json, it is read or refused with words; what is read is written
// again as it is, and every figure of it has a text.
func FuzzSummary(f *testing.F) {
	whole, short := summaryOfSmall(f), *summaryOfSmall(f)
	for i := range short.Arms { // what a mutation finds its way in
		short.Arms[i].Curves = short.Arms[i].Curves[:1]
	}
	for _, s := range []*summary.Summary{whole, &short, summaryOfSmall(f, "without")} {
		f.Add(say.JSON(complete(s)))
	}
	for _, text := range []string{"{}", "null", "[]", `{"format": 1}`, `{"format": 2, "run": {}}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := decoded[summary.Summary](data, false)
		if err != nil {
			if err.Error() == "" || s != nil {
				t.Errorf("%v, %v", s, err)
			}
			return
		}
		if again, err := decoded[summary.Summary](say.JSON(s), false); err != nil ||
			string(say.JSON(again)) != string(say.JSON(s)) {
			t.Errorf("written again: %v", err)
		}
		for _, name := range figure.Names() {
			if f, err := figure.One(name, s, nil); err != nil || f.Alt == "" {
				t.Errorf("%s: %q, %v", name, f.Alt, err)
			}
		}
	})
}

// FuzzHistory: whatever stands in history.json, it is read or refused with words, and what is read has a
// figure.
func FuzzHistory(f *testing.F) {
	s := summaryOfSmall(f)
	f.Add(say.JSON(Pictured(small.Story(f))))
	for _, text := range []string{"{}", "null", "[]"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := decoded[figure.History](data, true)
		if err != nil {
			return
		}
		if _, err := json.Marshal(h); err != nil {
			t.Error(err)
		}
		if f, err := figure.One("history", s, h); err != nil || f.Alt == "" {
			t.Errorf("%q, %v", f.Alt, err)
		}
	})
}
