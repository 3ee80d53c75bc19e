package surface

import (
	"strings"
	"testing"
)

// TestShown catches: text of a script that the fonts lack as a row of question marks, words that run into each other,
// and text that changes where the reader has the fonts.
func TestShown(t *testing.T) {
	for in, want := range map[string]string{
		"with forum": "with forum", "Ärger – été": "Ärger – été", "对话": "Dui Hua", "对话2": "Dui Hua 2",
		"网络：中国": "Wang Luo: Zhong Guo", "“对话”, 1": "“Dui Hua”, 1", "in 対話 of": "in Dui Hua of",
		"サイバー対話": "saibaDui Hua", "사이버 대화": "saibeo daehwa", "საუბარი": "saubari", "संवाद": "sNvaad",
		"حوار الأمن": "Hwr l'mn", "דו-שיח": "דו-שיח", "a\u202eb": "ab", "𞤀𞤣": "??", "x: ": "x: ", "": "",
	} {
		if got := (Letters{}).Shown(in); got != want {
			t.Errorf("%q is shown as %q, want %q", in, got, want)
		}
		once := (Letters{}).Shown(in)
		if twice := (Letters{}).Shown(once); twice != once {
			t.Errorf("%q is shown as %q, and that as %q", in, once, twice)
		}
		if got, want := (Letters{Kept: true}).Shown(in), strings.ReplaceAll(in, "\u202e", ""); got != want {
			t.Errorf("%q is kept as %q", in, got)
		}
	}
}
