package evidence

// Types are the kinds of events, each with its meaning.
var Types = map[string]string{
	"incident":                "an operation begins, or its victim finds it",
	"disclosure":              "victim, firm or press makes an incident public",
	"leak":                    "what was secret comes out against the will of its owner",
	"firm-attribution":        "a firm names a state",
	"attribution":             "a government names a state, alone or nearly so",
	"coordinated-attribution": "several governments name a state together",
	"penalty":                 "charges, sanctions, closed offices",
	"threat":                  "a penalty is announced or reported as near",
	"restraint":               "a penalty that was ready is withheld",
	"counter-operation":       "an operation against the tools of an intruder",
	"denial":                  "the accused rejects an accusation",
	"counter-accusation":      "the accused accuses in turn, in words",
	"counter-report":          "an agency, ministry or police of the accused publishes a case of its own",
	"demand":                  "a public demand to stop",
	"warning":                 "a public warning without a case",
	"protest":                 "a diplomat is summoned",
	"private-step":            "a case is put in private, or knowledge shared in private",
	"trade":                   "a measure of trade or procurement",
	"authority":               "a law or order that allows measures",
	"commitment":              "a promise between states",
	"concession":              "one side grants what the other wants",
	"dialogue-proposed":       "a dialogue is asked for",
	"dialogue-opened":         "a dialogue is set up",
	"dialogue-meeting":        "a dialogue meets",
	"dialogue-broken":         "a dialogue or visit is broken off",
	"dialogue-resumed":        "a dialogue is set up again or meets again",
	"summit":                  "leaders or ministers meet about everything",
	"measurement":             "a count of operations, with its change",
}

// Place is where events of a type stand in the model: on rungs of the ladder, by the
// codes of its scale files, or among the events that the model plays. A type with
// neither is context: the model has nothing like it.
type Place struct {
	Codes []string // of model/ladder; every scale says on which rung each stands
	Event string   // an event of the model, as docs/MODEL.md section 3 and expect name it
}

// Places says for each of [Types] where it stands.
var Places = map[string]Place{
	"incident":                {Event: "discovery"},
	"disclosure":              {Event: "disclosure"},
	"leak":                    {Event: "disclosure"},
	"firm-attribution":        {Event: "disclosure"},
	"attribution":             {Codes: []string{"public-attribution"}},
	"coordinated-attribution": {Codes: []string{"coordinated-attribution"}},
	"penalty":                 {Codes: []string{"indictment", "sanctions", "closure"}},
	"threat":                  {},
	"restraint":               {Codes: []string{"absorb"}},
	"counter-operation":       {Codes: []string{"counter-operation"}},
	"denial":                  {Event: "denial"},
	"counter-accusation":      {Event: "counter"},
	"counter-report":          {Codes: []string{"public-attribution", "wanted-notice"}, Event: "counter"},
	"demand":                  {},
	"warning":                 {},
	"protest":                 {Codes: []string{"diplomatic-summons"}},
	"private-step":            {Codes: []string{"private-protest", "private-demarche"}},
	"trade":                   {Codes: []string{"trade-measure"}},
	"authority":               {},
	"commitment":              {},
	"concession":              {},
	"dialogue-proposed":       {},
	"dialogue-opened":         {Event: "opening"},
	"dialogue-meeting":        {Event: "meeting"},
	"dialogue-broken":         {Event: "suspension"},
	"dialogue-resumed":        {Event: "restoration"},
	"summit":                  {Event: "summit"},
	"measurement":             {},
}
