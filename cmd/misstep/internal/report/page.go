package report

// Page is a report.
type Page struct {
	Title    string
	Subtitle Text
	Sections []Section
	Foot     Text
}

// Section is a part of a page with a heading, which stands in the contents too.
type Section struct {
	ID     string // unique in the page, a word
	Title  string
	Blocks []Block
}

// Block is a part of a section. The blocks are those of this file, [Table],
// [Figure] and [Chart].
type Block interface {
	// kind names the template that sets the block.
	kind() string
}

// Paragraph is running text.
type Paragraph struct{ Text Text }

// Lead is a sentence that everybody should read.
type Lead struct{ Text Text }

// Heading stands above a part of a section.
type Heading struct {
	ID    string // empty for none
	Title string
}

// List is a list of points.
type List struct{ Items []Text }

// Brief answers a few short questions side by side.
type Brief struct{ Items []Question }

// Question is one of them with its answer.
type Question struct {
	Title string
	Body  []Block
	Wide  bool // takes the whole width
}

// Terms are words with their meanings.
type Terms struct{ Items []Meaning }

// Meaning is a word and what it means.
type Meaning struct {
	ID   string // empty for none
	Word Text
	Says []Text // paragraphs
}

// Note warns.
type Note struct{ Text Text }

// Command is something to type, in lines.
type Command struct{ Lines []string }

// Verbatim is a text of somebody else, shown as it is.
type Verbatim struct{ Text string }

// Details is shown on demand.
type Details struct {
	Title  string
	Blocks []Block
}

func (Paragraph) kind() string { return "paragraph" }

func (Lead) kind() string     { return "lead" }
func (Heading) kind() string  { return "heading" }
func (List) kind() string     { return "list" }
func (Brief) kind() string    { return "brief" }
func (Terms) kind() string    { return "terms" }
func (Note) kind() string     { return "note" }
func (Command) kind() string  { return "command" }
func (Verbatim) kind() string { return "verbatim" }
func (Details) kind() string  { return "details" }
