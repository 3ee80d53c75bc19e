package evidence

import "strings"

// Reference is a work of the literature or a data set.
type Reference struct {
	Key      string // Author and year
	Citation string
	About    string // what it is used for
}

var references = readReferences()

// References returns the literature in the order of its keys. The slice must not
// be changed.
func References() []Reference { return references }

func readReferences() []Reference {
	var out []Reference
	for _, r := range read("references.csv", "key,citation,about") {
		out = append(out, Reference{r["key"], r["citation"], r["about"]})
	}
	return out
}

// ReferencesMarkdown is the text of docs/REFERENCES.md.
func ReferencesMarkdown() string {
	var b strings.Builder
	b.WriteString("# References\n\n" +
		"What `[Key]` means in a source, a comment or a scenario. This page is made from\n" +
		"model/evidence/references.csv; `go test ./model/evidence` says when they differ.\n\n" +
		"Documented events (E001), coded accusations (G01), target statistics (T5) and patterns (P3)\n" +
		"are in the other tables of that folder.\n\n")
	for _, r := range references {
		b.WriteString("- **[" + r.Key + "]** " + r.Citation + " (" + r.About + ")\n")
	}
	return b.String()
}
