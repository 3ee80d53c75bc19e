package run

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/cases"
	"github.com/parquet-go/parquet-go"
)

// TestParquetHoldsTheTable catches: a cell that is lost, a null that is a zero, a column out of its place, bytes that
// hang on where the text was cut, a group of rows that does not end.
func TestParquetHoldsTheTable(t *testing.T) {
	columns := cases.Columns()
	filled := map[cases.Kind]string{cases.Integer: "-7", cases.Number: "0.1",
		cases.Word: `"Korea, ""South"""`, cases.Flag: "1"}
	names, full, empty := []string{}, []string{}, []string{}
	for _, c := range columns {
		names, full = append(names, c.Name), append(full, filled[c.Kind])
		empty = append(empty, map[cases.Kind]string{cases.Integer: "0", cases.Flag: "0"}[c.Kind])
	}
	head, lines := strings.Join(names, ",")+"\n", strings.Join(full, ",")+"\n"+strings.Join(empty, ",")+"\n"
	write := func(pieces ...string) []byte {
		var file bytes.Buffer
		p := newParquetTable(&file)
		for _, s := range pieces {
			if _, err := io.WriteString(p, s); err != nil {
				t.Fatal(err)
			}
		}
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		return file.Bytes()
	}
	file := write(head+lines, lines)
	if !bytes.Equal(file, write(head, lines+lines)) {
		t.Error("the bytes hang on the pieces")
	}
	got := readParquet(t, file)
	want, err := csv.NewReader(strings.NewReader(head + lines + lines)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		t.Fatalf("%d lines, want %d", len(got), len(want))
	}
	for i := range want {
		if strings.Join(got[i], "|") != strings.Join(want[i], "|") {
			t.Errorf("line %d:\n got %q\nwant %q", i, got[i], want[i])
		}
	}
}

// readParquet reads a file as lines of CSV.
func readParquet(t *testing.T, data []byte) (lines [][]string) {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range f.Schema().Columns() {
		names = append(names, c[0])
	}
	lines = append(lines, names)
	for _, g := range f.RowGroups() {
		rows := g.Rows()
		buffer := make([]parquet.Row, 10)
		n, err := rows.ReadRows(buffer)
		if err != nil && !errors.Is(err, io.EOF) {
			t.Fatal(err)
		}
		for _, r := range buffer[:n] {
			var line []string
			for _, v := range r {
				line = append(line, cellOf(v))
			}
			lines = append(lines, line)
		}
		_ = rows.Close()
	}
	return lines
}

// cellOf is a value as CSV has it.
func cellOf(v parquet.Value) string {
	switch {
	case v.IsNull():
		return ""
	case v.Kind() == parquet.Boolean:
		return map[bool]string{true: "1", false: "0"}[v.Boolean()]
	case v.Kind() == parquet.Double:
		return strconv.FormatFloat(v.Double(), 'g', -1, 64)
	}
	return v.String()
}
