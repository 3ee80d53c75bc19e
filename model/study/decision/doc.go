// Package decision asks what a run says about a choice between its arms, given what its outcomes are
// worth.
//
// Read [Sample] first: what each draw says of the outcomes that count, with the noise that chance within
// the draw adds. [Of] is all of it: the net benefit of each arm against the baseline over the weight of
// one outcome, the weight at which the decision turns [Turn], regret and how often the choice would be
// wrong, what knowing more would be worth [Learning], and which arms may be the best [Best].
//
// A draw is a set of assumptions, and whoever decides without knowing which one holds maximises the mean
// over draws. Two things spread the draws that are no assumption: chance within each, which is taken out
// by second moments (see benefit.shrunken), and that there are so many draws and no more, which is in
// every error. No formula of the normal distribution stands between the draws and what is said of them.
package decision
