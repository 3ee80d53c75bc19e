package surface

import "image/color"

// grey is a page on which every colour is the grey of its lightness.
type grey struct{ Page }

func (g grey) SetColor(c color.Color) {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	y := color.GrayModel.Convert(color.RGBA{n.R, n.G, n.B, 0xff}).(color.Gray).Y
	g.Page.SetColor(color.NRGBA{y, y, y, n.A})
}
