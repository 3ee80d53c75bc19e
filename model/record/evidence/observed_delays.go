package evidence

import "slices"

// known lists the cases that are public at the cut and count.
func (v *view) known() []Delay {
	return slices.DeleteFunc(slices.Clone(v.t.Delays), func(d Delay) bool {
		public := d.Public()
		return !v.counts(d.Checked) || public.IsZero() || !v.knows(public.Last())
	})
}

// medianDelay is the median of a delay over the known cases that give both its dates.
func medianDelay(of func(*Delay) (from, to Date)) func(*view) []Observed {
	return func(v *view) []Observed {
		var all []lifetime
		for _, d := range v.known() {
			if from, to := of(&d); !from.IsZero() && !to.IsZero() {
				all = append(all, lifetime{days(from, to), true, []string{d.ID}})
			}
		}
		return []Observed{ofMedian("", all)}
	}
}

// startToDetection is from the start of an operation of espionage to its detection.
func startToDetection(d *Delay) (from, to Date) {
	if d.Intent != "espionage" {
		return Date{}, Date{}
	}
	return d.Start, d.Detected
}

func detectionToDisclosure(d *Delay) (from, to Date) { return d.Detected, d.Disclosed }

// detectionToAttribution is T10: the median of the cases that were attributed, and
// beside it the Kaplan–Meier median, to which the others contribute as long as they
// went without. The first is short because it leaves them out.
func detectionToAttribution(v *view) []Observed {
	var all []lifetime
	for _, d := range v.known() {
		last := d.Attributed
		named := !last.IsZero() && v.knows(last.Last())
		if !named {
			last = d.Censored
			if !v.cut.IsZero() && (last.IsZero() || last.First().After(v.cut)) {
				last = Date{v.cut.Format("2006-01-02"), "day"}
			}
		}
		if !d.Detected.IsZero() {
			all = append(all, lifetime{days(d.Detected, last), named, []string{d.ID}})
		}
	}
	return []Observed{ofMedian("", all), ofSurvival("with the cases that nobody attributed, censored", all)}
}
