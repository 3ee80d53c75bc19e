// Package evidence is what a source may name: documented events (E001), coded
// accusations (G01), target statistics (T5), patterns (P3) and the literature
// ([Buchanan2016]). A number of the model that rests on none of them says
// assumption: and why; [CheckSource] knows the notation.
//
// The tables are CSV files in this folder. Every event says how it was checked:
// at its address, in one of the press texts that the scenarios start from, or
// from memory, which is a promise to look it up before relying on it. Events of
// third-party data sets are not among them; figures computed from such data are,
// in targets.csv, with the name and version of the data set.
package evidence
