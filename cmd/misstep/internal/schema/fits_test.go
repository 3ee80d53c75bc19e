package schema

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/model/record/patterns"
	"github.com/misstep/misstep/model/summary"
)

type held struct {
	Seed  uint64            `json:"seed"`
	N     int               `json:"n"`
	List  []inner           `json:"list"`
	Two   [2]float64        `json:"two"`
	Maybe *inner            `json:"maybe"`
	Left  string            `json:"left,omitempty"`
	E     summary.Estimate  `json:"e"`
	Never patterns.Number   `json:"never"`
	By    map[string]bool   `json:"by"`
	Off   map[string]string `json:"-"`
}

type inner struct {
	X float64 `json:"x"`
}

const whole = `{"seed": 18446744073709551615, "n": -2, "list": [{"x": 1}, {"x": 2.5, "more": 1}], "two": [1, 2],
	"maybe": null, "e": {"value": 1, "mc": null, "low": null, "high": null, "resolved": false}, "never": "never", 
	"by": {"a": true}, "odd": 0}`

func TestDecode(t *testing.T) {
	got, err := Decode[held]([]byte(whole), false)
	want := &held{Seed: math.MaxUint64, N: -2, List: []inner{{1}, {2.5}}, Two: [2]float64{1, 2},
		E:     summary.Estimate{Value: 1, Low: math.Inf(-1), High: math.Inf(1), NoError: true},
		Never: patterns.Number(math.Inf(1)), By: map[string]bool{"a": true}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func TestMisfits(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{whole, `{}`, "seed: is missing"},
		{whole, `null`, "null where an object is needed"},
		{whole, `[]`, "a list where an object is needed"},
		{whole, `3`, "3 where an object is needed"},
		{`"n": -2, `, ``, "n: is missing"},
		{`"n": -2`, `"n": 2.5`, "n: 2.5 where a whole number is needed"},
		{`"n": -2`, `"n": 1e300`, "n: 1e+300 where a whole number is needed"},
		{`18446744073709551615`, `-1`, "seed: -1 where a whole number is needed"},
		{`{"x": 1}`, `{}`, "list[0].x: is missing"},
		{`{"x": 1}`, `null`, "list[0]: null where an object is needed"},
		{`2.5`, `"NaN"`, "list[1].x: a text where a number is needed"},
		{`[1, 2]`, `[1]`, "two: has 1 entries, needs 2"},
		{`"maybe": null`, `"maybe": {"x": null}`, "maybe.x: null where a number is needed"},
		{`"maybe": null`, `"maybe": 1`, "maybe: 1 where an object is needed"},
		{`"value": 1, `, ``, "e.value: is missing"},
		{`"never": "never"`, `"never": "x"`, "never: a text where a number is needed"},
		{`true`, `[]`, "by.a: a list where true or false is needed"},
	} {
		text := replace(t, whole, c.from, c.to)
		if got, err := Decode[held]([]byte(text), false); err == nil || got != nil || err.Error() != c.want {
			t.Errorf("%s → %s: %v, want %s", c.from, c.to, err, c.want)
		}
	}
	for _, text := range []string{"", "{", whole + "x", replace(t, whole, "2.5", "1e999")} {
		if _, err := Decode[held]([]byte(text), false); err == nil {
			t.Errorf("%.40s passes", text)
		}
	}
}

func replace(t *testing.T, s, from, to string) string {
	t.Helper()
	if !strings.Contains(s, from) {
		t.Fatalf("%s is not there", from)
	}
	return strings.Replace(s, from, to, 1)
}
