package scenario

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// forum is a scenario with every lever; arms are added to it.
const forum = `misstep: 1
title: Forum
start: 2026-01-01
horizon: 5y
assumptions:
  states: {A: {}, B: {}, C: {}}
levers:
  channels:
    forum: {members: [A, B], mandate: [trust], opens: 2026-06-01}
    hotline: {members: [B, C], meets: false}
  coalitions:
    allies: {lead: A, partners: {D: 0.3, E: {}}}
    friends: {lead: B, partners: {F: {}}, open: false}
  summits:
    - {name: first, at: 2027-01-01, between: [A, B], relief: 0.1, restores: 0.2}
    - {name: last, at: 2028-01-01, between: [A, C], open: false, relief: 0.3, restores: 0.4}
headline: {baseline: plain, treatment: changed}
arms:
  plain: {}
  changed: {%s}
`

// armEdit is a change that an arm may make, and what it does to the levers.
type armEdit struct {
	text string
	do   func(*Levers)
}

var armEdits = []armEdit{
	{"channels.forum.open: false", func(l *Levers) { l.Channels[0].Open = false }},
	{"channels.forum.opens: 2026-02-01", func(l *Levers) { l.Channels[0].Opens = 31 }},
	{"channels.forum.members: [C, A, B]", func(l *Levers) { l.Channels[0].Members = []string{"A", "B", "C"} }},
	{"channels.forum.mandate: [leaks, delay]",
		func(l *Levers) { l.Channels[0].Mandate = [NumMechanisms]bool{Leaks: true, Delay: true} }},
	{"channels.forum.question: culprit-and-intent", func(l *Levers) { l.Channels[0].Question = "culprit-and-intent" }},
	{"channels.forum.meets: false", func(l *Levers) { l.Channels[0].Meets = false }},
	{"channels.hotline.meets: true", func(l *Levers) { l.Channels[1].Meets = true }},
	{"channels.hotline.mandate: [clarify]", func(l *Levers) { l.Channels[1].Mandate[Clarify] = true }},
	{"channels.hotline.opens: 2025-12-31", func(l *Levers) { l.Channels[1].Opens = -1 }},
	{"coalitions.allies.open: false", func(l *Levers) { l.Coalitions[0].Open = false }},
	{"coalitions.friends.open: true", func(l *Levers) { l.Coalitions[1].Open = true }},
	{"summits.first.open: false", func(l *Levers) { l.Summits[0].Open = false }},
	{"summits.last.open: true", func(l *Levers) { l.Summits[1].Open = true }},
	{"channels.hotline: null", func(l *Levers) { l.Channels = l.Channels[:1] }}, // last, as it moves the others
}

// changed loads the forum with an arm of some edits and compares it with the
// plain arm to which the same was done by hand.
func changed(t *testing.T, fail func(string, ...any), edits ...armEdit) {
	t.Helper()
	var texts []string
	for _, e := range edits {
		texts = append(texts, e.text)
	}
	v, err := Load("test", fmt.Appendf(nil, forum, strings.Join(texts, ", ")), world)
	if err != nil {
		fail("%v: %v", texts, err)
		return
	}
	base, err := Load("test", fmt.Appendf(nil, forum, ""), world)
	if err != nil {
		fail("%v", err)
		return
	}
	want := base.Arms[1].Levers
	for _, e := range edits {
		e.do(&want)
	}
	if diff := cmp.Diff(want, v.Arms[1].Levers); diff != "" {
		fail("%v (-want +got):\n%s", texts, diff)
	}
	if diff := cmp.Diff(base.Arms[0].Levers, v.Arms[0].Levers); diff != "" {
		fail("%v changes the other arm:\n%s", texts, diff)
	}
}

// TestEachArmEdit catches an edit that does nothing, more than it says, or
// something to the other arm.
func TestEachArmEdit(t *testing.T) {
	for _, e := range armEdits {
		changed(t, t.Errorf, e)
	}
}

// TestArmEditsCombine catches an edit that undoes another: any set of them, in
// any order, does what each does alone.
func TestArmEditsCombine(t *testing.T) {
	last := len(armEdits) - 1
	rapid.Check(t, func(r *rapid.T) {
		var edits []armEdit
		for _, i := range rapid.SliceOfNDistinct(rapid.IntRange(0, last-1), 0, 8, rapid.ID).Draw(r, "edits") {
			edits = append(edits, armEdits[i])
		}
		if rapid.Bool().Draw(r, "removal") {
			edits = append(edits, armEdits[last])
		}
		changed(t, r.Fatalf, edits...)
	})
}

