package patterns

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/misstep/misstep/model/experiment"
)

// Pack and Unpack make a watcher an [experiment.Packer]: what a block has shown is whole numbers, those of every
// statistic and of its bins that are not empty.
func (w *Watcher) Pack(v experiment.Visitor) (out []byte) {
	add := func(n int) { out = binary.AppendUvarint(out, uint64(n)) }
	for i := range v.(*watching).tallies {
		t := &v.(*watching).tallies[i]
		add(t.draws[0].n)
		add(t.draws[0].low)
		add(t.draws[0].high)
		for bin, n := range t.bins.n {
			if n > 0 {
				add(n)
				add(bin)
			}
		}
		add(0)
	}
	return out
}

var errPacked = errors.New("no tallies of this scenario")

// Unpack takes what Pack wrote.
func (w *Watcher) Unpack(v experiment.Visitor, packed []byte) error {
	bad := false
	next := func() int {
		x, n := binary.Uvarint(packed)
		if n <= 0 || x > math.MaxInt32 {
			bad = true
			return 0
		}
		packed = packed[n:]
		return int(x)
	}
	for i := range v.(*watching).tallies {
		t := &v.(*watching).tallies[i]
		t.draws[0] = counts{next(), next(), next()}
		for n := next(); n > 0 && !bad; n = next() {
			bin := next()
			if bin >= len(t.bins.n) {
				return errPacked
			}
			t.bins.n[bin] = n
		}
	}
	if bad || len(packed) > 0 {
		return errPacked
	}
	return nil
}
