package sim
import ("testing";"time")
func TestScratch(t *testing.T){
 for _,n:=range names(texts(t)){
  a:=arms(t,texts(t)[n])
  var r Runner
  k:=map[EventKind]int{}
  for i:=0;i<200;i++{ l:=logs(&r,a,replicate(i)); for _,e:=range l[len(l)-1]{k[e.kind]++} }
  start:=time.Now(); ev:=0
  for i:=0;i<500;i++{ for _,o:=range r.Run(a,replicate(i),nil){ev+=o.Events} }
  t.Log(n, time.Since(start)/500, ev/500)
  for i:=EventKind(0);i<NumEventKinds;i++{ t.Log(i,k[i]) }
 }
}
