package backtest

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
)

// history loads a shipped history anew, so that a test may change it.
func history(t testing.TB, name string) *scenario.Scenario {
	t.Helper()
	data, err := os.ReadFile("../../../scenarios/history/" + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	v, err := scenario.Load(name, data, scenario.Options{UsePriors: true})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func shippedInput(t testing.TB) Input {
	return Input{history(t, "us-china-history"), history(t, "uk-china-history"), evidence.Shipped()}
}

// tiny is a size at which a cut-off takes well below a second.
func tiny(workers int) Options {
	return Options{Calibrate: calibrate.Options{Seed: 7, Particles: 3, Pilot: 8, MaxSimulations: 60, Workers: workers},
		Futures: 8}
}

// lateCut is the cut-off of most tests: few windows follow it.
var lateCut = at("2023-12-31")

var shared struct {
	once   sync.Once
	result *Result
	err    error
}

// fixture is one tiny backtest of two cut-offs, run once for all tests. It must not be
// changed.
func fixture(t testing.TB) *Result {
	t.Helper()
	shared.once.Do(func() {
		b, err := Prepare(shippedInput(t), []time.Time{lateCut, at("2022-12-31")})
		if err == nil {
			shared.result, err = b.Run(context.Background(), tiny(2))
		}
		shared.err = err
	})
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return shared.result
}
