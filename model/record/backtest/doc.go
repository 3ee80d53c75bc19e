// Package backtest asks how well a fit predicts the years after its cut-off, and makes forecasts of
// years that nobody knows yet.
//
// It is a hindcast: whoever chose mechanisms and priors knew the years that are predicted. What the
// numbers know is kept apart: a calibration sees the evidence as it stood on the cut-off and histories
// without what is dated later ([Cut]). What happens outside of cyberspace afterwards (shocks, leaders'
// meetings, openings, thaws, the price of publishing) is drawn from models fitted on what had happened
// by then ([Outlook]).
//
// A future is a whole simulated history, from its start to the end of the years that are predicted. So
// a predictive distribution is conditional on the parameters and on the inputs before the cut-off, and
// not on the accusations that really happened: a particle's simulated past is not the real one.
package backtest
