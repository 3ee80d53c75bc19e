package evidence

// Reference is a work of the literature or a data set.
type Reference struct {
	Key      string // Author and year
	Citation string
	About    string // what it is used for
}
