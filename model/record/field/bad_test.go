package field

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/record/evidence"
)

// changed is a copy of a table with a cell changed.
func changed(rows [][]string, n, i int, to string) [][]string {
	out := slices.Clone(rows)
	out[n] = slices.Clone(out[n])
	out[n][i] = to
	return out
}

// repacked rewrites a workbook, with a part replaced.
func repacked(t *testing.T, f File, part string, text []byte) File {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(f.Data), int64(len(f.Data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, p := range in.File {
		if p.Name == part {
			w, _ := out.Create(part)
			_, _ = w.Write(text)
			continue
		}
		if err := out.Copy(p); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return File{f.Name, b.Bytes()}
}

// claiming says of the largest part of a workbook that it unpacks to so many bytes.
func claiming(f File, size uint32) File {
	data := bytes.Clone(f.Data)
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte("PK\x01\x02"))
		if i < 0 {
			return File{f.Name, data}
		}
		if at += i; binary.LittleEndian.Uint32(data[at+24:]) > 1<<20 {
			binary.LittleEndian.PutUint32(data[at+24:], size)
		}
		at += 4
	}
}

// TestRefused: what is no table that is read stops the import, named with row and column. Catches a panic, and a
// workbook that unpacks to more than it is worth.
func TestRefused(t *testing.T) {
	book := asXLSX(t, "g.xlsx", incidents)
	zeros := bytes.Repeat([]byte("0"), 2<<20)
	bomb := repacked(t, book, "xl/worksheets/sheet1.xml", zeros)
	for _, c := range []struct {
		set  string
		file File
		want string
	}{
		{"dcid", asCSV(t, "g.csv", incidents), "g.csv: this is EuRepoC global 1.3; import it as misstep import eurepoc"},
		{"eurepoc", asCSV(t, "g.csv", changed(incidents, 0, 28, "settled")),
			`g.csv: row 1, column AC is "settled", and "settled_initiator" in EuRepoC global 1.3: another version?`},
		{"eurepoc", asCSV(t, "g.csv", changed(incidents, 2, 0, "x7")),
			`g.csv: row 3, column A (incident_id): "x7" is no whole number from 1 to 99999`},
		{"eurepoc", asCSV(t, "c.csv", [][]string{{"Title", "Date", "Victims", "Sponsor"}}), "CFR Cyber Operations Tracker"},
		{"eurepoc", asCSV(t, "c.csv", [][]string{{"id", "name"}}), `c.csv: row 1, column A is "id": no table that is known`},
		{"eurepoc", asCSV(t, "w.csv", [][]string{make([]string, mostColumns+1)}), "w.csv: row 1 has 501 columns: no table"},
		{"eurepoc", asCSV(t, "c.csv", [][]string{{"incident_id;name"}}), "semicolons stand between the columns"},
		{"eurepoc", File{"b.csv", []byte("a,b\nc\x00,d\n")}, "b.csv: line 2, byte 2: neither CSV in UTF-8 nor XLSX"},
		{"eurepoc", File{"b.csv", []byte("a,b\nc,\xff\n")}, "b.csv: line 2, byte 3: neither CSV in UTF-8 nor XLSX"},
		{"eurepoc", File{"b.csv", []byte("a,b\n\"c,d\n")}, "b.csv: line"},
		{"eurepoc", File{"e.csv", nil}, "e.csv: empty"},
		{"eurepoc", File{"l.csv", make([]byte, MostBytes+1)}, "l.csv: larger than 64 megabytes"},
		{"eurepoc", asCSV(t, "r.csv", append(slices.Clone(incidents), []string{"1", "2"})),
			"r.csv: row 11 has 2 cells for 85 columns"},
		{"eurepoc", File{"z.xlsx", book.Data[:len(book.Data)/2]}, "z.xlsx: no workbook that can be read"},
		{"eurepoc", claiming(bomb, mostUnzipped+1), "unpacked it is larger than 128 megabytes"},
		{"eurepoc", claiming(bomb, 100), "no workbook that can be read"},
		{"eurepoc", bomb, "a row or a text that is too large"},
		{"eurepoc", repacked(t, book, "xl/sharedStrings.xml", zeros[:1<<20]), "a row or a text that is too large"},
		{"eurepoc", repacked(t, book, "xl/worksheets/sheet1.xml", []byte(`<worksheet><sheetData><row r="1">`+
			strings.Repeat(`<c t="s"><v>0</v></c>`, 1100)+`</row></sheetData></worksheet>`)),
			"a row or a text that is too large"},
		{"dcid", asXLSX(t, "d.xlsx", grid(dcid, record{"Cyberincidentnum": "5", "StateA": "UK", "StateB": "China",
			"initiator": "999"})), `d.xlsx, sheet Sheet1: row 2, column J (initiator): "999" is the number of no state`},
	} {
		got, err := Read(c.set, []File{c.file}, pair, evidence.Shipped())
		if err == nil || !strings.Contains(err.Error(), c.want) || got != nil {
			t.Errorf("%s: %v, want %s", c.file.Name, err, c.want)
		}
	}
	twice := asCSV(t, "g.csv", incidents)
	if _, err := Read("eurepoc", []File{twice, book}, pair, evidence.Shipped()); err == nil ||
		!strings.Contains(err.Error(), "g.xlsx: g.csv is EuRepoC global 1.3 already") {
		t.Error(err)
	}
}
