package browser

import (
	"fmt"
	"os"
	"regexp"
	"strconv"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/systeminfo"
	"github.com/chromedp/chromedp"
)

// anonymous are the lines of /proc/PID/status that Chromium's own task manager adds up as the memory of a tab.
var anonymous = regexp.MustCompile(`(?m)^(?:RssAnon|VmSwap):\s+(\d+) kB$`)

// Memory is what the tab holds [bytes], workers and their WebAssembly included, as the system counts it: memory of its
// process that no file backs, in RAM or swapped out. It is known on Linux; elsewhere the test is skipped.
func (b *Tab) Memory() (bytes int) {
	b.t.Helper()
	all, err := chromedp.CallBrowser(b, systeminfo.GetProcessInfo, cdp.Empty{})
	b.Must(err)
	for _, p := range all.ProcessInfo {
		if p.Type != "renderer" { // of which one may be spare, which holds less
			continue
		}
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.ID))
		if err != nil {
			b.t.Skip("this system does not tell the memory of a process: ", err)
		}
		held := 0
		for _, m := range anonymous.FindAllSubmatch(status, -1) {
			n, err := strconv.Atoi(string(m[1]))
			b.Must(err)
			held += n << 10
		}
		bytes = max(bytes, held)
	}
	if bytes == 0 {
		b.t.Fatal("no process holds the tab")
	}
	return bytes
}
