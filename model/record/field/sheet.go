package field

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// sheet is a table of a file: its first row names the columns.
type sheet struct {
	file   string // as messages name it
	header []string
	rows   []row
	serial bool // days may be counted from 1900, as spreadsheets do
}

type row struct {
	n     int // from 1, the header being the first
	cells []string
}

// Limits of what is read.
const (
	MostBytes    = 64 << 20  // of a file
	mostUnzipped = 128 << 20 // of what an XLSX file holds
	mostParts    = 1000      // of an XLSX file
	mostShared   = 128 << 10 // of the text of a cell, as XML
	mostRow      = 128 << 10 // of a row, as XML
	mostTags     = 4000      // of a row: a cell has four
	mostText     = 256 << 20 // of all cells
)

// sheets reads the tables of a file: one of CSV, those of XLSX.
func sheets(f File) ([]*sheet, error) {
	switch {
	case len(f.Data) > MostBytes:
		return nil, fmt.Errorf("%s: larger than %d megabytes; is this the right file?", f.Name, MostBytes>>20)
	case bytes.HasPrefix(f.Data, []byte("PK\x03\x04")):
		return xlsx(f)
	}
	s, err := commas(f)
	return []*sheet{s}, err
}

// commas reads comma-separated values.
func commas(f File) (*sheet, error) {
	data := bytes.TrimPrefix(f.Data, []byte("\xef\xbb\xbf"))
	if i := bytes.IndexByte(data, 0); i >= 0 || !utf8.Valid(data) {
		for i = 0; i < len(data); {
			r, n := utf8.DecodeRune(data[i:])
			if r == 0 || r == utf8.RuneError && n == 1 {
				break
			}
			i += n
		}
		return nil, fmt.Errorf("%s: line %d, byte %d: neither CSV in UTF-8 nor XLSX; take the file as the project "+
			"publishes it", f.Name, 1+bytes.Count(data[:i], []byte("\n")), i-bytes.LastIndexByte(data[:i], '\n'))
	}
	reader := csv.NewReader(bytes.NewReader(data))
	reader.FieldsPerRecord = -1
	s := &sheet{file: f.Name}
	for n := 1; ; n++ {
		cells, err := reader.Read()
		var wrong *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return s, nil
		case errors.As(err, &wrong):
			return nil, fmt.Errorf("%s: line %d, column %d: %w; take the file as the project publishes it", f.Name,
				wrong.Line, wrong.Column, wrong.Err)
		case err != nil:
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		s.add(n, cells)
	}
}

func (s *sheet) add(n int, cells []string) {
	if s.header == nil {
		for _, c := range cells {
			s.header = append(s.header, strings.TrimSpace(c))
		}
		return
	}
	s.rows = append(s.rows, row{n, cells})
}

// xlsx reads the sheets of a workbook, whose parts are looked at before they are unpacked.
func xlsx(f File) ([]*sheet, error) {
	bad := func(err error) error {
		return fmt.Errorf("%s: no workbook that can be read: %w; take the file as the project publishes it", f.Name, err)
	}
	if err := harmless(f.Data); err != nil {
		return nil, bad(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(f.Data), excelize.Options{RawCellValue: true,
		UnzipSizeLimit: mostUnzipped, UnzipXMLSizeLimit: mostUnzipped})
	if err != nil {
		return nil, bad(err)
	}
	defer func() { _ = book.Close() }()
	var out []*sheet
	total := 0
	for _, name := range book.GetSheetList() {
		s := &sheet{file: f.Name, serial: true}
		if book.SheetCount > 1 {
			s.file += ", sheet " + name
		}
		rows, err := book.Rows(name)
		if err != nil {
			return nil, bad(err)
		}
		for n := 1; rows.Next(); n++ {
			cells, err := rows.Columns()
			if err != nil {
				return nil, bad(err)
			}
			for _, c := range cells {
				total += len(c)
			}
			if total > mostText {
				return nil, bad(fmt.Errorf("its cells hold more than %d megabytes", mostText>>20))
			}
			if len(cells) > 0 {
				s.add(n, cells)
			}
		}
		if err := rows.Error(); err != nil {
			return nil, bad(err)
		}
		out = append(out, s)
	}
	return out, nil
}

// harmless looks at the parts of a workbook: what they hold is bounded in sum, in a text and in a row, since a text
// that stands once may be named by every cell.
func harmless(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	if len(z.File) > mostParts {
		return fmt.Errorf("it has %d parts", len(z.File))
	}
	var total uint64
	for _, part := range z.File {
		if total += part.UncompressedSize64; total > mostUnzipped || part.UncompressedSize64 > mostUnzipped {
			return fmt.Errorf("unpacked it is larger than %d megabytes", mostUnzipped>>20)
		}
	}
	for _, part := range z.File {
		mark, most := "", 0
		switch {
		case strings.EqualFold(part.Name, "xl/sharedStrings.xml"):
			mark, most = "<si", mostShared
		case strings.HasPrefix(strings.ToLower(part.Name), "xl/worksheets/"):
			mark, most = "<row", mostRow
		default:
			continue
		}
		if err := parted(part, mark, most); err != nil {
			return err
		}
	}
	return nil
}

// parted reports a part of a workbook of which more than so many bytes lie between two marks, or too many cells in a
// row.
func parted(part *zip.File, mark string, most int) error {
	in, err := part.Open()
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	text, err := io.ReadAll(io.LimitReader(in, mostUnzipped+1))
	if err != nil || len(text) > mostUnzipped {
		return errors.Join(err, errors.New(part.Name+" is not as long as it says"))
	}
	for piece := range bytes.SplitSeq(text, []byte(mark)) {
		if mark == "<row" {
			piece, _, _ = bytes.Cut(piece, []byte("</row>"))
		}
		if len(piece) > most || mark == "<row" && bytes.Count(piece, []byte("<")) > mostTags {
			return fmt.Errorf("%s has a row or a text that is too large for a table of this kind", part.Name)
		}
	}
	return nil
}

// letters names a column as spreadsheets do, from 0.
func letters(column int) string {
	var out []byte
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		out = append(out, byte('A'+(n-1)%26))
	}
	slices.Reverse(out)
	return string(out)
}
