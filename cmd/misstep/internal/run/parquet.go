package run

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"

	"github.com/misstep/misstep/model/cases"
	"github.com/parquet-go/parquet-go"
)

// parquetTable makes a Parquet file of the cases that are written to it as CSV. Columns keep their order, and
// what is empty is null.
type parquetTable struct {
	columns []cases.Column
	to      *parquet.GenericWriter[any]
	row     parquet.Row
	named   bool // the names of the columns have passed
}

// rowsInGroup bounds the memory that a table takes [rows].
const rowsInGroup = 1 << 16

func newParquetTable(to io.Writer) *parquetTable {
	columns := cases.Columns()
	return &parquetTable{columns: columns, to: parquet.NewGenericWriter[any](to, parquet.SchemaOf(rowOf(columns)),
		parquet.MaxRowsPerRowGroup(rowsInGroup), parquet.Compression(&parquet.Zstd), parquet.CreatedBy("misstep", "", ""))}
}

// rowOf is a row without values, whose fields are the columns in their order.
func rowOf(columns []cases.Column) any {
	var fields []reflect.StructField
	for i, c := range columns {
		var kind reflect.Type
		options := ",optional"
		switch c.Kind {
		case cases.Integer:
			kind, options = reflect.TypeFor[int32](), ""
		case cases.Number:
			kind = reflect.TypeFor[float64]()
		case cases.Word:
			kind, options = reflect.TypeFor[string](), ",optional,dict"
		case cases.Flag:
			kind, options = reflect.TypeFor[bool](), ""
		}
		fields = append(fields, reflect.StructField{Name: fmt.Sprintf("C%d", i), Type: kind,
			Tag: reflect.StructTag(fmt.Sprintf("parquet:%q", c.Name+options))})
	}
	return reflect.New(reflect.StructOf(fields)).Interface()
}

// Write takes whole lines of CSV.
func (t *parquetTable) Write(text []byte) (int, error) {
	lines := csv.NewReader(bytes.NewReader(text))
	lines.ReuseRecord = true
	for {
		switch line, err := lines.Read(); {
		case errors.Is(err, io.EOF):
			return len(text), nil
		case err != nil:
			return 0, err
		case !t.named:
			t.named = true
		default:
			if err := t.add(line); err != nil {
				return 0, err
			}
		}
	}
}

func (t *parquetTable) add(line []string) error {
	t.row = t.row[:0]
	for i, text := range line {
		v, err := valueOf(t.columns[i].Kind, text)
		if err != nil {
			return err
		}
		t.row = append(t.row, v.Level(0, defined(t.columns[i].Kind, text), i))
	}
	_, err := t.to.WriteRows([]parquet.Row{t.row})
	return err
}

// defined is the level of a cell in its column: that of a column without nulls is always 0.
func defined(k cases.Kind, text string) int {
	if text != "" && (k == cases.Number || k == cases.Word) {
		return 1
	}
	return 0
}

func valueOf(k cases.Kind, text string) (parquet.Value, error) {
	switch {
	case text == "":
		return parquet.NullValue(), nil
	case k == cases.Integer:
		x, err := strconv.ParseInt(text, 10, 32)
		return parquet.Int32Value(int32(x)), err
	case k == cases.Number:
		x, err := strconv.ParseFloat(text, 64)
		return parquet.DoubleValue(x), err
	case k == cases.Flag:
		return parquet.BooleanValue(text == "1"), nil
	}
	return parquet.ByteArrayValue([]byte(text)), nil
}

// Close ends the file.
func (t *parquetTable) Close() error { return t.to.Close() }
