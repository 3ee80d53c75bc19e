// Package say writes numbers, names and tables as people read them.
//
// The rules of output: a number is shown to the digit at which its Monte Carlo
// error begins, never finer; a minus is a minus sign; thousands are grouped; a
// probability below one in a hundred is "1 in N". A screen is at most Width
// columns wide. Results go to standard output, all else to standard error.
package say
