package table

import (
	"strconv"
	"strings"
)

// Cell is a text as a cell of comma-separated values: one that a spreadsheet would take for a formula,
// since it begins with = + - or @ and is no number, gets an apostrophe in front. One that begins with
// apostrophes before such a sign gets one more, so that [Plain] gives every text again.
func Cell(text string) string {
	if !formula(text) {
		return text
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return text
	}
	return "'" + text
}

// Plain is the text of a cell.
func Plain(cell string) string {
	if strings.HasPrefix(cell, "'") && formula(cell) {
		return cell[1:]
	}
	return cell
}

func formula(text string) bool {
	rest := strings.TrimLeft(text, "'")
	return rest != "" && strings.IndexByte("=+-@", rest[0]) >= 0
}
