package main

import (
	"strings"
	"testing"
)

// TestShippedRecords: both tables are there with their columns and a line for each
// target and year. Catches a column that was renamed where the table is made.
func TestShippedRecords(t *testing.T) {
	records := shippedRecords()
	if len(records) != 2 {
		t.Fatalf("%d tables, want 2", len(records))
	}
	for i, want := range []string{"target,statistic,use,observed,", "cutoff,quantity,year,observed,"} {
		lines := strings.Split(string(records[i].csv), "\n")
		if !strings.HasPrefix(lines[0], want) || len(lines) < 30 {
			t.Errorf("%s: %q with %d lines", records[i].title, lines[0], len(lines))
		}
	}
}

// TestColumnsOf: columns in the order asked for; nothing of a table that lacks one.
func TestColumnsOf(t *testing.T) {
	table := []byte("a,b,c\n1,2,3\n")
	if got := string(columnsOf(table, "c", "a")); got != "c,a\n3,1\n" {
		t.Errorf("%q", got)
	}
	if columnsOf(table, "d") != nil || columnsOf(nil, "a") != nil || columnsOf([]byte("\"x"), "a") != nil {
		t.Error("a column that is not there was found")
	}
}
