// Package evidence is what a source may name: documented events (E001), coded accusations (G01), cases with
// their delays (D01), beliefs (FB01, NM01, CT01), channels (CH01), steps of other pairs (X001), figures on covert
// answers (CV01), target statistics (T5), patterns (P3) and the literature ([Buchanan2016]). A number of the model
// that rests on none of them says assumption: and why.
//
// The tables are CSV files in this folder, read once into [Tables]; [Read] adds the rows of a user's folder.
// Every row says how it was checked: at its address, in a press text that the scenarios start from, from
// memory, which is a promise to look it up, or not at all, since it was imported from a data set of others. Events
// of third-party data sets are not among them; figures computed from such data are, in targets.csv, with name,
// version and years.
//
// [Tables.Compute] gives the targets with exact intervals and the rows they rest on, [Tables.Count] counts
// accusations in a period. Rows from memory are left out of both unless [Options] says otherwise,
// and imported ones unless they come of [Tables.WithImported]. dialogues.csv
// says which events are the life of one dialogue, ruptures.csv which event broke a channel, why, and which
// brought it back; what follows from them depends on that reading.
//
// To add a table: its file in this folder; a type for its rows, with a function that reads one (as in
// target.go), and a field of [Tables]; and an entry of kinds in tables.go: file, columns, whether a user's
// folder may hold it, and what [Tables.Lookup] says of a row. Keys of a letter and a number bring the letter
// into letters, and a [Kind] with its word.
//
// The cases of delays.csv were chosen because they are famous. A median over them describes large cases, found
// late or told early, and more often attributed than the rest. None of it is a rate over all incidents.
//
// Four more tables are looked up, and nothing is computed from them. beliefs.csv tells what somebody held of an
// incident and what came out: FB and NM were chosen because the belief was wrong or disputed, CT because it was
// right, so no share of them is a rate of error; and a lag exists because a correction came, so no median of lags
// says how long an error lasts. channels.csv lists dialogues and lines; a rate of lapses may be computed from
// those alone that count ([Channel.MayCount]), and ends of one shock are one event. dyads.csv has acts of other
// pairs of rivals: known ones, picked by hand, and no sample of what such pairs do. covert.csv has figures on
// what is seldom seen; what became known is less than what was done, and some of it is shocks from outside
// cyberspace.
package evidence
