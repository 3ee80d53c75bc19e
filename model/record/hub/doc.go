// Package hub speaks the format of forecast hubs: it writes forecasts as hubverse model output (schema v6.0.0) with the
// configuration of their hub, reads any such file, and scores it against what came.
//
// A file is a table. Columns that name the task (origin_date, target, horizon, location, …) come first; output_type
// and output_type_id say what a row is, value holds it. [Read] accepts any task columns, checks rows of type pmf and
// quantile, and counts those of other types, which are not scored. [ReadOutcomes] reads what came, as oracle output.
package hub
