package scenario

import (
	"bytes"
	"fmt"

	"go.yaml.in/yaml/v4"
)

// Rewrite writes a scenario with layers in it: [Load] of what it returns, without them, is the scenario that it is
// with them, but for where its numbers come from. Comments are lost, and so is how the file was laid out. The error is
// that of Load.
func Rewrite(name string, data []byte, opts Options) ([]byte, error) {
	if _, err := Load(name, data, opts); err != nil {
		return nil, err
	}
	c := newChecker(opts)
	c.root = reader{refuse: c.refuse}.read(data)
	c.apply(opts.Layers)
	var out bytes.Buffer
	w, err := yaml.NewDumper(&out, yaml.WithV4Defaults())
	if err == nil {
		err = w.Dump(c.root.yaml())
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("the scenario cannot be written: %w", err)
	}
	return out.Bytes(), nil
}

// yaml is the tree as YAML has it.
func (n *node) yaml() *yaml.Node {
	switch n.kind {
	case scalarNode:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: n.tag, Value: n.text}
	case listNode:
		out := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
		for _, item := range n.items {
			out.Content = append(out.Content, item.yaml())
		}
		return out
	case mappingNode:
		out := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
		for _, e := range n.entries {
			out.Content = append(out.Content, e.key.yaml(), e.value.yaml())
		}
		return out
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}
}
