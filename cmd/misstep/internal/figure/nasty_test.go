package figure

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/timeline"
	"github.com/misstep/misstep/model/summary"
)

// summaries are the ordinary one and those that a figure must survive.
func summaries() map[string]sample {
	return map[string]sample{
		"realistic": {realistic(), oneFuture()},
		"empty":     {&summary.Summary{}, &History{}},
		"one-arm":   {oneArm(), nil},
		"zero":      {filled(0), oneFuture()},
		"huge":      {filled(1e9), filledHistory(1e9)},
		"negative":  {filled(-3), filledHistory(-3)},
		"long":      {longNames(), crowded()},
		"many":      {manyArms(), crowded()},
		"certain":   {certain(), oneFuture()},
		"short":     {shortWindow(), nil},
	}
}

// overwrite puts v into every number of a structure.
func overwrite(x reflect.Value, v float64) {
	switch x.Kind() {
	case reflect.Float64:
		x.SetFloat(v)
	case reflect.Struct:
		for i := range x.NumField() {
			overwrite(x.Field(i), v)
		}
	case reflect.Slice:
		for i := range x.Len() {
			overwrite(x.Index(i), v)
		}
	case reflect.Pointer:
		overwrite(x.Elem(), v)
	}
}

// filled is the realistic summary with one number everywhere.
func filled(v float64) *summary.Summary {
	s := realistic()
	overwrite(reflect.ValueOf(s), v)
	if v == 0 { // zeros at ordinary times
		for i := range s.Arms {
			for j := range s.Arms[i].Curves {
				s.Arms[i].Curves[j].Days = growth("", "", 0, 0, 1).Days
			}
			for j := range s.Arms[i].Forum.ByTension {
				s.Arms[i].Forum.ByTension[j].To = float64(j+1) / 5
				s.Arms[i].Forum.ByTension[j].Moments = 10
			}
		}
		s.Run.HorizonDays = 1826
		s.Contrasts[0].Futures = summary.Futures{Public: summary.Table{Neither: 1}, Break: summary.Table{Neither: 1}}
	}
	return s
}

func filledHistory(v float64) *History {
	h := oneFuture()
	overwrite(reflect.ValueOf(h), v)
	return h
}

// oneArm has nothing to compare.
func oneArm() *summary.Summary {
	s := realistic()
	s.Arms, s.Contrasts = s.Arms[1:], nil
	s.Run.Arms, s.Run.Baseline, s.Run.Treatment = []string{"with-forum"}, "with-forum", ""
	s.Headline.Calibrated = true
	return s
}

// longNames has a title, names and labels that no line can hold, in letters of
// several scripts and some that the font does not have.
func longNames() *summary.Summary {
	s := realistic()
	s.Run.Title = "An évaluation of what a standing dialogue – with a “hotline”, ±1 meeting a year, ~12 " +
		"officials and " +
		"≥ 2 deputies → commitments − would do, Ελλάς Москва 東京 🛰, " + strings.Repeat("and more ", 12)
	s.Run.Scenario = strings.Repeat("scenario-with-a-long-name-", 5)
	rename := map[string]string{"without-forum": "without-any-standing-forum-of-officials-between-the-two",
		"with-forum": "with-a-standing-forum-of-officials-that-meets-twice-a-year"}
	s.Run.Baseline, s.Run.Treatment = rename[s.Run.Baseline], rename[s.Run.Treatment]
	for i := range s.Arms {
		s.Arms[i].Name = rename[s.Arms[i].Name]
		for j := range s.Arms[i].Channels {
			s.Arms[i].Channels[j].Name = "the-permanent-channel-of-the-deputy-ministers-number-" + fmt.Sprint(j)
		}
	}
	c := &s.Contrasts[0]
	c.Baseline, c.Treatment = rename[c.Baseline], rename[c.Treatment]
	for i := range c.Measures {
		c.Measures[i].Label += " that a reader would want to know more about than fits"
		c.Measures[i].Unit += " and year and pair of states and incident"
	}
	for i := 0; i < 9; i++ {
		c.Measures = append(c.Measures, c.Measures[i])
	}
	return s
}

// manyArms has more arms than looks.
func manyArms() *summary.Summary {
	s := realistic()
	for i, name := range []string{"clarify-only", "delay-only", "trust-only", "private-only", "all-but-fragility"} {
		s.Arms = append(s.Arms, sampleArm(name, .9-.08*float64(i), true))
	}
	for i := range 8 {
		for j := range s.Arms {
			s.Arms[j].Channels = append(s.Arms[j].Channels,
				summary.ChannelUptime{Name: fmt.Sprintf("track-%d", i), Uptime: est(.4+.05*float64(j), .01, .3, .9)})
		}
	}
	return s
}

// certain has shares of one and arms that agree in every bit.
func certain() *summary.Summary {
	s := filled(1)
	s.Run.HorizonDays = 1826
	for i := range s.Arms {
		for j := range s.Arms[i].Curves {
			s.Arms[i].Curves[j].Days = growth("", "", 0, 0, 1).Days
		}
	}
	s.Contrasts[0].Futures.Public = summary.Table{Both: 1}
	s.Contrasts[0].Futures.Break = summary.Table{Neither: 1}
	return s
}

// shortWindow is half a year, with a case in the last tenth of a percent.
func shortWindow() *summary.Summary {
	s := realistic()
	s.Run.HorizonDays = 180
	for i := range s.Arms {
		for j := range s.Arms[i].Curves {
			for k := range s.Arms[i].Curves[j].Days {
				s.Arms[i].Curves[j].Days[k] *= 180.0 / 1826
			}
		}
	}
	return s
}

// crowded is a history with a step every few days.
func crowded() *History {
	h := oneFuture()
	for i := range h.Arms {
		for j := range h.Arms[i].Lanes {
			l := &h.Arms[i].Lanes[j]
			if l.Kind == timeline.Channel {
				continue
			}
			for k := range 60 {
				day := float64(k)*29 + float64(k*k%17)
				l.Events = append(l.Events,
					timeline.Event{Day: day, Kind: "act", Rung: k * k % 6, Misstep: k%9 == 4, Avoidable: k%2 == 0,
						Belief: float64(k%11) / 10})
			}
		}
	}
	return h
}
