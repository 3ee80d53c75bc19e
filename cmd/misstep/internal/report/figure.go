package report

import (
	"encoding/base64"
	"html/template"
	"regexp"
	"strconv"
	"strings"
)

// Figure is a picture with its numbers and how it was made. A picture is shown as an
// image, in which nothing can run and nothing is fetched. It has its title drawn in it:
// the page sets none above.
type Figure struct {
	ID      string
	Title   string // for who cannot see it
	Picture []byte // SVG or PNG
	File    string // where Markdown finds it; empty: nowhere
	Alt     string // for who cannot see it
	Caption Text
	Source  Source
}

// Source is what stands behind a figure.
type Source struct {
	Made Text   // how it was made
	Name string // of the file of its numbers
	CSV  []byte // the numbers; nil for none
	Show []byte // those that the page shows; nil: all
}

// shown is the numbers that the page shows.
func (s Source) shown() []byte {
	if s.Show != nil {
		return s.Show
	}
	return s.CSV
}

// kind is "figure".
func (Figure) kind() string { return "figure" }

// Image is the picture as an address that needs no network.
func (f Figure) Image() template.URL {
	kind := "image/svg+xml"
	if strings.HasPrefix(string(f.Picture), "\x89PNG") {
		kind = "image/png"
	}
	// nolint:gosec // base64 of an image
	return template.URL("data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(f.Picture))
}

var viewBox = regexp.MustCompile(`viewBox="0 0 ([0-9.]+) ([0-9.]+)"`)

// pictureWidth is the width in which a figure is laid out [px].
const pictureWidth = 768

// Width is the width of the picture [px].
func (f Figure) Width() int { return pictureWidth }

// Height is the height of the picture [px], in proportion where it is known.
func (f Figure) Height() int {
	m := viewBox.FindSubmatch(f.Picture)
	if m == nil {
		return pictureWidth * 9 / 16
	}
	w, _ := strconv.ParseFloat(string(m[1]), 64)
	h, _ := strconv.ParseFloat(string(m[2]), 64)
	if !(w > 0) || !(h > 0) {
		return pictureWidth * 9 / 16
	}
	return int(pictureWidth*h/w + 0.5)
}

// shownRows is how many rows of a figure's numbers stand in the page; the file holds
// all.
const shownRows = 80

// Table is the table of the numbers behind a figure, empty where there is none.
func (s Source) Table(title string) Table {
	if s.CSV == nil {
		return Table{}
	}
	t, _, err := FromCSV("Numbers behind “"+title+"”", s.shown(), shownRows)
	if err != nil {
		return Table{}
	}
	return t
}

// Rest is how many rows the page leaves out.
func (s Source) Rest() int {
	_, n, err := FromCSV("", s.CSV, 0)
	_, shown, errShown := FromCSV("", s.shown(), shownRows)
	if err != nil || errShown != nil {
		return 0
	}
	return max(0, n-min(shown, shownRows))
}

// Download is the file of the numbers as an address that needs no network.
func (s Source) Download() template.URL {
	// nolint:gosec // base64 of a table
	return template.URL("data:text/csv;charset=utf-8;base64," + base64.StdEncoding.EncodeToString(s.CSV))
}
