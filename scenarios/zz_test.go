package scenarios_test
import ("testing";"os";"path/filepath";"strings";"github.com/misstep/misstep/model/scenario")
func TestZ(t *testing.T){ for _,g:=range []string{"*.yaml","testdata/twins/*.yaml"} { fs,_:=filepath.Glob(g); for _,f:=range fs { if f=="patterns.yaml" {continue}; b,_:=os.ReadFile(f); v,err:=scenario.Load(strings.TrimSuffix(filepath.Base(f),".yaml"),b,scenario.Options{UsePriors:true}); if err!=nil {t.Errorf("%s\n%v",f,err)} else {t.Log(f,len(v.Slots),len(v.Expect))}}}}
