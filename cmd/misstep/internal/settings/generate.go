package settings

import (
	"fmt"
	"strings"

	"github.com/misstep/misstep/model/param"
)

const head = `# Settings of misstep. Precedence, lowest first: the default or prior of a parameter,
# the scenario, this file, the environment (MISSTEP_RUN_SEED=2,
# MISSTEP_MODEL_CHOICE_RATIONALITY=30), flags (--seed 2, --set choice.rationality=30).
# Unknown keys are refused.
`

const modelHead = `
# Parameters of the model, each at its default. Remove the # before a line, and before
# model: and the group, to set it for everyone in every scenario: a number pins the
# parameter, an interval (25 to 75, the central 90 %) or a family (uniform(0, 1))
# replaces its prior. [unit] domain; prior where there is one. What it rests on:
# misstep params NAME.
#model:
`

// ConfigFile is the shipped config.yaml, made from the registry.
func ConfigFile() []byte {
	var b strings.Builder
	b.WriteString(head)
	section := ""
	for _, k := range keys {
		s, leaf, _ := strings.Cut(k.name, ".")
		if s != section {
			fmt.Fprintf(&b, "\n%s:\n", s)
			section = s
		}
		fmt.Fprintf(&b, "  %-26s # %s\n", leaf+": "+k.def, k.doc)
	}
	b.WriteString(modelHead)
	group := ""
	for _, p := range param.All() {
		if p.Group() != group {
			group = p.Group()
			fmt.Fprintf(&b, "#  %s:\n", group)
		}
		writeParam(&b, p)
	}
	return []byte(b.String())
}

func writeParam(b *strings.Builder, p param.Param) {
	note := fmt.Sprintf("[%s] %s", p.Unit, p.Domain.Text)
	if p.Prior != "" {
		note += "; prior " + p.Prior
	}
	line := fmt.Sprintf("%s: %s", p.Short(), param.FormatNumber(p.Default, p.Domain.Duration))
	fmt.Fprintf(b, "#    %-30s # %s. %s\n", line, note, p.Doc)
}
