package sensitivity

import (
	"encoding/json"
	"math"
	"strconv"
)

// Index is an estimate with its 95 % interval from resampling.
type Index struct {
	Value float64 `json:"value"`
	Low   End     `json:"low"`
	High  End     `json:"high"`
}

// Sign is the sign that the interval leaves no doubt of; 0 else.
func (x *Index) Sign() int {
	switch {
	case x.Low > 0 && !x.Low.Open():
		return 1
	case x.High < 0 && !x.High.Open():
		return -1
	}
	return 0
}

// times is the index in another unit. A value that is no number is 0, which a file can
// hold.
func (x Index) times(factor float64) Index {
	out := Index{factor * x.Value, End(factor * float64(x.Low)), End(factor * float64(x.High))}
	if End(out.Value).Open() {
		out.Value = 0
	}
	return out
}

// End is an end of an interval. One that is open, beyond what was looked at or not known,
// is no finite number, and null in JSON.
type End float64

// Open reports whether there is no end.
func (e End) Open() bool { return math.IsNaN(float64(e)) || math.IsInf(float64(e), 0) }

// Or is the end, or what stands for an open one.
func (e End) Or(edge float64) float64 {
	if e.Open() {
		return edge
	}
	return float64(e)
}

// String is the end so that reading it gives the same bits, nothing for an open one.
func (e End) String() string {
	if e.Open() {
		return ""
	}
	return strconv.FormatFloat(float64(e), 'g', -1, 64)
}

// MarshalJSON writes null for an open end.
func (e End) MarshalJSON() ([]byte, error) {
	if e.Open() {
		return []byte("null"), nil
	}
	return json.Marshal(float64(e))
}

// UnmarshalJSON reads what MarshalJSON writes.
func (e *End) UnmarshalJSON(data []byte) error {
	*e = End(math.NaN())
	if string(data) == "null" {
		return nil
	}
	return json.Unmarshal(data, (*float64)(e))
}