// TestArmRemoval catches null taken for an empty value, and a removal of what
// cannot be removed or is not there.
func TestArmRemoval(t *testing.T) {
	for text, want := range map[string]string{
		"channels.forum: null, channels.hotline: ~":              "",
		"channels.forum: null, channels.forum.open: true":        `unknown channel "forum"`,
		"channels.forum: null, channels.forum: null":             "comes twice",
		"channels.club: null":                                    `unknown channel "club"`,
		"coalitions.allies: null":                                `an arm cannot set "coalitions.allies"`,
		"summits.first: null":                                    `an arm cannot set "summits.first"`,
		"channels: null":                                         `an arm cannot set "channels"`,
		"channels.forum.members: null":                           "at least 2 items are needed",
		"channels.forum.open: null":                              "true or false is needed",
		"channels.forum.mandate: null":                           "",
		"channels.forum: {}":                                     `an arm cannot set "channels.forum"`,
		"channels.hotline: null, channels.forum.members: [B, C]": "",
	} {
		loadsOr(t, fmt.Sprintf(forum, text), want)
	}
}

// TestArmsSetNothingElse catches a lever that becomes free without a decision:
// walking the tables, every key that is not marked is refused.
func TestArmsSetNothingElse(t *testing.T) {
	allowed := 0
	for _, p := range []struct {
		at string
		m  mapping
	}{{"channels.forum", channelShape}, {"coalitions.allies", coalitionShape}, {"summits.first", summitShape}} {
		for _, f := range p.m.fields {
			path := p.at + "." + f.key
			err := armMaySet(leversShape, strings.Split(path, "."))
			if (err == nil) != f.arm {
				t.Errorf("%s may be set: %v", path, err == nil)
			}
			if f.arm {
				allowed++
				continue
			}
			ps := problemsOf(t, fmt.Sprintf(forum, path+": x"))
			if len(ps) != 1 || ps[0].What != "an arm cannot set "+quote(path) || ps[0].Path != "arms.changed."+path ||
				ps[0].Line != 20 {
				t.Errorf("%s: %v", path, ps)
			}
		}
	}
	if listed := len(armPaths()); allowed != listed || allowed != 10 {
		t.Errorf("%d keys may differ, %d are listed", allowed, listed)
	}
}

// TestArmValuesAreChecked catches an edit whose value is carried over unread: a
// wrong one is found under the arm, at the edit.
func TestArmValuesAreChecked(t *testing.T) {
	for path, values := range map[string][]string{
		"channels.forum.open":     {"1", "yes", "[true]", "{}"},
		"channels.forum.opens":    {"soon", "5y", "2026-02-30", "[2026-02-01]"},
		"channels.forum.members":  {"A", "[A]", "[A, A]", "[A, Z]", "{A: B}"},
		"channels.forum.mandate":  {"trust", "[hope]", "[trust, trust]", "{trust: true}"},
		"channels.forum.question": {"intent", "true", "[culprit]"}, "channels.forum.meets": {"never", "0"},
		"coalitions.allies.open": {"0"}, "summits.first.open": {"no", "~"},
	} {
		for _, value := range values {
			ps := problemsOf(t, fmt.Sprintf(forum, path+": "+value))
			if len(ps) != 1 || !strings.HasPrefix(ps[0].Path, "arms.changed."+path) || ps[0].Line != 20 ||
				ps[0].Column < 13+len(path) {
				t.Errorf("%s: %s: %v", path, value, ps)
			}
		}
	}
}

// TestArmEditsFromOutside catches a setting that replaces the arm's own edit by
// one more, or that reaches the levers of all arms.
func TestArmEditsFromOutside(t *testing.T) {
	data := fmt.Sprintf(forum, "channels.forum.open: false")
	for _, c := range []struct {
		layer      Layer
		plain, own bool
	}{
		{set("arms.changed.channels.forum.open", "true"), true, true},
		{set("arms.plain.channels.forum.open", "false"), false, false},
		{set("levers.channels.forum.open", "false"), false, false},
		{set("arms.changed", "{}"), true, true},
		{set("arms.changed.channels.hotline.open", "false"), true, false},
	} {
		v := mustLoad(t, data, c.layer)
		if got := [2]bool{v.Arms[0].Levers.Channels[0].Open, v.Arms[1].Levers.Channels[0].Open}; got != [2]bool{c.plain,
			c.own} {
			t.Errorf("%s: %v", c.layer.Path, got)
		}
	}
}
