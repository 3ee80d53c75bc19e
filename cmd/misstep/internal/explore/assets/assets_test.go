package assets

import (
	"encoding/json"
	"os"
	"testing"
)

func TestTemporary(t *testing.T) {
	b, err := os.ReadFile("/tmp/p18bin/payload.json")
	if err != nil {
		t.Fatal(err)
	}
	e, _ := os.ReadFile("testdata/engine.js")
	out, err := Page(Parts{Title: "UK–China Cyber Dialogue, 2026–2031", Payload: json.RawMessage(b), Module: gz, Exec: string(e)})
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile("/tmp/p18bin/page.html", out, 0o644)
}
