//go:build verify

package study

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/misstep/misstep/internal/browser"
	"github.com/misstep/misstep/model/elicit"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/record/table"
)

// TestFormInABrowser: the page shows what it should, loads nothing, and what its button saves is read back as the
// answers that were filled in. axe-core objects to nothing.
func TestFormInABrowser(t *testing.T) {
	b := browser.New(t)
	rows := asked(t)
	page, err := filepath.Abs("form/form.html")
	if err != nil {
		t.Fatal(err)
	}
	b.Do(chromedp.Navigate("file://" + page))
	right := answerTo(t, rows[1][3], false)
	saved := browser.In[string](b, fmt.Sprintf(`(() => {
		const set = document.querySelector("fieldset"), a = %q.split(" ");
		document.getElementById("expert").value = 'Anna "A", of X';
		["lowest", "highest", "best", "confidence"].forEach((n, i) => {
			set.querySelector("[name=" + n + "]").value = a[i]; });
		document.getElementById("save").click();
		return document.getElementById("said").textContent + "\n" + document.getElementById("table").value; })()`,
		strings.Join(right, " ")))
	said, table, _ := strings.Cut(saved, "\n")
	if said != "Saved as answers-Anna-A-of-X.csv." {
		t.Error(said)
	}
	if err := os.WriteFile("saved.csv", []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out, errs := elicits("elicit", "read", "saved.csv", "--write", "p.yaml"); status != 0 ||
		!strings.Contains(out, `Anna "A", of X`) {
		t.Errorf("%s%s\n%s", out, errs, table)
	}
	wrong := browser.In[string](b, `(() => { const i = document.querySelector("[name=highest]"); i.value = "0";
		i.dispatchEvent(new Event("change", {bubbles: true}));
		document.getElementById("save").click();
		return document.querySelector(".wrong").textContent; })()`)
	if wrong != "The lowest has to lie below the highest." {
		t.Error(wrong)
	}
	refusesAsRead(t, b)
	b.Axe()
	if found := b.Violations(); len(found) > 0 {
		t.Error(found)
	}
	b.Quiet("file://" + page)
}

// refusesAsRead: the page refuses what elicit read refuses, and takes what it takes: the questions of the page are held
// against four numbers with other domains, of which one is a duration.
func refusesAsRead(t *testing.T, b *browser.Tab) {
	t.Helper()
	for _, name := range []string{"choice.operation", "strength.delay", "disclosure.delay", "choice.cost"} {
		p, ok := param.ByName(name)
		if !ok {
			t.Fatal(name)
		}
		for _, a := range [][]string{{"1,000", "2,000", "1,500", "80"}, {"0,2", "0,8", "0,5", "80%"},
			{"0.2", "0.8", ".5", "80 %"},
			{"20%", "80%", "50%", "80"}, {"5d", "2y", "3w", "80"}, {"5 d", "2 y", "3 w", "80"}, {"-7", "5", "3", "80"},
			{"0.2", "0.8", "0.2", "80"}, {"0", "0.8", "0", "80"}, {"0.2", "0.8", "0.8", "80"}, {"0x1", "0x3", "0x2", "80"},
			{"1e-400", "0.8", "0.5", "80"}, {"0.2", "1e999", "0.5", "80"}, {"0.2", "0.8", "0.5", "50"},
			{"0.2", "0.8", "0.5", "80d"},
			{"1 000", "3 000", "2 000", "80"}, {"1.000,5", "2", "1.5", "80"}, {"−0.5", "0.5", "+0.1", "90"},
			{"2", "30", "9", "90"}} {
			cells := browser.In[[]string](b, fmt.Sprintf(`(() => { const set = document.querySelector("fieldset"),
				a = %q.split("|"), d = set.dataset;
				[d.lo, d.hi, d.domain, d.whole, d.duration] = [%q, %q, %q, "%v", "%v"];
				["lowest", "highest", "best", "confidence"].forEach((n, i) => {
					set.querySelector("[name=" + n + "]").value = a[i]; });
				set.dispatchEvent(new Event("input", {bubbles: true}));
				set.querySelector("input").dispatchEvent(new Event("change", {bubbles: true}));
				return [set.querySelector(".wrong").textContent, document.getElementById("table").value]; })()`,
				strings.Join(a, "|"), bound(p.Domain.Lo), bound(p.Domain.Hi), p.Domain.Text, p.Domain.Integer, p.Domain.Duration))
			written, err := csv.NewReader(strings.NewReader(cells[1])).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			file := &table.Text{File: "a.csv"}
			x := expert{priors: map[string]elicit.Fitted{}}
			said := strings.Join(written[1][7:], "\",\"")
			x.take(file.CSV(append([]string{"number"}, fields...),
				[]byte("number,lowest,highest,best,confidence\n"+name+",\""+said+"\"\n"))[0])
			if (cells[0] == "") != (len(file.Problems) == 0) {
				t.Errorf("%s %q: the page says %q, and elicit read %v", name, a, cells[0], file.Problems)
			}
		}
	}
}
