package evidence

import "strings"

// Reference is a work of the literature or a data set.
type Reference struct {
	Key      string // Author and year
	Citation string
	About    string // what it is used for
}

// ReferencesMarkdown is the text of docs/REFERENCES.md.
func ReferencesMarkdown() string {
	var b strings.Builder
	b.WriteString("# References\n\n" +
		"What `[Key]` means in a source, a comment or a scenario. This page is made from\n" +
		"model/record/evidence/references.csv; `go test ./model/record/evidence` says when they differ.\n\n" +
		"Documented events (E001), coded accusations (G01), cases with their delays (D01), target\n" +
		"statistics (T5) and patterns (P3) are in the other tables of that folder;\n" +
		"`misstep evidence KEY` tells all about one.\n\n")
	for _, r := range Shipped().References {
		b.WriteString("- **[" + r.Key + "]** " + r.Citation + " (" + r.About + ")\n")
	}
	return b.String()
}
