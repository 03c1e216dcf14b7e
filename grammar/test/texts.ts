/** Good texts for the tests of this room. */
export const GOOD: Readonly<Record<string, string>> = {
  chemistry: `units time s, concentration uM             // optional

param kon: 1/(uM*s) = 0.5                  // a unit is a type annotation
param koff = 1
/// The substrate,
/// in water.
species A: uM = 1, B, C
fixed   E = 0.2
dual    W = -0.5

bind:   A + E -> AE          @ kon         // optional label
unbind: AE -> A + E          @ koff
        A <-> B              @ 1, 0.2
        0 -> C               @ 0.1
        2 C -> 0             @ 1
        B -> C        rate Vmax*B/(Km + B)

/* a comment
   of two lines */
ode X' = h + y*X - X^2
A -> W^+ @ k
ode {
  P' = a - b*P
  Q' = P - Q   // second
}
`,
  families: `species X[4], Y[3]
dual    M[3, 4] = uniform(-1, 1, seed: 7)
param V[2,2] = [
  [1, 2],
  [3, 4]
]
for i in 1..3, j in 1..4, s in signs {
  M^s[i,j] + X[j] -> M^s[i,j] + X[j] + Y^s[i]   @ 1
}
module multiply(a: dual, b: dual, z: dual; k = 1, κ = 10) {
  for r in signs, s in signs { a^r + b^s -> a^r + b^s + z^(r*s) @ k }
  for s in signs             { z^s -> 0                          @ k; z^s -> 2 z^s @ 1 }
  z^+ + z^- -> 0  @ κ
  for i in 1..2 {
    for j in 1..2 {
      a[i] -> b[j] @ V[i, j]
    }
    b[i] -> 0 @ 1
  }
}
use multiply(P, Q, R)
m1: use multiply(P,
                 Q, R; k = 2)
use multiply(
  P, Q, R
)
`,
  experiments: `import "motifs.crn"
param a = 1 +
        2
species A = 1,
  /// documented
  B = 2
group update {
  A -> B @ 1
  B -> A @ a
}
simulate relax { until = fixed_point; method = auto; plot = H, y; starts = 16 }
simulate noisy {
  t = 100
  method = ssa; volume = 1000
  rate = 2
}
simulate crossing { until = W^+ + M[1, 2] >= 2*k; t = 9 }
expect H ~ 1.618034 within 1e-6
expect ode H' = h + y*H - H^2
expect conserved A + AE
expect accuracy(xor) >= 1
expect A ~ 1 within 1 % in relax
`,
  neural: `activation smooth_relu(h) { x' = h + y*x - x^2 }           // the library's
activation squash(h = 0.1) {
  x' = h + y*x - x^2
  x + x̄ = 1
  output = x - x̄
}
neuron H = smooth_relu(2*X1 - 1.5*X2 + 0.3; h = 0.1)       // weights as rate constants

network xor {
  input  x[2]
  layer  hidden[4] = smooth_relu(h = 0.1)
  layer  y[1]      = linear
  weights uniform(-1, 1, seed: 7)
  κ = 10; loss = squared
}
/// All four.
data truth_table {
  x[2] -> y[1]
  0, 0 -> -1.50
  0 1 -> 1     // true
  1e-3 +.5 -> 1
}
data iris   = csv("iris.csv")  { x = standardize(columns(1..4)); y = onehot(column("species")); split 0.8 seed 1 }
data digits = csv("images.csv") {
  x = scale(columns(1..4, 9), 0, 1, clip)
  split 0.8
}

train first: xor on truth_table {
  where  = pot            // pot: by reactions
  rate   = 0.005
}
noise    jitter { rates = lognormal(0.1, frozen, per: reaction); concentrations = lognormal(0.02, every: dwell) }
sweep robust {
  train xor on truth_table
  vary noise in 0..0.3 steps 7
  vary h in [0.05, 0.1, 0.5]
  noise = jitter; seeds = 1..20
}
`,
};
