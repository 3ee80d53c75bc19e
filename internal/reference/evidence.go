package reference

import (
	"maps"
	"math"
	"slices"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// row is P(a piece points at each suspect | culprit), without a flag.
func (w *world) row(victim, culprit string) map[string]float64 {
	return w.rowsOf.recall([3]string{victim, culprit, ""}, func() map[string]float64 {
		out := map[string]float64{}
		for _, s := range w.v.States {
			if s.Name == victim && s.Confusion[culprit] != nil {
				for _, share := range s.Confusion[culprit] {
					out[share.Name] = w.theta[share.Value]
				}
				return out
			}
		}
		all, skill := w.suspects(victim), w.of("evidence.skill", victim)
		for _, name := range all {
			out[name] = (1 - skill) / float64(len(all)-1)
		}
		if out[culprit] = skill; len(all) == 1 {
			out[culprit] = 1
		}
		return out
	})
}

// frames are the suspects at which a source's flags may point, and how often it
// flies one: groups do, states where their own rate is set.
func (w *world) frames(victim, source string) ([]string, float64) {
	names := w.framesOf.recall([2]string{victim, source}, func() []string { return w.makeFrames(victim, source) })
	if len(names) == 0 {
		return nil, 0
	}
	return names, w.of("evidence.flag_rate", source)
}

func (w *world) makeFrames(victim, source string) []string {
	var may []string
	if w.isState[source] {
		e := "states." + source
		if w.v.Param(idOf("evidence.flag_rate"), e) == w.v.Param(idOf("evidence.flag_rate"), "") {
			return nil
		}
		may = w.rivals(victim)
	}
	for _, g := range w.v.Groups {
		if g.Name == source {
			may = g.Frames
		}
	}
	return slices.DeleteFunc(slices.Clone(may),
		func(name string) bool { return name == source || len(w.cells(victim, name)) == 0 })
}

func (w *world) drawFlag(s *stream, entity uint64) string {
	names, rate := w.frames(s.victim, s.source)
	if rate == 0 || w.uniform(entity, random.Flag, 0) >= rate {
		return ""
	}
	return names[int(w.uniform(entity, random.Frame, 0)*float64(len(names)))]
}

// flagged is the row of a culprit that flies the flag of another.
func (w *world) flagged(victim, culprit, frame string) map[string]float64 {
	return w.rowsOf.recall([3]string{victim, culprit, frame}, func() map[string]float64 {
		hit := w.of("evidence.flag_hit", culprit)
		out := map[string]float64{}
		for name, p := range w.row(victim, culprit) {
			out[name] = (1 - hit) * p
		}
		out[frame] += hit
		return out
	})
}

// piece draws a piece of evidence, rule 3, and the time of the next.
func (w *world) piece(k *victimCase) {
	n, victim := k.pieces, k.stream.victim
	it := item{signal: -1, indicated: w.pointsAt(k, n), alarm: map[string]float64{}, missed: map[string]float64{}}
	for _, src := range w.suspects(victim) {
		it.alarm[src] = w.factor(victim, src, -1, "notification", "notification_alarm")
		it.missed[src] = w.factor(victim, src, -1, "notification", "notification_signal")
	}
	if n == 0 || w.v.Model.PieceSignal != "first" {
		it.signal = 0
		if w.uniform(k.entity, random.PieceIntent, n) < w.looksHostile(k.stream, it, "") {
			it.signal = 1
		}
	}
	k.seen = append(k.seen, it)
	k.pieces++
	k.fresh = true
	w.note(Event{Kind: "piece", Actor: victim, Indicated: it.indicated, Signal: it.signal}, k)
	k.nextPiece = math.Inf(1)
	at := math.Inf(1)
	if times := w.v.Model.PieceTimes; times == nil {
		at = w.now + w.meanGap(k)*w.exponential(k.entity, random.PieceGap, k.pieces)
	} else if k.pieces <= len(times) {
		at = k.discovered + times[k.pieces-1]
	}
	if at < k.closes {
		k.nextPiece = at
	}
}

// meanGap is that to the next piece: of the burst at first, then of the victim.
func (w *world) meanGap(k *victimCase) float64 {
	burst, gap := w.atPath("evidence.burst", k.stream.entity), w.atPath("evidence.burst_gap", k.stream.entity)
	if k.named != nil {
		burst, gap = w.number(k.named.Burst, burst), w.number(k.named.BurstGap, gap)
	}
	if float64(k.pieces) <= burst {
		return gap
	}
	return w.of("evidence.gap", k.stream.victim)
}

func (w *world) pointsAt(k *victimCase, n int) string {
	victim, culprit := k.stream.victim, k.stream.source
	if k.frame != "" && w.uniform(k.entity, random.PieceFlagHit, n) < w.of("evidence.flag_hit", culprit) {
		return k.frame
	}
	u, sum := w.uniform(k.entity, random.PieceCulprit, n), 0.0
	row := w.row(victim, culprit)
	for _, name := range w.suspects(victim) {
		if sum += row[name]; u < sum {
			return name
		}
	}
	return culprit
}

// looksHostile is P(a piece looks hostile | stream): true, or with "_belief" as
// the victim believes it.
func (w *world) looksHostile(s *stream, it item, belief string) float64 {
	of := func(name string) float64 {
		p := w.of(name, s.victim)
		if belief == "" {
			return p
		}
		if factor := w.of(name+belief, s.victim); factor != 1 {
			p = math.Min(0.999, p*factor)
		}
		return p
	}
	if s.intent.Hostile() {
		return 1 - (1-of("evidence.signal"))*it.missed[s.source]
	}
	return of("evidence.false_alarm") * it.alarm[s.source]
}

// heldFor is the log likelihood that the receiver gives to one item under one
// stream: flags blended, believed probabilities, to the power ω; an answer that
// it expects alike from guilty and innocent says nothing.
func (w *world) heldFor(s *stream, it item) float64 {
	if it.asked != "" {
		if it.believed[true] == it.believed[false] {
			return 0
		}
		return elem.Log(it.believed[isAsked(it, s)])
	}
	seen := pieceSeen{s.name, it.indicated, it.signal, it.alarm[s.source], it.missed[s.source]}
	return w.piecesOf.recall(seen, func() float64 {
		omega := w.of("evidence.confidence", s.victim)
		names, rate := w.frames(s.victim, s.source)
		p := (1 - rate) * w.row(s.victim, s.source)[it.indicated]
		for _, f := range names {
			p += rate / float64(len(names)) * w.flagged(s.victim, s.source, f)[it.indicated]
		}
		sum := powerLog(p, omega)
		if it.signal >= 0 {
			sum += powerLog(either(w.looksHostile(s, it, "_belief"), it.signal), omega)
		}
		return sum
	})
}

// idealFor is the log likelihood of all items under one stream and one flag (""
// for none): true probabilities, ω = 1, the same flag for every piece.
func (w *world) idealFor(k *victimCase, s *stream, flag string) float64 {
	sum := 0.0
	row := w.row(s.victim, s.source)
	if flag != "" {
		row = w.flagged(s.victim, s.source, flag)
	}
	for _, it := range k.seen {
		if it.asked != "" {
			if it.actual[true] != it.actual[false] {
				sum += elem.Log(it.actual[isAsked(it, s)])
			}
			continue
		}
		sum += elem.Log(row[it.indicated])
		if it.signal >= 0 {
			sum += elem.Log(either(w.looksHostile(s, it, ""), it.signal))
		}
	}
	return sum
}

// isAsked reports whether the question applied to the incidents of a stream.
func isAsked(it item, s *stream) bool {
	return s.source == it.asked && (!it.hostile || s.intent.Hostile())
}

func either(p float64, signal int) float64 {
	if signal == 1 {
		return p
	}
	return 1 - p
}

// powerLog is ω ln p, and 0 for p = 0 at ω = 0.
func powerLog(p, omega float64) float64 {
	if omega == 0 {
		return 0
	}
	return omega * elem.Log(p)
}

// likelihoods are those of all cells, from everything seen. What rules every cell
// out cannot come from this world: it is dropped, with all before it.
func (w *world) likelihoods(k *victimCase, seen []item) map[string]float64 {
	cells := w.allCells(k.stream.victim)
	out := map[string]float64{}
	for _, s := range cells {
		out[s.name] = 0
	}
	for i, it := range seen {
		for _, s := range cells {
			out[s.name] += w.heldFor(s, it)
		}
		if math.IsInf(highest(out), -1) {
			return w.likelihoods(k, seen[i+1:])
		}
	}
	return out
}

// refresh: rules 3 and 5, after the case has learned something.
func (w *world) refresh(k *victimCase) {
	victim := k.stream.victim
	like := w.likelihoods(k, k.seen)
	k.Target, k.Belief = "", 0
	for _, rival := range w.rivals(victim) {
		if p := w.posteriorOf(k, like).Culprit(rival); p > k.Belief || k.Target == "" {
			k.Target, k.Belief = rival, p
		}
		ratio := math.Max(-700, math.Min(700, w.typeRatio(k, rival, like))) // evidence can rule a type out
		if ratio < 0 {
			ratio *= w.breach(k, victim, rival)
		}
		w.shiftTrust(victim, rival, ratio-k.told[rival])
		k.told[rival] = ratio
	}
	if k.Target != "" {
		k.view = w.look(victim, k.Target)
	}
}

// typeRatio is ln P(seen | rival is S) / P(seen | rival is E), the prior of the
// culprit being what it is and that of the type left out.
func (w *world) typeRatio(k *victimCase, rival string, like map[string]float64) float64 {
	victim := k.stream.victim
	under := map[string]float64{}
	for _, s := range w.allCells(victim) {
		for _, t := range []string{"S", "E"} {
			p := k.prior[s.name]
			if s.source == rival {
				p = w.share(victim, rival) * w.mixOf(s, t)
			}
			under[t] += p * elem.Exp(like[s.name]-highest(like))
		}
	}
	return elem.Log(under["S"]) - elem.Log(under["E"])
}

func highest(x map[string]float64) float64 { return slices.Max(slices.Collect(maps.Values(x))) }

// posterior is P(cell | seen).
type posterior struct {
	cells []*stream
	p     map[string]float64
}

func (w *world) posteriorOf(k *victimCase, like map[string]float64) posterior {
	out := posterior{cells: w.allCells(k.stream.victim), p: map[string]float64{}}
	total := 0.0
	for _, s := range out.cells {
		out.p[s.name] = k.prior[s.name] * elem.Exp(like[s.name]-highest(like))
		total += out.p[s.name]
	}
	for name := range out.p {
		out.p[name] /= total
	}
	return out
}

// Culprit is P(source did it).
func (p posterior) Culprit(source string) float64 {
	sum := 0.0
	for _, s := range p.cells {
		if s.source == source {
			sum += p.p[s.name]
		}
	}
	return sum
}

// Intent is P(intent | source did it).
func (p posterior) Intent(source string) map[scenario.Intent]float64 {
	out := map[scenario.Intent]float64{}
	b := p.Culprit(source)
	for _, s := range p.cells {
		if s.source == source && b > 0 {
			out[s.intent] += p.p[s.name] / b
		}
	}
	if b == 0 {
		out[scenario.Espionage] = 1
	}
	return out
}

// belief is what a posterior says of the suspect.
func (p posterior) belief(k *victimCase, severity float64) Belief {
	return Belief{p.Culprit(k.Target), p.Intent(k.Target), severity, k.view.statusQuo}
}

// held, onIdeal and onTruth are β, β° and β*.
func (w *world) held(k *victimCase) Belief {
	return w.posteriorOf(k, w.likelihoods(k, k.seen)).belief(k, k.estimate)
}

func (w *world) onIdeal(k *victimCase) Belief {
	like := map[string]float64{}
	for _, s := range w.allCells(k.stream.victim) {
		names, rate := w.frames(s.victim, s.source)
		hypotheses := map[string]float64{"": elem.Log(1-rate) + w.idealFor(k, s, "")}
		for _, f := range names {
			hypotheses[f] = elem.Log(rate/float64(len(names))) + w.idealFor(k, s, f)
		}
		top, sum := highest(hypotheses), 0.0
		for _, f := range slices.Sorted(maps.Keys(hypotheses)) {
			sum += elem.Exp(hypotheses[f] - top)
		}
		like[s.name] = elem.Log(sum) + top
		if math.IsInf(top, -1) {
			like[s.name] = top
		}
	}
	return w.posteriorOf(k, like).belief(k, k.posteriorSeverity)
}

func (w *world) onTruth(in *incident, about string) Belief {
	if in.stream.source == about {
		return Belief{1, map[scenario.Intent]float64{in.stream.intent: 1}, in.severity, w.certain(about)}
	}
	return Belief{0, map[scenario.Intent]float64{scenario.Espionage: 1}, in.severity, w.certain(about)}
}
