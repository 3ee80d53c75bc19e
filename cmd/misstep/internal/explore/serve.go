package explore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
)

// serve serves the page on this machine until the context ends. An interrupt is how that is meant to be, and no error.
func serve(ctx context.Context, a *cli.App, page []byte) error {
	at, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return cli.Failed(fmt.Errorf("no port of this machine can be had: %w; write the page with --write", err))
	}
	port := at.Addr().(*net.TCPAddr).Port //nolint:forcetypeassert // what tcp4 listens at
	server := &http.Server{Handler: handler(page, port), ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 1 << 16,
		ErrorLog: log.New(io.Discard, "", 0)} // who asks badly is told, and nobody else
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(at) }()
	if _, err := fmt.Fprintf(a.Out, "http://127.0.0.1:%d/ (Ctrl-C ends it)\n", port); err != nil {
		return errors.Join(err, server.Close())
	}
	select {
	case err := <-ended:
		return cli.Failed(err)
	case <-ctx.Done():
	}
	_ = server.Close() // whoever still reads has no use for the rest
	if by := (*cli.Interrupted)(nil); errors.As(context.Cause(ctx), &by) && by.Status() == interrupted {
		return nil
	}
	return context.Cause(ctx)
}

// interrupted is the exit status after Ctrl-C.
const interrupted = 130

// handler serves the page to who asks for this machine by its number or as localhost: a page of another host that
// has its name point here gets nothing.
func handler(page []byte, port int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		switch {
		case host != "127.0.0.1:"+strconv.Itoa(port) && host != "localhost:"+strconv.Itoa(port):
			http.Error(w, "this page is for this machine alone", http.StatusMisdirectedRequest)
		case r.URL.Path != "/":
			http.NotFound(w, r)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "there is a page to read, and nothing else", http.StatusMethodNotAllowed)
		default:
			h := w.Header()
			h.Set("Content-Type", "text/html; charset=utf-8")
			h.Set("Content-Length", strconv.Itoa(len(page)))
			h.Set("Cache-Control", "no-store")
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("X-Frame-Options", "DENY")
			h.Set("Cross-Origin-Resource-Policy", "same-origin")
			if r.Method == http.MethodGet {
				_, _ = w.Write(page) // who asked may have gone
			}
		}
	})
}
