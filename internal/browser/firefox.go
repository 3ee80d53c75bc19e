package browser

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/websocket"
)

// Firefox is a page in a Firefox of its own, which is spoken to in WebDriver BiDi
// (https://w3c.github.io/webdriver-bidi/), with the messages on its console and its requests.
type Firefox struct {
	t                    testing.TB
	conn                 *websocket.Conn
	context              string // of the page
	last                 int    // command
	complaints, requests []string
}

// patience is how long Firefox may take to start, and for a command.
const patience = 3 * time.Minute

// NewFirefox starts a Firefox, or skips the test.
func NewFirefox(t testing.TB) *Firefox {
	t.Helper()
	names := []string{"firefox-esr", "firefox"}
	i := slices.IndexFunc(names, func(name string) bool {
		_, err := exec.LookPath(name)
		return err == nil
	})
	if i < 0 {
		t.Skip("no Firefox is installed")
	}
	const origin = "http://127.0.0.1"
	cmd := exec.Command(names[i], "--headless", "--no-remote", "--profile", t.TempDir(), //nolint:gosec // one of two
		"--remote-debugging-port=0", "--remote-allow-origins="+origin, "about:blank")
	errs, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	f := &Firefox{t: t}
	t.Cleanup(func() {
		if f.conn != nil {
			_ = f.conn.Close()
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	address, err := listening(errs)
	if err == nil {
		f.conn, err = websocket.Dial(address+"/session", "", origin)
	}
	if err != nil {
		t.Fatal(err)
	}
	f.call("session.new", object{"capabilities": object{}}, nil)
	f.call("session.subscribe", object{"events": []string{"log.entryAdded", "network.beforeRequestSent"}}, nil)
	var tree struct{ Contexts []struct{ Context string } }
	f.call("browsingContext.getTree", object{}, &tree)
	f.context = tree.Contexts[0].Context
	return f
}

// listening waits for the address at which Firefox says that it listens, and reads on what it says.
func listening(errs io.Reader) (string, error) {
	found := make(chan string, 1)
	go func() {
		defer close(found)
		for lines := bufio.NewScanner(errs); lines.Scan(); {
			if _, address, ok := strings.Cut(lines.Text(), "WebDriver BiDi listening on "); ok {
				found <- address
			}
		}
	}()
	select {
	case address, ok := <-found:
		if !ok {
			return "", errors.New("the Firefox ended before it listened")
		}
		return address, nil
	case <-time.After(patience):
		return "", fmt.Errorf("the Firefox does not listen within %v", patience)
	}
}

type object = map[string]any

// message is what comes from the browser: the answer to a command or an event.
type message struct {
	Type    string
	ID      int
	Result  json.RawMessage
	Error   string
	Message string
	Method  string
	Params  struct {
		Level, Text string
		Request     struct{ URL string }
	}
}

// call sends a command and waits for its answer; events are noted on the way.
func (f *Firefox) call(method string, params object, into any) {
	f.t.Helper()
	f.last++
	err := f.conn.SetDeadline(time.Now().Add(patience))
	if err == nil {
		err = websocket.JSON.Send(f.conn, object{"id": f.last, "method": method, "params": params})
	}
	for err == nil {
		var m message
		if err = websocket.JSON.Receive(f.conn, &m); err != nil {
			break
		}
		switch {
		case m.Type == "event":
			f.note(&m)
			continue
		case m.Type == "error":
			err = fmt.Errorf("%s: %s", m.Error, m.Message)
		case m.ID == f.last && into != nil:
			err = json.Unmarshal(m.Result, into)
		}
		break
	}
	if err != nil {
		f.t.Fatalf("%s: %v", method, err)
	}
}

// note keeps what the page did.
func (f *Firefox) note(m *message) {
	switch m.Method {
	case "log.entryAdded":
		f.complaints = append(f.complaints, m.Params.Level+": "+m.Params.Text)
	case "network.beforeRequestSent":
		if url := m.Params.Request.URL; fetched(url) {
			f.requests = append(f.requests, url)
		}
	}
}

// Open opens an address and waits until it is loaded.
func (f *Firefox) Open(address string) {
	f.t.Helper()
	f.call("browsingContext.navigate", object{"context": f.context, "url": address, "wait": "complete"}, nil)
}

// evaluate is the value of an expression as JSON.
func (f *Firefox) evaluate(expression string) ([]byte, error) {
	f.t.Helper()
	var got struct {
		Result           struct{ Value string }
		ExceptionDetails *struct{ Text string }
	}
	promised := fmt.Sprintf("Promise.resolve((%s)).then(v => JSON.stringify(v ?? null))", expression)
	f.call("script.evaluate", object{"expression": promised, "target": object{"context": f.context},
		"awaitPromise": true}, &got)
	if got.ExceptionDetails != nil {
		return nil, errors.New(got.ExceptionDetails.Text)
	}
	return []byte(got.Result.Value), nil
}

func (f *Firefox) test() testing.TB { return f.t }

// Quiet reports complaints, and requests other than these.
func (f *Firefox) Quiet(requests ...string) {
	f.t.Helper()
	if len(f.complaints) > 0 || !slices.Equal(f.requests, requests) {
		f.t.Errorf("complaints: %.600q, requests %q", f.complaints, f.requests)
	}
}
