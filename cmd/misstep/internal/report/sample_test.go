package report

import "time"

// evil is what a text may try to be.
const evil = `</title></style></script><script>alert(1)</script><img src=x onerror=alert(1)>"'&|*_` +
	"`[x](javascript:1)"

// sample is a page with every block, and with texts that try to be markup.
func sample() *Page {
	source := Source{Made: T("From ", Mono("x.json"), "."), Name: "x.csv",
		CSV: []byte("name,value\na," + "1.23456789\nb,-2e-9\n")}
	table := Table{Caption: "A table", Sortable: true, Columns: []Column{{Title: "name"}, {Title: "value", Numbers: true}},
		Groups: []Group{{Rows: []Row{{ID: "row-1", Marked: true, Cells: []Cell{{Text: T("b")}, {Text: T("2"), Sort: "2.0"}}},
			{Cells: Cells("a", evil)}}}}}
	stacked := Table{Caption: "Another", Stacked: true, Columns: []Column{{Title: "n"}, {Title: "v"}},
		Groups: []Group{{Title: "one", Rows: []Row{{Cells: Cells("a", "1")}}},
			{Title: "two", Rows: []Row{{Cells: Cells("b", "2")}}}}}
	return &Page{Title: evil, Subtitle: T("under ", evil), Foot: T("foot"), Sections: []Section{
		{ID: "one", Title: "First " + evil, Blocks: []Block{
			Lead{T("lead")}, Paragraph{T("text ", Bold("bold"), " ", Defined("term"), " ", Mono("code"), " ",
				JumpTo("two", "jump"), " ", LinkTo("https://example.org/?a=b&c=<d>", "link"), " ",
				LinkTo("javascript:alert(1)", "none"))},
			Heading{"deep", "Deeper"}, List{Texts("a", evil)}, Note{T("beware")},
			Command{[]string{"misstep run x", "misstep report 'y z'"}}, Verbatim{"```\n" + evil},
			Brief{[]Question{{Title: "Q", Body: []Block{Paragraph{T("A")}, stacked}, Wide: true}}},
			Terms{[]Meaning{{ID: "key-E1", Word: T("E1"), Says: Texts("meaning", "more")}}},
			Details{"Folded", []Block{Paragraph{T("inside")}, table}},
		}},
		{ID: "two", Title: "Second", Blocks: []Block{
			Figure{ID: "fig", Title: "A picture",
				Picture: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 576 288"><script>alert(1)</script></svg>`),
				File:    "x.svg", Alt: "alt " + evil, Caption: T("caption"), Source: source},
			sampleChart(),
		}},
	}}
}

func sampleChart() Chart {
	line := func(arm int, end float64) Line {
		return Line{Arm: arm, Days: []float64{365, 730}, Value: []float64{end / 2, end}, Low: []float64{0, end / 2},
			High: []float64{end, 1}, Banded: arm == 0}
	}
	return Chart{ID: "chart", Title: "A chart", Arms: []string{"without", "with " + evil},
		Start: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), Horizon: 730,
		Panels: []Panel{{Title: "P", Alt: "alt " + evil, Lines: []Line{line(0, .5), line(1, .52)}}}, Caption: T("caption"),
		Source: Source{Made: T("made")}}
}
