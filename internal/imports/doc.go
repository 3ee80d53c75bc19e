// Package imports holds the test of the import graph: which package of the
// project may know which other one, and who may know which library.
package imports
