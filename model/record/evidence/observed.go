package evidence

import (
	"math"
	"regexp"
	"time"
)

// Observed is a target as the rows give it, or a part of one.
type Observed struct {
	ID        string // T12
	Part      string // "" for the target itself, else which part or other view of it
	Statistic string
	Unit      string
	Value     float64 // NaN where no row bears on it
	Low, High float64 // 95 % interval, or the range when there is none; High is +Inf for a one-sided bound
	Coverage  float64 // [0, 1] of the interval: 0.95 or what it reaches; 0 for a judged range
	N         int     // cases
	NMemory   int     // cases that rows from memory add: left out of N, or in it with Options.Memory
	Hits      int     // numerator of a share, number of a count; else 0
	Years     float64 // exposure of a count; else 0
	Method    string  // one of the Method constants
	Rows      []string
	Use       string // one of [Uses]
	Dated     bool   // computed from dated rows, so that it can be cut at a date
	From, To  int    // calendar years of the cases, where it is cited or judged
	Source    string
}

// How a target was computed.
const (
	MethodBinomial = "exact binomial (Clopper–Pearson)"
	MethodPoisson  = "exact Poisson"
	MethodMedian   = "median, binomial order statistics"
	MethodRange    = "median, range: too few cases for an interval"
	MethodSurvival = "Kaplan–Meier"
	MethodJudged   = "judged"
	MethodCited    = "cited"
)

// Compute gives every target in the order of the keys, each followed by its parts.
// until cuts the record: nothing that became known after that day counts, and what
// was running then is censored; the zero time is no cut. Targets that rest on data
// sets or on judgement are passed on as targets.csv quotes them, Dated false, whatever
// the cut. Without options, rows from memory are left out.
func (t *Tables) Compute(until time.Time, o ...Options) []Observed {
	without, with := view{t: t, cut: until}, view{t: t, cut: until, memory: true}
	var out []Observed
	for i := range t.Targets {
		x := &t.Targets[i]
		compute, ok := computed[x.ID]
		if !ok {
			out = append(out, x.quoted())
			continue
		}
		a, b := compute(&without), compute(&with)
		for j := range a {
			part := &a[j]
			left := b[j].N - part.N
			if option(o).Memory {
				part = &b[j]
			}
			part.NMemory = left
			part.ID, part.Use, part.Source, part.Dated = x.ID, x.Use, x.Source, true
			if part.Statistic == "" {
				part.Statistic = x.Statistic
			}
			if part.Unit == "" {
				part.Unit = x.Unit
			}
			out = append(out, *part)
		}
	}
	return out
}

// computed are the targets that the rows allow, each with its parts in a fixed
// number and order, the target itself first.
var computed = map[string]func(*view) []Observed{
	"T9": medianDelay(startToDetection), "T10": detectionToAttribution, "T32": medianDelay(detectionToDisclosure),
	"T12": shares(share{"", 0, AnyAccusation, joint}),
	"T13": shares(share{"", penaltyDays, followed, penalised},
		share{"of those that begin as statements", penaltyDays, statement, penalised},
		share{"the same day", 0, followed, atOnce}),
	"T14": penaltyDelays,
	"T15": shares(share{"", weekDays, asked, denied}),
	"T16": shares(share{"", weekDays, counterCoded(UnitedStates), countered},
		share{"if all that is not coded were no", weekDays, LedBy(UnitedStates), countered},
		share{"after European and British accusations", weekDays, counterCoded(UnitedKingdom, European), countered},
		share{"after accusations led by another state", weekDays, counterCoded(AnotherState), countered}),
	"T17": counterReports, "T18": reportsPerYear,
	"T19": shares(share{"", tradeDays, tradeCoded, mayTrade},
		share{"the contested case left out", tradeDays, tradeSure, traded}),
	"T20": suspensions, "T21": hazards, "T22": ages, "T23": recoveries, "T24": gaps,
	"T26": accusationsPerYear, "T30": otherRuptures, "T33": dialogueShare, "T34": britishPerYear,
	"T36": covertAnswers,
}

// quoted passes on what targets.csv says.
func (x *Target) quoted() Observed {
	o := Observed{ID: x.ID, Statistic: x.Statistic, Unit: x.Unit, Value: x.Value, Low: x.Low, High: x.High, N: x.N,
		Method: MethodJudged, Rows: cited(x.Source), Use: x.Use, From: x.From, To: x.To, Source: x.Source}
	if !x.HasHigh {
		o.High = math.Inf(1)
	}
	if dataSet.MatchString(x.Source) {
		o.Method, o.Coverage = MethodCited, level
	}
	return o
}

// view is what a computation sees of the tables.
type view struct {
	t      *Tables
	cut    time.Time // zero: none
	memory bool
}

// counts reports whether a row is seen by how it was checked.
func (v *view) counts(checked string) bool { return Counts(checked) || v.memory && checked == Memory }

// knows reports whether a day is not after the cut.
func (v *view) knows(day time.Time) bool { return v.cut.IsZero() || !day.After(v.cut) }

// end is the last day of the record that is seen.
func (v *view) end() time.Time {
	if until := v.t.Until(); v.knows(until) {
		return until
	}
	return v.cut
}

func ofShare(part string, hits, n int, rows []string) Observed {
	o := Observed{Part: part, Hits: hits, N: n, Method: MethodBinomial, Rows: rows, Coverage: level}
	o.Value, o.Low, o.High = math.NaN(), math.NaN(), math.NaN()
	if n > 0 {
		o.Value = float64(hits) / float64(n)
		o.Low, o.High = binomial(hits, n)
	}
	return o
}

// ofRate makes a rate per year of n in some years.
func ofRate(part string, n int, exposure float64, rows []string) Observed {
	o := Observed{Part: part, Hits: n, N: n, Years: exposure, Method: MethodPoisson, Rows: rows, Coverage: level,
		Unit: "1/y"}
	o.Value, o.Low, o.High = math.NaN(), math.NaN(), math.NaN()
	if exposure > 0 {
		low, high := poisson(n)
		o.Value, o.Low, o.High = float64(n)/exposure, low/exposure, high/exposure
	}
	return o
}

func ofMedian(part string, all []lifetime) Observed {
	var values []float64
	o := Observed{Part: part, Method: MethodMedian, Unit: "d"}
	for _, l := range all {
		if l.ended {
			values, o.Rows = append(values, l.days), append(o.Rows, l.rows...)
		}
	}
	o.N = len(values)
	o.Value, o.Low, o.High, o.Coverage = median(values)
	if o.Coverage < level {
		o.Method = MethodRange
	}
	return o
}

// ofSurvival makes a median of days to an end that some have not reached.
func ofSurvival(part string, all []lifetime) Observed {
	o := Observed{Part: part, N: len(all), Method: MethodSurvival, Unit: "d", Coverage: level}
	o.Value, o.Low, o.High = survivalMedian(all)
	for _, l := range all {
		o.Rows = append(o.Rows, l.rows...)
		if l.ended {
			o.Hits++
		}
	}
	return o
}

// dataSet matches the sources whose events are not shipped.
var dataSet = regexp.MustCompile(`DCID|EuRepoC|CFR Cyber`)
