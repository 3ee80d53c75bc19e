package main

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
)

const (
	sources, rungs, public, answers, outcomes = 3, 10, 3, 3, 4

	incidents, steps, missteps, replies = 0, 1, 2, 3 // of an arm
)

// p are the numbers of parameters.txt.
var p struct {
	horizon, first, discovered, skill, gap, length, rationality, goal, innocence, ratio, pause, asked float64

	delay, severity, desire  [2]float64
	rate, member             [sources]float64
	level, harm, act, answer [rungs]float64
	guilty, innocent         [answers]float64
}

func readParameters(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	single := map[string]*float64{"horizon": &p.horizon, "first": &p.first, "discovered": &p.discovered,
		"skill": &p.skill, "gap": &p.gap, "case": &p.length, "rationality": &p.rationality, "goal": &p.goal,
		"innocence": &p.innocence, "ratio": &p.ratio, "pause": &p.pause, "asked": &p.asked}
	several := map[string][]float64{"delay": p.delay[:], "severity": p.severity[:], "desire": p.desire[:],
		"rate": p.rate[:], "member": p.member[:], "level": p.level[:], "harm": p.harm[:], "act": p.act[:],
		"answer": p.answer[:], "guilty": p.guilty[:], "innocent": p.innocent[:]}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		words := strings.Fields(lines.Text())
		for i, word := range words[1:] {
			x, err := strconv.ParseFloat(word, 64)
			if err != nil {
				return err
			}
			if one := single[words[0]]; one != nil {
				*one = x
			} else if i < len(several[words[0]]) {
				several[words[0]][i] = x
			} else {
				return fmt.Errorf("%s is too long or unknown", words[0])
			}
		}
	}
	return nil
}

func (w *world) exponential(mean float64) float64 { return mean * w.rand.ExpFloat64() }

func (w *world) lognormal(a [2]float64) float64 { return math.Exp(a[0] + a[1]*w.rand.NormFloat64()) }

// atUniform returns the rung at a uniform number of the logit over scored rungs.
func atUniform(score *[rungs]float64, u float64) int {
	best, sum := math.Inf(-1), 0.0
	for _, x := range score {
		best = max(best, x)
	}
	var cumulative [rungs]float64
	for r, x := range score {
		sum += math.Exp(p.rationality * (x - best))
		cumulative[r] = sum
	}
	for r, c := range cumulative {
		if u*sum < c {
			return r
		}
	}
	return rungs - 1
}

// stepAt is the victim's rung at a belief in the guilt of its target.
func stepAt(belief, desired, u float64) int {
	var score [rungs]float64
	for r := range score {
		score[r] = p.act[r] - p.goal*math.Abs(p.level[r]-belief*desired) - p.innocence*(1-belief)*p.harm[r]
	}
	return atUniform(&score, u)
}

// replyTo is the rung of the accused's reply to a step.
func (w *world) replyTo(step int) int {
	var score [rungs]float64
	for r := range score {
		score[r] = p.answer[r] - p.goal*math.Abs(p.level[r]-p.ratio*p.level[step])
	}
	return atUniform(&score, w.rand.Float64())
}

// victimCase is the victim's side of an incident.
type victimCase struct {
	culprit, highest        int
	desired, choice, closes float64
	weight                  [sources]float64 // of the posterior
}

func (w *world) newCase(culprit int, now float64) victimCase {
	return victimCase{culprit: culprit, closes: now + w.exponential(p.length), choice: w.rand.Float64(),
		desired: min(p.desire[1], p.desire[0]*min(10, w.lognormal(p.severity))), weight: p.rate}
}

// piece is one piece of evidence: it points at a source.
func (w *world) piece(k *victimCase) {
	points := k.culprit
	if w.rand.Float64() >= p.skill {
		points = (points + 1 + w.rand.IntN(2)) % sources
	}
	for c := range k.weight {
		if c == points {
			k.weight[c] *= p.skill
		} else {
			k.weight[c] *= (1 - p.skill) / 2
		}
	}
}

// target is the state that is suspected most; the third source is no state.
func (k *victimCase) target() int {
	if k.weight[1] > k.weight[0] {
		return 1
	}
	return 0
}

// ask puts the question to the target, if it is in the forum and is reached, and learns from the answer.
func (w *world) ask(k *victimCase) {
	who := k.target()
	if p.member[who] == 0 || w.rand.Float64() >= p.asked {
		return
	}
	odds := &p.innocent
	if k.culprit == who {
		odds = &p.guilty
	}
	a := 0
	for u := w.rand.Float64() - odds[0]; u >= 0 && a < answers-1; u -= odds[a] {
		a++
	}
	for c := range k.weight {
		if c == who {
			k.weight[c] *= p.guilty[a]
		} else {
			k.weight[c] *= p.innocent[a]
		}
	}
}

// decide takes a step, if the rung at the case's uniform number is above the highest yet; it returns the step
// if it is to be answered, else 0.
func (w *world) decide(k *victimCase) int {
	who, before := k.target(), k.highest
	rung := stepAt(k.weight[who]/(k.weight[0]+k.weight[1]+k.weight[2]), k.desired, k.choice)
	if rung <= before {
		return 0
	}
	k.highest = rung
	if rung < public {
		return 0
	}
	w.out[steps]++
	truth := 0.0
	if k.culprit == who {
		truth = 1
	}
	if before < public && stepAt(truth, k.desired, k.choice) < public {
		w.out[missteps]++
	}
	return rung
}
