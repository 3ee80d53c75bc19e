package experiment

import (
	"context"
	"math"

	"github.com/misstep/misstep/model/elem"
)

// Memory is about how much a run of a plan with a scenario takes [bytes] whatever its sample is, and for each draw: its
// packed sums, the table of draws with its text, and as much again, since garbage is left until it is as large as what
// lives.
func (p *Plan) Memory() (run, draw int) {
	const everyRun = 64 << 20
	sums, joint := p.packed()
	table := 8*p.Free() + max(1, len(p.Scenario.Arms)-1)*8*(p.Free()+2*joint)
	return everyRun, 2 * (sums + table)
}

// packed is about how much the sums of a draw take at rest [bytes], by one future of a few draws, and how many of its
// numbers a contrast has in the table of draws. Of each doubling of the futures a number takes a tenth of a byte more:
// the scenarios that ship do from 1 to 640 futures, within 20 %.
func (p *Plan) packed() (bytes, joint int) {
	const few, doubling = 4, 0.1
	one := *p
	one.Draws, one.Replicates = min(p.Draws, few), 1
	s := NewSums(one)
	_ = s.Extend(context.Background(), 0, 1, 1, nil) // a scenario that cannot be played is refused by who plays it
	sum, numbers := 0, 0
	for _, arm := range s.Arms {
		sum, numbers = sum+arm.bytes(), numbers+len(arm.open.numbers)
	}
	for _, contrast := range s.Contrasts {
		sum, numbers = sum+contrast.bytes(), numbers+len(contrast.open.numbers)
	}
	more := doubling * float64(numbers) * elem.Log(float64(max(1, p.Replicates))) / math.Ln2
	return sum/one.Draws + int(more), len(s.Joint.Names) + len(NewJointMoments(len(s.Joint.Names)).Sq)
}

// bytes is how much the draws take when they are packed.
func (b *ByDraw[T]) bytes() (n int) {
	b.rows[b.at] = b.open.pack()
	for _, row := range b.rows {
		n += cap(row) + 24
	}
	b.rows[b.at] = nil
	return n
}
