package summary

import (
	"encoding/json"
	"fmt"
)

// Wire is an Estimate as JSON holds it.
type Wire struct {
	Value    float64  `json:"value"`
	MC       *float64 `json:"mc"`  // null where one replicate a draw tells no error
	Low      *float64 `json:"low"` // null where the interval is not resolved
	High     *float64 `json:"high"`
	Resolved *bool    `json:"resolved"` // absent from files that older versions wrote
}

// Wire is the estimate as JSON holds it.
func (e Estimate) Wire() Wire {
	w := Wire{Value: e.Value, Resolved: &e.Resolved}
	if !e.NoError {
		w.MC = &e.MC
	}
	if e.Resolved {
		w.Low, w.High = &e.Low, &e.High
	}
	return w
}

// Estimate is what JSON held. Older versions wrote an interval that is not resolved
// with the value at both ends.
func (w *Wire) Estimate() Estimate {
	e := open(w.Value, 0)
	if e.NoError = w.MC == nil; !e.NoError {
		e.MC = *w.MC
	}
	if w.Low == nil || w.High == nil {
		return e
	}
	if e.Resolved = *w.Low < *w.High; w.Resolved != nil {
		e.Resolved = *w.Resolved
	}
	if e.Resolved {
		e.Low, e.High = *w.Low, *w.High
	}
	return e
}

// MarshalJSON writes null for the ends of an interval that is not resolved.
func (e Estimate) MarshalJSON() ([]byte, error) { return json.Marshal(e.Wire()) }

// UnmarshalJSON reads what MarshalJSON wrote, and what older versions did.
func (e *Estimate) UnmarshalJSON(data []byte) error {
	var w Wire
	err := json.Unmarshal(data, &w)
	if err == nil && ((w.Low == nil) != (w.High == nil) || w.Low == nil && w.Resolved != nil && *w.Resolved) {
		err = fmt.Errorf("an estimate of %v has an interval with one end, or a resolved one without ends", w.Value)
	}
	*e = w.Estimate()
	return err
}
