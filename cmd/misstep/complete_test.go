package main

import (
	"strings"
	"testing"
)

// TestCompletion: a shell is offered the shipped scenarios where one is asked for,
// folders where a run is, and the flags of the command.
func TestCompletion(t *testing.T) {
	for _, c := range []struct {
		args []string
		want []string
		not  string
	}{
		{[]string{"__complete", "run", ""}, []string{"uk-china-dialogue-2026", "us-china-storm-0558-2023"}, "patterns"},
		{[]string{"__complete", "plan", ""}, []string{"exchange-coalition-2021"}, "patterns"},
		{[]string{"__complete", "validate", ""}, []string{"us-china-ministerial-2015"}, "patterns"},
		{[]string{"__complete", "figures", ""}, []string{":16"}, "uk-china"}, // the code for folders
		{[]string{"__complete", "run", "--se"}, []string{"--seed", "--set"}, "--draws"},
		{[]string{"__complete", "v"}, []string{"validate", "version"}, "run"},
	} {
		status, out, _ := call(c.args...)
		for _, want := range c.want {
			if status != 0 || !strings.Contains(out, want) {
				t.Errorf("%v: lacks %s: %s", c.args, want, out)
			}
		}
		if strings.Contains(out, c.not) {
			t.Errorf("%v: has %s: %s", c.args, c.not, out)
		}
	}
}

func TestCompletionScripts(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if status, out, err := call("completion", shell); status != 0 || err != "" || !strings.Contains(out, "misstep") {
			t.Errorf("%s: %d, %s", shell, status, err)
		}
	}
}
