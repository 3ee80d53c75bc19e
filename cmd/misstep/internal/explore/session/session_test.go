package session

import (
	"context"
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/misstep/misstep/scenarios"
)

func TestTry(t *testing.T) {
	text, _ := scenarios.Files.ReadFile("uk-china-dialogue-2026.yaml")
	s, err := Open(Source{Format: 1, Name: "uk-china-dialogue-2026", File: "uk-china-dialogue-2026", Text: string(text), Generator: "mix", Seed: 1, Draws: 200, Replicates: 12, BlockSize: 12})
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.Describe(s.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	out, _ := json.MarshalIndent(d, "", " ")
	os.WriteFile("/tmp/e18out/describe.json", out, 0o644)
	began := time.Now()
	a, _, err := s.Play(context.Background(), s.Shipped(), Fine, nil, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Log("fine", time.Since(began))
	out, _ = json.MarshalIndent(a, "", " ")
	os.WriteFile("/tmp/e18out/fine.json", out, 0o644)
	os.WriteFile("/tmp/e18out/summary.json", s.Summary(), 0o644)
	a.Level = Stored
	s.source.Stored = a
	began = time.Now()
	_, at, err := s.Play(context.Background(), s.Shipped(), Draft, nil, 2, nil)
	t.Log("draft", time.Since(began))
	st := s.Shipped()
	st.Sets = []string{"assumptions.prices.United Kingdom@2024-01-01.price=0.08"}
	began = time.Now()
	dr, _, err := s.Play(context.Background(), st, Draft, at, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Log("draft", time.Since(began))
	out, _ = json.MarshalIndent(dr, "", " ")
	os.WriteFile("/tmp/e18out/draft.json", out, 0o644)
	f2, _, err := s.Play(context.Background(), st, Fine, nil, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	out, _ = json.MarshalIndent(f2, "", " ")
	os.WriteFile("/tmp/e18out/fine2.json", out, 0o644)
	began = time.Now()
	stry, err := s.Story(st, a.Futures[0].Draw, a.Futures[0].Replicate)
	if err != nil {
		t.Fatal(err)
	}
	t.Log("story", time.Since(began))
	out, _ = json.MarshalIndent(stry, "", " ")
	os.WriteFile("/tmp/e18out/story.json", out, 0o644)
	t.Log(f2.Command)
}
