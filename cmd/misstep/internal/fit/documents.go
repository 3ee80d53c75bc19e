package fit

import (
	"encoding/json"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/abc"
	"github.com/misstep/misstep/model/record/calibrate"
)

// calibrationDocument is calibration.json: how well the fit sampled, where the record stands in it, and
// every target and number before and after.
type calibrationDocument struct {
	Inputs        json.RawMessage    `json:"inputs"`
	Simulations   int                `json:"simulations"`
	Generations   int                `json:"generations"`
	Epsilon       float64            `json:"epsilon"`
	End           abc.End            `json:"end"`
	ESS           float64            `json:"ess"`
	FamilyMedian  float64            `json:"ess_family_median"`
	FamilyMinimum float64            `json:"ess_family_min"`
	Score         calibrate.Score    `json:"score"`
	Standing      standing           `json:"standing"`
	Targets       []fittedTarget     `json:"targets"`
	Parameters    []learnedParameter `json:"parameters"`
}

// standing is where the record stands among histories that the fit makes; 0 where it cannot be told.
type standing struct {
	Distance float64 `json:"distance"`
	Usual    float64 `json:"usual"`
	Beyond   float64 `json:"beyond"`
}

// fittedTarget is a statistic of the record, in its unit; quantiles are those at 5, 50 and 95 %, and 0
// where no history defines them.
type fittedTarget struct {
	ID           string        `json:"id"`
	Target       string        `json:"target"`
	Label        string        `json:"label"`
	Unit         string        `json:"unit"`
	Use          calibrate.Use `json:"use"`
	N            int           `json:"n"`
	Rows         []string      `json:"rows"`
	Observed     say.Maybe     `json:"observed"`
	OneSided     bool          `json:"one_sided"`
	Prior        [3]float64    `json:"prior"`
	Posterior    [3]float64    `json:"posterior"`
	Width        float64       `json:"width_ratio"`
	WidthOnScale float64       `json:"width_ratio_compared"`
	Inside       bool          `json:"inside"`
	PriorTail    say.Maybe     `json:"prior_tail"`
	Conflict     bool          `json:"conflict"`
	AsLow        float64       `json:"as_low"`
	AsHigh       float64       `json:"as_high"`
	Why          string        `json:"why,omitempty"`
}

// learnedParameter is a number before and after the fit, with quantiles at 5, 25, 50, 75 and 95 %.
type learnedParameter struct {
	Path        string     `json:"path"`
	Unit        string     `json:"unit"`
	PriorText   string     `json:"prior_text"`
	Prior       [5]float64 `json:"prior"`
	Posterior   [5]float64 `json:"posterior"`
	Contraction say.Maybe  `json:"contraction"`
	Silent      bool       `json:"silent"`
	InformedBy  []string   `json:"informed_by"`
	Record      bool       `json:"record"`
}

// hindcastDocument is what backtest prints with --json.
type hindcastDocument struct {
	Inputs   json.RawMessage  `json:"inputs"`
	Hindcast string           `json:"hindcast"`
	Cutoffs  []cutoffDocument `json:"cutoffs"`
	Pooled   []pooledDocument `json:"pooled"` // by quantity
}

// cutoffDocument are the predictions from one cut-off.
type cutoffDocument struct {
	Until       string          `json:"until"`
	Statistics  []string        `json:"statistics"`
	Dropped     []string        `json:"dropped"`
	ESS         float64         `json:"ess"`
	Corrected   bool            `json:"corrected"`
	Simulations int             `json:"simulations"`
	Futures     int             `json:"futures"`
	Overflow    int             `json:"overflow"`
	Years       []yearDocument  `json:"years"`
	Shares      []shareDocument `json:"shares"`
}

// yearDocument is a count of a year, with quantiles at [backtest.Levels] and scores by forecast.
type yearDocument struct {
	Quantity  string                   `json:"quantity"`
	Year      int                      `json:"year"`
	Exposure  float64                  `json:"exposure_years"`
	Observed  int                      `json:"observed"`
	Mean      float64                  `json:"mean"`
	Quantiles [5]int                   `json:"quantiles"`
	Scores    map[string]scoreDocument `json:"scores"`
}

type scoreDocument struct {
	Log      say.Maybe `json:"log_score"`
	CRPS     say.Maybe `json:"crps"`
	Inside50 say.Maybe `json:"inside_50"`
	Inside90 say.Maybe `json:"inside_90"`
	PIT      say.Maybe `json:"pit"`
}

// shareDocument is a [backtest.SharePrediction].
type shareDocument struct {
	ID        string       `json:"id"`
	Hits      int          `json:"hits"`
	Of        int          `json:"of"`
	Quantiles [5]say.Maybe `json:"quantiles"`
	CRPS      say.Maybe    `json:"crps"`
	Undefined say.Maybe    `json:"undefined"`
}

// pooledDocument is a [backtest.Pooled]; the model less each of the baselines.
type pooledDocument struct {
	Quantity string                        `json:"quantity"`
	Pairs    int                           `json:"pairs"`
	Distinct int                           `json:"distinct_years"`
	Inside50 say.Maybe                     `json:"inside_50"`
	Inside90 say.Maybe                     `json:"inside_90"`
	Log      say.Maybe                     `json:"log_score"`
	Largest  int                           `json:"largest_year"`
	Less     map[string]differenceDocument `json:"model_less"`
}

// differenceDocument is a [backtest.Difference]. Fewer than 20 years carry no interval.
type differenceDocument struct {
	Log     say.Maybe `json:"log_score"`
	CRPS    say.Maybe `json:"crps"`
	Half    *float64  `json:"half_width_95"`
	Without say.Maybe `json:"without_largest_year"`
}
