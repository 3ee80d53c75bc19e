package evidence

// Type is a kind of event, and where it stands in the model: on rungs of the ladder, by the codes of
// its scale files, or among the events that the model plays. One with neither is context.
type Type struct {
	Means string
	Codes []string // of model/ladder; every scale says on which rung each stands
	Event string   // an event of the model, as docs/MODEL.md section 3 and expect name it
}

// Types are the kinds of events.
var Types = Words[Type]{map[string]Type{
	"incident":                {"an operation begins, or its victim finds it", nil, "discovery"},
	"disclosure":              {"victim, firm or press makes an incident public", nil, "disclosure"},
	"leak":                    {"what was secret comes out against the will of its owner", nil, "disclosure"},
	"firm-attribution":        {"a firm names a state", nil, "disclosure"},
	"attribution":             {"a government names a state, alone or nearly so", on("public-attribution"), ""},
	"coordinated-attribution": {"several governments name a state together", on("coordinated-attribution"), ""},
	"penalty":                 {"charges, sanctions, closed offices", on("indictment", "sanctions", "closure"), ""},
	"threat":                  {"a penalty is announced or reported as near", nil, ""},
	"restraint":               {"a penalty that was ready is withheld", on("absorb"), ""},
	"counter-operation":       {"a covert operation in answer, told later", on("counter-operation"), ""},
	"clean-up":                {"machines at home are rid of an intruder's tools, under a court's order", nil, ""},
	"denial":                  {"the accused rejects an accusation", nil, "denial"},
	"counter-accusation":      {"the accused accuses in turn, in words", nil, "counter"},
	"counter-report": {"an agency, ministry or police of the accused publishes a case of its own",
		on("public-attribution", "wanted-notice"), "counter"},
	"demand":  {"a public demand to stop", nil, ""},
	"warning": {"a public warning without a case", nil, ""},
	"protest": {"a diplomat is summoned", on("diplomatic-summons"), ""},
	"private-step": {"a case is put in private, or knowledge shared in private", on("private-protest", "private-demarche"),
		""},
	"trade":             {"a measure of trade or procurement", on("trade-measure"), ""},
	"authority":         {"a law or order that allows measures", nil, ""},
	"commitment":        {"a promise between states", nil, ""},
	"concession":        {"one side grants what the other wants", nil, ""},
	"dialogue-proposed": {"a dialogue is asked for", nil, ""},
	"dialogue-opened":   {"a dialogue is set up", nil, "opening"},
	"dialogue-meeting":  {"a dialogue meets", nil, "meeting"},
	"dialogue-broken":   {"a dialogue or visit is broken off", nil, "suspension"},
	"dialogue-resumed":  {"a dialogue is set up again or meets again", nil, "restoration"},
	"summit":            {"leaders or ministers meet about everything", nil, "summit"},
	"measurement":       {"a count of operations, with its change", nil, ""},
}}

func on(codes ...string) []string { return codes }
