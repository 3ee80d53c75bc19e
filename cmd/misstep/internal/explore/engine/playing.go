//go:build js && wasm

package main

import (
	"context"
	"errors"
	"syscall/js"
	"time"
)

// breath is how long a piece is played before it looks up for messages. A piece is a draw, and some take half a second.
const breath = 50 * time.Millisecond

var errDropped = errors.New("nobody waits for this piece any more")

// playing is the piece that is played now, if there is one.
type playing struct {
	id   int
	stop context.CancelCauseFunc
}

// begin is the context in which the piece of a call is played, and what ends it.
func (p *playing) begin(id int) (context.Context, func()) {
	ctx, stop := context.WithCancelCause(context.Background())
	p.id, p.stop = id, stop
	return &attentive{Context: ctx}, func() {
		stop(nil)
		p.stop = nil
	}
}

// drop gives up the piece of a call, if it is still played.
func (p *playing) drop(id int) {
	if p.stop != nil && p.id == id {
		p.stop(errDropped)
	}
}

// attentive is a context that looks up for messages when it is asked for its end: all is done on one thread, so that
// otherwise none would be heard before the piece is played.
type attentive struct {
	context.Context //nolint:containedctx // it is one
	looked          time.Time
}

func (a *attentive) Err() error {
	if time.Since(a.looked) > breath {
		lookUp()
		a.looked = time.Now()
	}
	return a.Context.Err()
}

// lookUp waits until the messages that have come are heard: it sends one to itself.
var lookUp = func() func() {
	heard, channel := make(chan struct{}), js.Global().Get("MessageChannel").New()
	channel.Get("port1").Set("onmessage", js.FuncOf(func(js.Value, []js.Value) any {
		heard <- struct{}{}
		return nil
	}))
	return func() {
		channel.Get("port2").Call("postMessage", nil)
		<-heard
	}
}()
