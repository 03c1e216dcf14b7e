/** Models that several tests look at. */

/**
 * A has fixed points at 1, 2 and 3, A′ = −k·(A − 1)·(A − 2)·(A − 3), of which 2 is unstable, and B follows A. There are a group and a catalyst.
 */
export const SWITCH_REACTIONS = `param k = 1
species A = 0.1, B = 3
fixed F = 2
feed: 0 -> A @ 6*k
loss: A -> 0 @ 11*k
group steep { 2 A -> 3 A @ 6*k }
group steep { 3 A -> 2 A @ 1*k }
A -> A + B @ 1
B -> 0 @ 2
`;

/** The same with a run molecule by molecule and a sweep: every tab of the lab but the training has something to show. */
export const SWITCH = `// A species that keeps itself high or low, and one that follows it.
${SWITCH_REACTIONS}simulate settle { t = 10 }
simulate grainy { t = 5; method = ssa; volume = 10; seed = 1; plot = A, B }
sweep sizes {
  simulate grainy
  vary volume in [1, 10, 100]
  replicas = 8
}
`;
