package sim

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden event log anew")

// line writes an event in one line: the day, what, which incident, who and how.
func line(m *Model, e *Event) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%10.4f %s", e.Time, e.Kind)
	if e.Stream >= 0 {
		s := &m.streams[e.Stream]
		fmt.Fprintf(&b, " %s>%s:%s#%d", m.SourceName(int(s.source)), m.StateName(int(s.victim)), s.intent, e.Ordinal)
	}
	if e.Channel >= 0 {
		fmt.Fprintf(&b, " %s %s", m.ChannelName(int(e.Channel)), e.Cause)
	}
	if e.Actor >= 0 {
		fmt.Fprintf(&b, " by %s", m.StateName(int(e.Actor)))
	}
	if e.Target >= 0 {
		fmt.Fprintf(&b, " to %s", m.StateName(int(e.Target)))
	}
	switch e.Kind {
	case EventDiscovery:
		fmt.Fprintf(&b, " severity %.4f seen as %.4f", e.Severity, e.Perceived)
	case EventPiece:
		fmt.Fprintf(&b, " points at %s, signal %d", m.SourceName(e.Indicated), e.Signal)
	case EventAnswer:
		fmt.Fprintf(&b, " answer %d", e.Answer)
	case EventClose:
		fmt.Fprintf(&b, " at R%d, belief %.6f", e.Rung, e.Belief)
	case EventAct, EventReply:
		fmt.Fprintf(&b, " R%d from R%d, known R%d, fair R%d, %d join, misstep %v, induced %v, guilt %.6f, type %.6f",
			e.Rung, e.Before, e.RungOnTruth, e.RungOnIdeal, e.Joined, e.Misstep, e.Induced, e.Held.Culprit, e.Held.StatusQuo)
	}
	return b.String()
}

// TestGolden: three replicates of a scenario, entry by entry, so that no change of
// results goes unseen. Run with -update to accept one, and say so in the changelog.
func TestGolden(t *testing.T) {
	const path = "testdata/golden.txt"
	a := arms(t, read(t, "testdata/dyad.yaml"), set{"horizon", "1y"}, set{"assumptions.model.backlog", "60d"},
		set{"assumptions.shocks.strait.at", "2026-09-01"}, set{"assumptions.model.retraction", "true"},
		set{"evidence.case", "150d"}, set{"evidence.gap", "90d"}, set{"discovery.stealthy", "60d"})
	var got strings.Builder
	var r Runner
	for n := range 3 {
		for arm, name := range []string{"without", "with"} {
			fmt.Fprintf(&got, "replicate %d, arm %s\n", n, name)
			log, out := events(&r, a, replicate(n), arm)
			for i := range log {
				got.WriteString(line(a.Arms[arm], &log[i]) + "\n")
			}
			fmt.Fprintf(&got, "events %d, first %.4f, regret", out.Events, out.First)
			for i := range out.Cases {
				fmt.Fprintf(&got, " %.6f", out.Cases[i].Regret)
			}
			got.WriteString("\n")
		}
	}
	if *update {
		if err := os.WriteFile(path, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, have := strings.Split(read(t, path), "\n"), strings.Split(got.String(), "\n")
	for i := range max(len(want), len(have)) {
		if i >= len(want) || i >= len(have) || want[i] != have[i] {
			w, h := append(want, "(the end)"), append(have, "(the end)")
			t.Fatalf("line %d of %s, results changed:\nwant %s\ngot  %s", i+1, path, w[min(i, len(want))], h[min(i, len(have))])
		}
	}
}
