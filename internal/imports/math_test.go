package imports

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// exact are the names of package math whose results are the same bits on every
// processor: signs, roundings, square roots, the parts of a number, constants. What
// else there is has assembly for some processors, or is fused by their compilers.
var exact = []string{"Abs", "Sqrt", "Floor", "Ceil", "Trunc", "Round", "Max", "Min", "Inf", "NaN", "IsNaN", "IsInf",
	"Float64bits", "Float64frombits", "Frexp", "Ldexp", "Modf", "Copysign", "Signbit", "Nextafter", "Pow10"}

// TestModelComputesTheSameBits: what a run computes takes from package math nothing
// but exact operations; the rest is in model/elem.
func TestModelComputesTheSameBits(t *testing.T) {
	seen := 0
	for _, root := range []string{"../../model", "../../cmd", "../../internal"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if d != nil && d.Name() == "simgo" { // another program, of internal/peers
				return fs.SkipDir
			}
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			seen++
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			for _, name := range taken(file) {
				t.Errorf("%s takes math.%s, which differs between processors: take it from model/elem", path, name)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 300 {
		t.Errorf("only %d files were read", seen)
	}
}

// taken lists the functions of package math that a file calls and that are not exact,
// and the libraries that compute with them.
func taken(file *ast.File) []string {
	var out []string
	ast.Inspect(file, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		p, ok := s.X.(*ast.Ident)
		if ok && p.Name == "math" && !slices.Contains(exact, s.Sel.Name) && !constant(s.Sel.Name) {
			out = append(out, s.Sel.Name)
		}
		return true
	})
	return out
}

// constant reports whether a name of package math is one of its constants.
func constant(name string) bool {
	return slices.Contains([]string{"E", "Pi", "Phi", "Sqrt2", "SqrtE", "SqrtPi", "Ln2", "Log2E", "Ln10", "Log10E"},
		name) ||
		strings.HasPrefix(name, "Max") || strings.HasPrefix(name, "Min") || strings.HasPrefix(name, "Smallest")
}

// TestTaken: the rule sees a call, and lets constants and exact operations pass.
func TestTaken(t *testing.T) {
	const source = "package p\nimport \"math\"\nvar x = math.Exp(1) + math.Sqrt(2)*math.Pi + math.Lgamma + math.MaxFloat64"
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := taken(file); !slices.Equal(got, []string{"Exp", "Lgamma"}) {
		t.Errorf("found %v, not Exp and Lgamma", got)
	}
}
