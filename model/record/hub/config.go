package hub

import (
	"slices"
	"time"

	"github.com/misstep/misstep/model/record/backtest"
)

// schemas is where the schemas of version 6.0.0 lie, which a configuration names.
const schemas = "https://raw.githubusercontent.com/hubverse-org/schemas/main/v6.0.0/"

// object is a JSON object; its members are written in the order of their names.
type object = map[string]any

func admin() object {
	return object{
		"schema_version": schemas + "admin-schema.json",
		"name":           "misstep: publicly documented accusations of China by governments",
		"maintainer":     "misstep",
		"contact":        object{"name": "misstep"},
		"repository":     object{"host": "github", "owner": "misstep", "name": "misstep"},
		"file_format":    []string{"csv"},
		"timezone":       "Europe/London",
	}
}

// tasks is the file tasks.json of a hub with one round: submissions are open from the day of the forecast until the
// first year that is predicted begins.
func tasks(f *backtest.Forecast, made time.Time) object {
	var horizons []int
	var ends, places []string
	for i := range f.Rows {
		r := &f.Rows[i]
		if h := horizon(made, r.Year); !slices.Contains(horizons, h) {
			horizons, ends = append(horizons, h), append(ends, lastDay(r.Year))
		}
		if p := locations[r.Quantity]; !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	task := func(target, description, kind string, types object) object {
		return object{
			"task_ids": object{"origin_date": required(f.Made), "target": required(target), "horizon": required(horizons...),
				"location": required(places...), "target_end_date": required(ends...)},
			"output_type": types,
			"target_metadata": []object{{"target_id": target, "target_name": target, "target_units": "accusations",
				"target_keys": object{"target": target}, "description": description, "target_type": kind,
				"is_step_ahead": true, "time_unit": "month"}},
		}
	}
	const what = "Publicly documented accusations of China in the calendar year that ends on target_end_date: " +
		"US-GB for those led by the United States or the United Kingdom, GB for those of them with British part"
	return object{
		"schema_version": schemas + "tasks-schema.json",
		"rounds": []object{{
			"round_id_from_variable": true,
			"round_id":               "origin_date",
			"model_tasks": []object{
				task(countTarget, what, "discrete", object{Quantile: object{
					"output_type_id": object{"required": backtest.Levels}, "is_required": true,
					"value": object{"type": "integer", "minimum": 0}}}),
				task(classTarget, what+", in classes", "ordinal", object{PMF: object{
					"output_type_id": object{"required": classes()}, "is_required": true,
					"value": object{"type": "double", "minimum": 0, "maximum": 1}}}),
			},
			"submissions_due": object{"start": f.Made, "end": lastDay(f.Rows[0].Year - 1)},
		}},
		"derived_task_ids":        []string{"target_end_date"},
		"output_type_id_datatype": "character",
	}
}

func required[T any](values ...T) object { return object{"required": values, "optional": nil} }
