package summary

import (
	"encoding/json"
	"testing"
)

// TestEstimateInJSON: ends that are not resolved are null; files of older versions, which
// had the value at both ends and no word of it, are read as what they meant.
func TestEstimateInJSON(t *testing.T) {
	for text, want := range map[string]Estimate{
		`{"value":1,"mc":0.1,"low":0,"high":3,"resolved":true}`:        {1, .1, 0, 3, true, false},
		`{"value":1,"mc":0.1,"low":null,"high":null,"resolved":false}`: open(1, .1),
		`{"value":0,"mc":0,"low":0,"high":0,"resolved":true}`:          {0, 0, 0, 0, true, false},
	} {
		var e Estimate
		if err := json.Unmarshal([]byte(text), &e); err != nil || e != want {
			t.Errorf("%s: %+v, %v", text, e, err)
		}
		if data, err := json.Marshal(want); err != nil || string(data) != text {
			t.Errorf("%+v: %s, %v", want, data, err)
		}
	}
	for text, want := range map[string]Estimate{
		`{"value":1,"mc":0.1,"low":0,"high":3}`: {1, .1, 0, 3, true, false},
		`{"value":1,"mc":0.1,"low":1,"high":1}`: open(1, .1),
	} {
		var e Estimate
		if err := json.Unmarshal([]byte(text), &e); err != nil || e != want {
			t.Errorf("%s: %+v, %v", text, e, err)
		}
	}
}
