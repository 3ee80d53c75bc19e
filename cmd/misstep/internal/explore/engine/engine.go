//go:build js && wasm

// Command engine is the session of package session in a web worker: it answers messages, one after another, and nothing
// leaves it but answers. What messages hold is told there.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"syscall/js"

	"github.com/misstep/misstep/cmd/misstep/internal/explore/session"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/elem"
)

// garbage is how much of what is in use may be garbage before it is collected [%]: all is done on one thread, which
// waits for it, and little is in use.
const garbage = 300

func main() {
	debug.SetGCPercent(garbage)
	if err := elem.Check(); err != nil {
		refuse(0, fmt.Errorf("%w; its results could not be compared with any other machine's, so it stops", err))
		return
	}
	w := &worker{}
	js.Global().Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		w.hear(args[0].Get("data"))
		return nil
	}))
	post(0, "ready")
	select {} // messages come until the page ends the worker
}

// worker is a session, once there is one, and the piece that it plays.
type worker struct {
	session *session.Session
	playing playing
}

// hear takes a message: a call, or that nobody waits for an earlier one any more. A piece may take long, so that it
// looks up for messages; all else is answered before the next one.
func (w *worker) hear(message js.Value) {
	if id := message.Get("drop"); id.Type() == js.TypeNumber {
		w.playing.drop(id.Int())
		return
	}
	id, call, args := message.Get("id").Int(), message.Get("call").String(), arguments{message.Get("args")}
	if call != "piece" {
		w.answer(context.Background(), id, call, args)
		return
	}
	ctx, done := w.playing.begin(id)
	go func() {
		defer done()
		w.answer(ctx, id, call, args)
	}()
}

// answer answers a call.
func (w *worker) answer(ctx context.Context, id int, call string, args arguments) {
	defer func() {
		if p := recover(); p != nil {
			refuse(id, fmt.Errorf("the engine has made a mistake, which is not yours: %v; reload the page", p))
		}
	}()
	value, err := w.call(ctx, call, args)
	if err != nil {
		refuse(id, err)
		return
	}
	post(id, value)
}

// call does what a message asks for. What it returns is text, bytes, or what is written as JSON.
func (w *worker) call(ctx context.Context, name string, args arguments) (any, error) {
	if name == "open" {
		var source session.Source
		if err := args.read(0, &source); err != nil {
			return nil, err
		}
		s, err := session.Open(source)
		if err != nil {
			return nil, err
		}
		w.session = s
		return nil, nil
	}
	if name == "check" {
		return session.Check(args.pieces(0)), nil
	}
	if w.session == nil {
		return nil, errors.New("no scenario is open; open one first")
	}
	if name == "summary" {
		return string(w.session.Summary()), nil
	}
	state := w.session.Shipped()
	if name != "describe" || args.text(0) != "" {
		if err := args.read(0, &state); err != nil {
			return nil, err
		}
	}
	return w.ask(ctx, name, state, args)
}

// ask answers about a state.
func (w *worker) ask(ctx context.Context, name string, state session.State, args arguments) (any, error) {
	s := w.session
	switch name {
	case "describe":
		return s.Describe(state)
	case "plan":
		return s.Plan(state, args.text(1))
	case "piece":
		return s.Piece(ctx, state, args.text(1), args.number(2))
	case "fold":
		return s.Fold(state, args.text(1), args.pieces(2), args.pieces(3))
	case "files":
		return s.Files(state)
	case "story":
		return s.Story(state, args.number(1), args.number(2))
	case "command":
		return s.Command(state)
	}
	return nil, fmt.Errorf("there is no call %q", name)
}

// arguments are those of a call.
type arguments struct{ list js.Value }

func (a arguments) text(n int) string {
	if x := a.list.Index(n); x.Type() == js.TypeString {
		return x.String()
	}
	return ""
}

func (a arguments) number(n int) int {
	if x := a.list.Index(n); x.Type() == js.TypeNumber {
		return x.Int()
	}
	return -1
}

// read reads JSON text.
func (a arguments) read(n int, into any) error {
	if err := json.Unmarshal([]byte(a.text(n)), into); err != nil {
		return session.Problems{{Message: "what the page holds cannot be read; start from what ships: " + err.Error()}}
	}
	return nil
}

// pieces reads a list of ArrayBuffers.
func (a arguments) pieces(n int) (out [][]byte) {
	list := a.list.Index(n)
	if list.Type() != js.TypeObject {
		return nil
	}
	for i := range list.Length() {
		bytes := js.Global().Get("Uint8Array").New(list.Index(i))
		piece := make([]byte, bytes.Length())
		js.CopyBytesToGo(piece, bytes)
		out = append(out, piece)
	}
	return out
}

// post sends an answer.
func post(id int, value any) {
	out := js.Global().Get("Object").New()
	out.Set("id", id)
	switch v := value.(type) {
	case string:
		out.Set("value", v)
	case []byte:
		bytes := js.Global().Get("Uint8Array").New(len(v))
		js.CopyBytesToJS(bytes, v)
		buffer := bytes.Get("buffer")
		out.Set("value", buffer)
		js.Global().Call("postMessage", out, []any{buffer})
		return
	default:
		out.Set("value", string(say.JSON(v)))
	}
	js.Global().Call("postMessage", out)
}

// refuse sends problems.
func refuse(id int, err error) {
	var problems session.Problems
	if !errors.As(err, &problems) {
		problems = session.Problems{{Message: err.Error()}}
	}
	out := js.Global().Get("Object").New()
	out.Set("id", id)
	out.Set("problems", string(say.JSON(problems)))
	js.Global().Call("postMessage", out)
}
