package browser

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Tab is a page in the browser.
type Tab struct {
	b       *Browser
	session string
	loaded  chan struct{}

	// What the page did, in order; guarded by the browser's lock.
	complaints, requests []string
}

// Open opens an address in a tab of its own and waits until it has loaded.
func (b *Browser) Open(address string) (*Tab, error) {
	var target struct{ TargetID string }
	if err := b.ask("", "Target.createTarget", map[string]any{"url": "about:blank"}, &target); err != nil {
		return nil, err
	}
	var attached struct{ SessionID string }
	if err := b.ask("", "Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true},
		&attached); err != nil {
		return nil, err
	}
	t := &Tab{b: b, session: attached.SessionID, loaded: make(chan struct{}, 1)}
	b.mu.Lock()
	b.tabs[t.session] = t
	b.mu.Unlock()
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		if err := t.do(domain+".enable", nil); err != nil {
			return nil, err
		}
	}
	return t, t.Go(address)
}

// Go opens another address in the tab.
func (t *Tab) Go(address string) error {
	select {
	case <-t.loaded: // of the page before
	default:
	}
	if err := t.do("Page.navigate", map[string]any{"url": address}); err != nil {
		return err
	}
	select {
	case <-t.loaded:
		return nil
	case <-time.After(patience):
		return errors.New(address + " does not finish loading")
	}
}

// ask calls a method and reads its answer; names match whatever their case.
func (b *Browser) ask(session, method string, params, answer any) error {
	data, err := b.call(session, method, params)
	if err != nil || answer == nil {
		return err
	}
	return json.Unmarshal(data, answer)
}

func (t *Tab) do(method string, params any) error { return t.b.ask(t.session, method, params, nil) }

// take notes an event.
func (t *Tab) take(m message) {
	switch m.Method {
	case "Page.loadEventFired":
		select {
		case t.loaded <- struct{}{}:
		default:
		}
	case "Runtime.consoleAPICalled":
		t.complaints = append(t.complaints, "console: "+string(m.event))
	case "Runtime.exceptionThrown":
		t.complaints = append(t.complaints, "exception: "+string(m.event))
	case "Log.entryAdded":
		t.complaints = append(t.complaints, "log: "+string(m.event))
	case "Network.requestWillBeSent":
		var e struct {
			Request struct{ URL string }
		}
		if json.Unmarshal(m.event, &e) == nil && !strings.HasPrefix(e.Request.URL, "data:") {
			t.requests = append(t.requests, e.Request.URL)
		}
	}
}

// Complaints are what stood on the console, broke the policy, or was thrown.
func (t *Tab) Complaints() []string {
	t.b.mu.Lock()
	defer t.b.mu.Unlock()
	return append([]string(nil), t.complaints...)
}

// Requests are the addresses that were asked for, the page's own among them, data in
// the page left out.
func (t *Tab) Requests() []string {
	t.b.mu.Lock()
	defer t.b.mu.Unlock()
	return append([]string(nil), t.requests...)
}

// Size makes the window so large [px].
func (t *Tab) Size(width, height int) error {
	return t.do("Emulation.setDeviceMetricsOverride",
		map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})
}

// Prefer sets the colour scheme, "light" or "dark", and the medium, "screen" or
// "print".
func (t *Tab) Prefer(scheme, medium string) error {
	return t.do("Emulation.setEmulatedMedia",
		map[string]any{"media": medium, "features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}})
}

// Evaluate runs an expression in the page and reads its value, which may be a
// promise; out may be nil.
func (t *Tab) Evaluate(expression string, out any) error {
	var answer struct {
		Result struct {
			Value json.RawMessage
		}
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	err := t.b.ask(t.session, "Runtime.evaluate",
		map[string]any{"expression": expression, "returnByValue": true, "awaitPromise": true}, &answer)
	switch {
	case err != nil:
		return err
	case answer.ExceptionDetails != nil:
		return fmt.Errorf("%s: %s", answer.ExceptionDetails.Text, answer.ExceptionDetails.Exception.Description)
	case out == nil:
		return nil
	}
	return json.Unmarshal(answer.Result.Value, out)
}

// keys are the keys that [Tab.Press] knows: name, code, text.
var keys = map[string]struct {
	code int
	text string
}{"Tab": {9, ""}, "Enter": {13, "\r"}, " ": {32, " "}, "ArrowLeft": {37, ""}, "ArrowRight": {39, ""}, "Home": {36, ""}}

// Press presses a key and lets it go.
func (t *Tab) Press(key string) error {
	k, ok := keys[key]
	if !ok {
		return fmt.Errorf("unknown key %q", key)
	}
	name := key
	if key == " " {
		name = "Space"
	}
	down := map[string]any{"type": "keyDown", "key": key, "code": name, "windowsVirtualKeyCode": k.code}
	if k.text != "" {
		down["text"] = k.text
	}
	if err := t.do("Input.dispatchKeyEvent", down); err != nil {
		return err
	}
	return t.do("Input.dispatchKeyEvent",
		map[string]any{"type": "keyUp", "key": key, "code": name, "windowsVirtualKeyCode": k.code})
}

// Point moves the pointer to a place of the window [px].
func (t *Tab) Point(x, y float64) error {
	return t.do("Input.dispatchMouseEvent", map[string]any{"type": "mouseMoved", "x": x, "y": y})
}

// Screenshot is a picture of the page as PNG, of all of it or of the window.
func (t *Tab) Screenshot(all bool) ([]byte, error) {
	return t.data("Page.captureScreenshot", map[string]any{"format": "png", "captureBeyondViewport": all})
}

// Print is the page on A4 as PDF.
func (t *Tab) Print() ([]byte, error) {
	return t.data("Page.printToPDF", map[string]any{"preferCSSPageSize": true, "printBackground": true})
}

func (t *Tab) data(method string, params any) ([]byte, error) {
	var answer struct{ Data string }
	if err := t.b.ask(t.session, method, params, &answer); err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(answer.Data)
}

// Scripts lets the scripts of pages that are opened from now on run, or not.
func (t *Tab) Scripts(run bool) error {
	return t.do("Emulation.setScriptExecutionDisabled", map[string]any{"value": !run})
}
