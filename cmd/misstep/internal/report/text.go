package report

import (
	"fmt"
	"net/url"
	"strings"
)

// Text is running text.
type Text []Span

// Span is a stretch of text with one look.
type Span struct {
	Look Look
	Text string
	To   string // of a jump: an id in the page; of a link: an address
}

// Look is how a span is set.
type Look string

// The looks.
const (
	Plain  Look = "plain"
	Strong Look = "strong"
	Code   Look = "code"
	Term   Look = "term" // a word where it is explained first
	Jump   Look = "jump" // to a place in the page
	Link   Look = "link" // to an address elsewhere
)

// T joins strings, spans and texts into one text.
func T(parts ...any) Text {
	var out Text
	for _, p := range parts {
		switch v := p.(type) {
		case string:
			if v != "" {
				out = append(out, Span{Look: Plain, Text: v})
			}
		case Span:
			out = append(out, v)
		case Text:
			out = append(out, v...)
		default:
			out = append(out, Span{Look: Plain, Text: fmt.Sprint(v)})
		}
	}
	return out
}

// Bold sets words in bold type.
func Bold(s string) Span { return Span{Look: Strong, Text: s} }

// Mono sets words as a program knows them.
func Mono(s string) Span { return Span{Look: Code, Text: s} }

// Defined marks a word where it is explained.
func Defined(s string) Span { return Span{Look: Term, Text: s} }

// JumpTo links to a place in the page.
func JumpTo(id, s string) Span { return Span{Look: Jump, Text: s, To: id} }

// LinkTo links to an address of the web. What is no such address stays text.
func LinkTo(address, s string) Span {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return Span{Look: Plain, Text: s}
	}
	return Span{Look: Link, Text: s, To: address}
}

// String is the text without its looks.
func (t Text) String() string {
	var b strings.Builder
	for _, s := range t {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Texts makes a text of each string.
func Texts(list ...string) []Text {
	out := make([]Text, len(list))
	for i, s := range list {
		out[i] = T(s)
	}
	return out
}
