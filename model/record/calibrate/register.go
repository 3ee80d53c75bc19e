package calibrate

import (
	"fmt"
	"math"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
)

// The observation model: a data set holds an incident if it became public, if the public record names
// China, if somebody coded it, and before the data set was closed. Chance and lag of coding are
// inferred with the rest, as are the chances that an error and a covert answer come out.

// DataSet is a source of counts that cannot ship; its figures are cited.
type DataSet struct {
	Name     string
	Path     string // coordinate of its chance of recording
	From, To int    // years of start that its figures cover here, inclusive
	Closed   int    // the first day of this year: later coding is not in the version used
}

// The data sets. Their yearly averages of all years are used for those from 2013 on. DCID 2.0 ends with
// 2020 and was coded until 2022; EuRepoC 1.3 is used to 2023.
var (
	DCID    = DataSet{Name: "DCID 2.0", Path: "record.dcid", From: 2013, To: 2020, Closed: 2023}
	EuRepoC = DataSet{Name: "EuRepoC 1.3", Path: "record.eurepoc", From: 2013, To: 2023, Closed: 2025}
)

const (
	lagPath    = "record.lag"
	wrongPath  = "record.wrong"
	covertPath = "record.covert"
)

// observationNumbers are the uncertain numbers of the record itself. Assumption: two careful
// collections disagree by half on the same years, so either may miss most of what became public; coding
// trails publicity by one to two years. An accusation of an innocent comes out as such with a chance between a fifth
// and one, since the accused and the press have every reason to look; a covert answer with one between a tenth and
// seven tenths, since both sides may keep it.
func observationNumbers() []Coordinate {
	days, err := param.FromInterval(180, 900, 0.9, param.Span)
	if err != nil {
		panic(err) // the numbers stand here
	}
	days.Text = "180d to 900d"
	chance := func(path string, from, to float64) Coordinate {
		return Coordinate{Path: path, Unit: "–", Param: -1, walk: -1,
			Dist: param.Dist{Family: param.Uniform, A: from, B: to, Text: fmt.Sprintf("uniform(%v, %v)", from, to)}}
	}
	return []Coordinate{chance(DCID.Path, 0.3, 1), chance(EuRepoC.Path, 0.3, 1),
		{Path: lagPath, Dist: days, Unit: "d", Param: -1, walk: -1},
		chance(wrongPath, 0.2, 1), chance(covertPath, 0.1, 0.7)}
}

// Register is what a data set holds of a record.
type Register struct {
	Starts     []float64 // [d] of the incidents it holds, in order of discovery
	Severities []float64
	Espionage  int
	Attributed int // by a government
}

// named reports whether the public record names China: a government did, or whoever
// published leaned on what the victim believed.
func (k *Incident) named() bool { return k.Belief >= 0.5 }

// code fills the register with what the data set holds of a record. chance is its probability of
// coding, lag the mean lag; first is 1 January of the first year covered, end that after the last,
// closed the day of closing, all [d] from the history's start. Chance is addressed by incident.
func (g *Register) code(r *Record, rep *random.Replicate, set int, chance, lag, first, end, closed float64) {
	g.Starts, g.Severities, g.Espionage, g.Attributed = g.Starts[:0], g.Severities[:0], 0, 0
	closed = math.Min(closed, r.Until)
	for i := range r.Incidents {
		k := &r.Incidents[i]
		if k.Start < first || k.Start >= end || math.IsInf(k.Disclosed, 1) || !k.named() {
			continue
		}
		key := random.Stream(k.entity, random.Recording)
		coded := k.Disclosed + float64(lag*rep.Exponential(key, 2*set))
		if coded > closed || rep.Uniform(key, 2*set+1) >= chance {
			continue
		}
		g.Starts = append(g.Starts, k.Start)
		g.Severities = append(g.Severities, k.Severity)
		if k.Intent == 0 {
			g.Espionage++
		}
		if k.Accused <= closed {
			g.Attributed++
		}
	}
}

// Ordinals of the recording stream that belong to no data set: whether it comes out that an accusation named an
// innocent; whether a covert answer becomes known, by its move.
const (
	wrongOrdinal  = 16
	covertOrdinal = 32
)

// knownWrong counts the accusations of China for what it did not do of which that has come out by the cut-off, chance
// being that of each.
func (r *Record) knownWrong(rep *random.Replicate, chance float64) float64 {
	n := 0
	for i := range r.Accusations {
		a := &r.Accusations[i]
		if !r.Incidents[a.Incident].Chinese && comesOut(rep, a.entity, wrongOrdinal, chance) {
			n++
		}
	}
	return float64(n)
}

// knownCovert counts the covert answers that have become known by the cut-off, chance being that of each.
func (r *Record) knownCovert(rep *random.Replicate, chance float64) float64 {
	n := 0
	for _, c := range r.Covert {
		if comesOut(rep, c.entity, covertOrdinal+c.move, chance) {
			n++
		}
	}
	return float64(n)
}

func comesOut(rep *random.Replicate, entity uint64, ordinal int, chance float64) bool {
	return rep.Uniform(random.Stream(entity, random.Recording), ordinal) < chance
}
