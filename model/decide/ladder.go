package decide

import (
	"math"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/ladder"
)

// Ladder is the rule of the model: distance from the desired level, the harm of
// hitting an innocent, own cost, the cost of silence on a public incident, the
// price of publishing, the expected reply and the firebreaks.
//
//	U(a) = − goal·|ℓ_a − ℓ*| − cost·e_a − innocence·(1−b)·h_a − lookahead·K(a)
//	       − audience·[exposed]·min(1, S/4)·[a ≤ R2] − private·cut·[a = R1, R2]
//	       − v_a·(price·hostage·(1 − share) + thaw) − covert·[a = R7]
//	       − operation·[a ≥ R8] − firebreak A·[a ≥ R8] − firebreak B·[a = R9]
//
// with ℓ* = b·Σ_m π_m·d_m(S·(1 + rise·ownTension)), h_a = 0.05·[a ≥ R1] + v_a/2 + ℓ_a, and K the
// expected reply level under the belief about the rival's type. R4 is never on
// the menu: it is R3 joined by partners.
type Ladder struct{}

// desireCap bounds the desired level by intent: espionage is never worth more
// than sanctions, prepositioning no more than a disruptive operation.
var desireCap = [4]float64{0.25, 0.6, 1, 0}

// audienceSeverity is the severity at which the audience cost is full.
const audienceSeverity = 4

// Desired is the level that the actor would want at beliefs b and its own tension toward the target.
func (w *Weights) Desired(b *Beliefs, ownTension float64) float64 {
	sum, felt := 0.0, b.Severity*(1+float64(w.DesireRise*ownTension))
	for m, p := range b.Intent {
		sum += float64(p * elem.Min(desireCap[m], w.Desire[m]*felt))
	}
	return float64(b.Culprit * sum)
}

// Utilities scores the rungs.
func (Ladder) Utilities(a *Actor, b *Beliefs, s *Situation, u *Utilities) {
	w := &a.Weights
	desired := w.Desired(b, s.OwnTension)
	doubt := w.Innocence * (1 - b.Culprit)
	silence := 0.0
	if s.Exposed {
		silence = w.Audience * elem.Min(1, b.Severity/audienceSeverity)
	}
	share := float64(w.CoalitionShare * elem.Min(1, s.JoinChance*b.Culprit*b.Culprit))
	publish := float64(s.Price*s.Hostage*(1-share)) + float64(w.Thaw*s.Thaw)
	t := &a.rungs
	for r := range u {
		u[r] = t.fixed[r] - float64(w.Goal*math.Abs(t.level[r]-desired)) - float64(doubt*t.harm[r]) -
			float64(t.visible[r]*publish)
	}
	for r := range ladder.Public {
		u[r] -= silence
	}
	private := float64(w.Private * s.PrivateCut)
	u[ladder.PrivateProtest] -= private
	u[ladder.PrivateDemarche] -= private
	if w.Lookahead != 0 && s.Expected != nil {
		s.Expected.subtract(w.Lookahead, b.StatusQuo, s.Tension, u)
	}
	u[ladder.Coordinated] = math.Inf(-1)
}

// ReplyUtilities scores the rungs of a reply: the same costs, with the goal set
// by the level suffered.
func (a *Actor) ReplyUtilities(wanted float64, b *Beliefs, s *Situation, menu *[N]bool, u *Utilities) {
	w := &a.Weights
	for r := range u {
		if !menu[r] {
			u[r] = math.Inf(-1)
			continue
		}
		x := a.rungs.fixed[r] - float64(w.Goal*math.Abs(a.rungs.level[r]-wanted))
		if r >= ladder.Public {
			x -= float64(a.rungs.visible[r] * w.ReplyPrice)
		}
		u[r] = x
	}
	if w.Lookahead != 0 && s.Expected != nil {
		s.Expected.subtract(w.Lookahead, b.StatusQuo, s.Tension, u)
	}
}

// subtract takes the weighted expected reply off the score of every rung that is answered.
func (k *Reaction) subtract(weight, statusQuo, tension float64, u *Utilities) {
	for r := ladder.Public; r < N; r++ {
		s := k.StatusQuo[0][r] + float64(tension*(k.StatusQuo[1][r]-k.StatusQuo[0][r]))
		e := k.Revisionist[0][r] + float64(tension*(k.Revisionist[1][r]-k.Revisionist[0][r]))
		u[r] -= float64(weight * (float64(statusQuo*s) + float64((1-statusQuo)*e)))
	}
}

// thresholds are the costs of operations and of crossing the firebreaks.
func (w *Weights) thresholds(r int) float64 {
	x := 0.0
	if r == ladder.CounterOperation {
		x += w.Covert
	}
	if r >= ladder.Disruptive {
		x += w.Operation + w.FirebreakA
	}
	if r >= ladder.Military {
		x += w.FirebreakB
	}
	return x
}

// harm is what an innocent suffers from rung r.
func harm(r int, rung *ladder.Rung) float64 {
	h := float64(0.5*rung.Visibility) + rung.Level
	if r >= ladder.PrivateProtest {
		h += 0.05
	}
	return h
}
