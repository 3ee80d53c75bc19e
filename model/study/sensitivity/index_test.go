package sensitivity

import (
	"encoding/json"
	"math"
	"testing"
)

// TestIndex: an end that is no number is left out, so that JSON can hold it, and comes back
// as open; the sign is known where the interval has one.
func TestIndex(t *testing.T) {
	nan, inf := math.NaN(), End(math.Inf(1))
	for _, c := range []struct {
		in   Index
		want string
		sign int
	}{
		{Index{1, .5, 2}, `{"value":1,"low":0.5,"high":2}`, 1},
		{Index{-1, -2, -.5}, `{"value":-1,"low":-2,"high":-0.5}`, -1},
		{Index{1, -.5, 2}, `{"value":1,"low":-0.5,"high":2}`, 0},
		{Index{1, -inf, inf}, `{"value":1,"low":null,"high":null}`, 0},
		{Index{nan, End(nan), 3}, `{"value":0,"low":null,"high":3}`, 0},
	} {
		got, err := json.Marshal(c.in.times(1))
		if err != nil || string(got) != c.want || c.in.Sign() != c.sign {
			t.Errorf("%+v: %s, sign %d, %v", c.in, got, c.in.Sign(), err)
		}
		var back Index
		if err := json.Unmarshal(got, &back); err != nil || back.Low.Open() != c.in.Low.Open() ||
			back.Low.Or(7) != c.in.Low.Or(7) || back.High.String() != c.in.High.String() {
			t.Errorf("%s comes back as %+v, %v", got, back, err)
		}
	}
}
