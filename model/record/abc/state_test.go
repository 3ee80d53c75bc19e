package abc

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"hash/crc64"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// states plays a run and returns its result and all states.
func states(t testing.TB, o Options) (string, [][]byte) {
	var all [][]byte
	o.Checkpoint = func(b []byte) error { all = append(all, b); return nil }
	return asText(run(t, rugged(), ruggedObserved, o)), all
}

// TestResumeEqualsUninterrupted: from every state, the pilot's and the last one's
// included, with another number of workers, result and later states are the same
// bytes. Leaving any part of the sampler out of the state fails.
func TestResumeEqualsUninterrupted(t *testing.T) {
	want, all := states(t, ruggedOptions())
	binding := 0
	for _, state := range all {
		x, err := decode(state)
		if err != nil {
			t.Fatal(err)
		}
		binding = max(binding, len(x.Balls)-1)
	}
	if len(all) < 6 || binding < 1 {
		t.Fatalf("only %d states, of which none has more than %d thresholds", len(all), binding+1)
	}
	for i, state := range all {
		o := ruggedOptions()
		o.Workers = 3
		later := i
		o.Checkpoint = func(b []byte) error {
			if later++; !bytes.Equal(b, all[later]) {
				t.Errorf("resumed after %d: state %d differs", i, later)
			}
			return nil
		}
		r, err := Run(context.Background(), rugged(), ruggedObserved, o, state)
		if err != nil {
			t.Fatalf("after %d: %v", i, err)
		}
		if diff := cmp.Diff(want, asText(r)); diff != "" {
			t.Errorf("resumed after %d: %s", i, diff)
		}
		if later != len(all)-1 {
			t.Errorf("resumed after %d: ended at state %d of %d", i, later, len(all)-1)
		}
	}
}

// TestForeignStateIsRefused: whatever differs is named.
func TestForeignStateIsRefused(t *testing.T) {
	_, all := states(t, ruggedOptions())
	for name, change := range map[string]func(*Options){
		"generator":       func(o *Options) { o.Generator = 1 },
		"seed":            func(o *Options) { o.Seed++ },
		"domain":          func(o *Options) { o.Domain = 1 << DomainBits },
		"particles":       func(o *Options) { o.Particles++ },
		"pilot":           func(o *Options) { o.Pilot++ },
		"keep":            func(o *Options) { o.Keep = 0.4 },
		"adapt":           func(o *Options) { o.Adapt++ },
		"max moves":       func(o *Options) { o.MaxMoves++ },
		"min acceptance":  func(o *Options) { o.MinAcceptance = 0.01 },
		"max simulations": func(o *Options) { o.MaxSimulations++ },
		"schedule":        func(o *Options) { o.Schedule = []float64{1} },
		"scales":          func(o *Options) { o.Scales = ones(4) },
		"weights":         func(o *Options) { o.Weights = ones(4) },
		"floor":           func(o *Options) { o.Floor = ones(4) },
		"coordinates":     func(o *Options) { o.Coordinates = nil },
	} {
		o := ruggedOptions()
		change(&o)
		_, err := Run(context.Background(), rugged(), ruggedObserved, o, all[1])
		if err == nil || !strings.HasPrefix(err.Error(), "state: "+name+": written by a run with another value") {
			t.Errorf("%s: %v", name, err)
		}
	}
	other := rugged()
	other.dims++
	for name, err := range map[string]error{
		"observed":   resumeError(rugged(), []float64{0.5, nan, 7, 1}, all[1]),
		"dimensions": resumeError(other, ruggedObserved, all[1]),
		"statistics": resumeError(normalMean(4, 1), []float64{1}, all[1]),
	} {
		if err == nil || !strings.HasPrefix(err.Error(), "state: "+name+": ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestStateOfOtherLengthsIsRefused: lists that do not belong together are no state, whatever their checksum says.
func TestStateOfOtherLengthsIsRefused(t *testing.T) {
	_, all := states(t, ruggedOptions())
	for name, change := range map[string]func(*saved){
		"no particle":    func(x *saved) { x.Origin, x.Z, x.Stats, x.Parent, x.Family = nil, nil, nil, nil, nil },
		"coordinates":    func(x *saved) { x.Z = x.Z[1:] },
		"statistics":     func(x *saved) { x.Stats = append(x.Stats, 1) },
		"parents":        func(x *saved) { x.Parent = nil },
		"families":       func(x *saved) { x.Family = x.Family[1:] },
		"scales":         func(x *saved) { x.Scales = nil },
		"thresholds":     func(x *saved) { x.Balls[0].Scales = x.Balls[0].Scales[1:] },
		"prior":          func(x *saved) { x.Prior.Stats = x.Prior.Stats[1:] },
		"a prior's draw": func(x *saved) { x.Prior.Particles[0] = nil },
	} {
		x, err := decode(all[2])
		if err != nil {
			t.Fatal(err)
		}
		change(x)
		b := bytes.NewBufferString(stateMagic)
		if err := gob.NewEncoder(b).Encode(x); err != nil {
			t.Fatal(err)
		}
		state := binary.LittleEndian.AppendUint64(b.Bytes(), crc64.Checksum(b.Bytes(), stateTable))
		if err := resumeError(rugged(), ruggedObserved, state); !errors.Is(err, errDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func resumeError(p Problem, observed []float64, state []byte) error {
	_, err := Run(context.Background(), p, observed, ruggedOptions(), state)
	return err
}

// TestDamageIsSeen: every cut, and every byte changed at a stride, is refused.
func TestDamageIsSeen(t *testing.T) {
	_, all := states(t, ruggedOptions())
	state := all[2]
	for n := 0; n < len(state); n += 1 + n/7 {
		if err := resumeError(rugged(), ruggedObserved, state[:n]); !errors.Is(err, errDamaged) {
			t.Errorf("the first %d bytes: %v", n, err)
		}
		b := bytes.Clone(state)
		b[n] ^= 0x10
		if err := resumeError(rugged(), ruggedObserved, b); !errors.Is(err, errDamaged) {
			t.Errorf("byte %d changed: %v", n, err)
		}
	}
}

// TestACheckpointMayFail: its error ends the run.
func TestACheckpointMayFail(t *testing.T) {
	full := errors.New("disk full")
	for n := range 3 {
		o, left := ruggedOptions(), n
		o.Checkpoint = func([]byte) error {
			if left--; left < 0 {
				return full
			}
			return nil
		}
		if _, err := Run(context.Background(), rugged(), ruggedObserved, o, nil); !errors.Is(err, full) {
			t.Errorf("state %d: %v", n, err)
		}
	}
}

// FuzzState: no bytes make the parser panic, and only what was written is a state.
func FuzzState(f *testing.F) {
	o := ruggedOptions()
	o.Particles, o.Pilot, o.MaxMoves, o.MaxSimulations = 4, 6, 2, 40
	_, all := states(f, o)
	for _, s := range all {
		f.Add(s[len(stateMagic) : len(s)-8])
	}
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, body []byte) {
		b := append([]byte(stateMagic), body...)
		_, _ = decode(binary.LittleEndian.AppendUint64(b, crc64.Checksum(b, stateTable)))
		written := slices.ContainsFunc(all, func(s []byte) bool { return bytes.Equal(s, b) })
		r, err := Run(context.Background(), rugged(), ruggedObserved, o, b)
		if (r == nil) == (err == nil) || err == nil && !written {
			t.Errorf("result %v, error %v", r, err)
		}
	})
}
