// Package browser drives a headless Chromium in tests, over the DevTools protocol on
// a pair of pipes: no port is opened, and nothing but the standard library is needed.
//
// [Find] says whether there is a Chromium at all; tests skip without one. A [Tab]
// keeps what its page did that a page of ours must not do: messages on the console,
// exceptions, requests.
package browser

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"
)

// names are those under which a Chromium is installed.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// Find looks for a Chromium, and says whether there is one.
func Find() (path string, ok bool) {
	for _, n := range names {
		if path, err := exec.LookPath(n); err == nil {
			return path, true
		}
	}
	return "", false
}

// patience bounds the wait for an answer of the browser.
const patience = 60 * time.Second

// Browser is a running browser.
type Browser struct {
	cmd     *exec.Cmd
	profile string
	to      io.WriteCloser

	mu      sync.Mutex
	next    int
	waiting map[int]chan message
	tabs    map[string]*Tab // by session
	ended   error
}

// message is one of the protocol: a call, its answer, or an event.
type message struct {
	ID      int             `json:"id,omitempty"`
	Session string          `json:"sessionId,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  any             `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *struct {
		Message string `json:"message"`
	} `json:"error,omitempty"`
	event json.RawMessage
}

// Start starts the browser at path with a profile of its own.
func Start(ctx context.Context, path string) (*Browser, error) {
	profile, err := os.MkdirTemp("", "misstep-browser-")
	if err != nil {
		return nil, err
	}
	hears, to, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	from, says, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, path, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
		"--disable-dev-shm-usage",
		"--disable-extensions", "--disable-background-networking", "--disable-component-update", "--no-first-run",
		"--hide-scrollbars",
		"--user-data-dir="+profile, "about:blank")
	cmd.ExtraFiles = []*os.File{hears, says} // descriptors 3 and 4
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	_ = hears.Close()
	_ = says.Close()
	b := &Browser{cmd: cmd, profile: profile, to: to, waiting: map[int]chan message{}, tabs: map[string]*Tab{}}
	go b.listen(from)
	return b, nil
}

// Close ends the browser and removes its profile.
func (b *Browser) Close() error {
	_, _ = b.call("", "Browser.close", nil)
	_ = b.to.Close()
	done := make(chan struct{})
	go func() {
		_ = b.cmd.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		_ = b.cmd.Process.Kill()
		<-done
	}
	return os.RemoveAll(b.profile)
}

// listen takes messages, each of which ends with a zero byte.
func (b *Browser) listen(from io.ReadCloser) {
	defer func() { _ = from.Close() }()
	r := bufio.NewReaderSize(from, 1<<20)
	for {
		data, err := r.ReadBytes(0)
		if err != nil {
			b.end(fmt.Errorf("the browser has gone: %w", err))
			return
		}
		var m message
		var e struct {
			Params json.RawMessage `json:"params"`
		}
		data = data[:len(data)-1]
		if json.Unmarshal(data, &m) != nil || json.Unmarshal(data, &e) != nil {
			continue
		}
		m.event = e.Params
		b.deliver(m)
	}
}

func (b *Browser) end(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ended = err
	for id, c := range b.waiting {
		delete(b.waiting, id)
		close(c)
	}
}

func (b *Browser) deliver(m message) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if c, ok := b.waiting[m.ID]; ok && m.ID > 0 {
		delete(b.waiting, m.ID)
		c <- m
		return
	}
	if t := b.tabs[m.Session]; t != nil {
		t.take(m)
	}
}

// call calls a method and waits for its answer.
func (b *Browser) call(session, method string, params any) (json.RawMessage, error) {
	b.mu.Lock()
	if b.ended != nil {
		b.mu.Unlock()
		return nil, b.ended
	}
	b.next++
	m := message{ID: b.next, Session: session, Method: method, Params: params}
	answer := make(chan message, 1)
	b.waiting[m.ID] = answer
	data, err := json.Marshal(m)
	if err == nil {
		_, err = b.to.Write(append(data, 0))
	}
	b.mu.Unlock()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", method, err)
	}
	select {
	case a, ok := <-answer:
		switch {
		case !ok:
			return nil, fmt.Errorf("%s: %w", method, b.ended)
		case a.Error != nil:
			return nil, fmt.Errorf("%s: %s", method, a.Error.Message)
		}
		return a.Result, nil
	case <-time.After(patience):
		return nil, errors.New(method + ": no answer")
	}
}
