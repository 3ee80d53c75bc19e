package elem
import ("testing")
func BenchmarkX(b *testing.B){
 b.Run("exp",func(b *testing.B){s:=0.0;for i:=0;i<b.N;i++{s+=Exp(float64(i&255)*.1)};sink=s})
 b.Run("log",func(b *testing.B){s:=0.0;for i:=0;i<b.N;i++{s+=Log(float64(i&255)*.1+.3)};sink=s})
 b.Run("quant",func(b *testing.B){s:=0.0;for i:=0;i<b.N;i++{s+=NormalQuantile(float64(i&255)*.003+.01)};sink=s})
 b.Run("pow",func(b *testing.B){s:=0.0;for i:=0;i<b.N;i++{s+=Pow(float64(i&255)*.003+.01,1.7)};sink=s})
 b.Run("betainv",func(b *testing.B){s:=0.0;for i:=0;i<b.N;i++{s+=BetaInverse(2,3.5,float64(i&255)*.003+.01)};sink=s})
 b.Run("gaminv",func(b *testing.B){s:=0.0;for i:=0;i<b.N;i++{s+=GammaPInverse(2,float64(i&255)*.003+.01)};sink=s})
 b.Run("gamP",func(b *testing.B){s:=0.0;for i:=0;i<b.N;i++{s+=GammaP(2,float64(i&255)*.03+.01)};sink=s})
 b.Run("beta",func(b *testing.B){s:=0.0;for i:=0;i<b.N;i++{s+=BetaI(2,3.5,float64(i&255)*.003+.01)};sink=s})
 b.Run("check",func(b *testing.B){for i:=0;i<b.N;i++{Check()}})
}
var sink float64
