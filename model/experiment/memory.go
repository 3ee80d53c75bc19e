package experiment

// Memory is TODO
func (p *Plan) Memory() int { return p.Draws * 8000 }
