/**
 * ROS34PW2, a linearly implicit method of order 3 with an estimate of order 2, stiffly accurate, that allows an inexact Jacobian
 * (J. Rang and L. Angermann, "New Rosenbrock W-methods of order 3 for partial differential algebraic equations of index 1",
 * BIT Numerical Mathematics 45, 2005). With stage values Y_i = y + Σ_j α_ij k_j:
 *
 *   (I − hγJ) k_i = h f(Y_i) + hJ Σ_(j<i) γ_ij k_j,   y₁ = y + Σ_i b_i k_i
 *
 * Without products by J (Hairer and Wanner, Solving ODEs II, §IV.7) u_i = Σ_j γ_ij k_j take the place of k_i:
 *
 *   (I − hγJ) u_i = hγ f(y + Σ_j a_ij u_j) + γ Σ_(j<i) c_ij u_j,   y₁ = y + Σ_i m_i u_i,   A = αΓ⁻¹, C = diag(1/γ) − Γ⁻¹, m = bΓ⁻¹
 */
export const STAGES = 4;
export const γ = 0.43586652150845900;

const α = [
  [0, 0, 0, 0],
  [0.87173304301691801, 0, 0, 0],
  [0.84457060015369423, -0.11299064236484185, 0, 0],
  [0, 0, 1, 0],
] as const;
const Γ = [
  [γ, 0, 0, 0],
  [-0.87173304301691801, γ, 0, 0],
  [-0.90338057013044082, 0.054180672388095326, γ, 0],
  [0.24212380706095346, -1.2232505839045147, 0.54526025533510214, γ],
] as const;
const b = [0.24212380706095346, -1.2232505839045147, 1.5452602553351020, 0.43586652150845900] as const;
/** Of order 2. */
const b2 = [0.37810903145819369, -0.096042292212423178, 0.5, 0.21793326075422950] as const;

const inverse = ((): number[][] => {
  const rows = Γ.map(() => [0, 0, 0, 0]);
  for (let column = 0; column < STAGES; column++) {
    for (let i = column; i < STAGES; i++) {
      let sum = i === column ? 1 : 0;
      for (let j = column; j < i; j++) sum -= Γ[i]![j]! * rows[j]![column]!;
      rows[i]![column] = sum / γ;
    }
  }
  return rows;
})();

const timesInverse = (row: readonly number[]): number[] => row.map((_, j) => row.reduce<number>((sum, value, k) => sum + value * inverse[k]![j]!, 0));

/** Stage values: weights of u_j; and of k_j, for parts of the state whose rows of J are 0. */
export const A: readonly (readonly number[])[] = α.map(timesInverse);
export const ALPHA: readonly (readonly number[])[] = α;
export const C: readonly (readonly number[])[] = inverse.map((row, i) => row.map((value, j) => (i === j ? 1 / γ : 0) - value));
export const M: readonly number[] = timesInverse(b);
export const B: readonly number[] = b;
/** Of the estimated error. */
export const E: readonly number[] = timesInverse(b.map((value, i) => value - b2[i]!));
/** Times of the stages, and what the derivative by time counts in each. */
export const NODES: readonly number[] = α.map((row) => row.reduce<number>((sum, value) => sum + value, 0));
export const TIME: readonly number[] = Γ.map((row) => row.reduce<number>((sum, value) => sum + value, 0));
