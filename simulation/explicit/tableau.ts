/**
 * The explicit pair of order 5(4) of Ch. Tsitouras, "Runge–Kutta pairs of order 5(4) satisfying only the first column
 * simplifying assumption", Computers & Mathematics with Applications 62 (2011) 770–775, with its free interpolant of
 * order 4. Seven stages, the last of which is the first of the next step.
 */

/** Nodes of the stages 2 … 7. */
export const NODES = [0.161, 0.327, 0.9, 0.9800255409045097, 1, 1] as const;

export const A21 = 0.161;
export const A31 = -0.008480655492356989, A32 = 0.335480655492357;
export const A41 = 2.8971530571054935, A42 = -6.359448489975075, A43 = 4.3622954328695815;
export const A51 = 5.325864828439257, A52 = -11.748883564062828, A53 = 7.4955393428898365, A54 = -0.09249506636175525;
export const A61 = 5.86145544294642, A62 = -12.92096931784711, A63 = 8.159367898576159, A64 = -0.071584973281401,
  A65 = -0.028269050394068383;
/** Weights of the solution of order 5 (and row 7 of the matrix). */
export const B1 = 0.09646076681806523, B2 = 0.01, B3 = 0.4798896504144996, B4 = 1.379008574103742,
  B5 = -3.290069515436081, B6 = 2.324710524099774;
/** Order 5 minus order 4: the error estimate. */
export const E1 = -0.001780011052225777, E2 = -0.0008164344596567469, E3 = 0.007880878010261995,
  E4 = -0.1447110071732629, E5 = 0.5823571654525552, E6 = -0.45808210592918697, E7 = 1 / 66;

/** INTERPOLANT[i]: coefficients of θ, θ², θ³, θ⁴ in stage i's weight at t + θh. */
export const INTERPOLANT: readonly (readonly [number, number, number, number])[] = [
  [1, -2.763706197274826, 2.9132554618219126, -1.0530884977290216],
  [0, 0.1317, -0.2234, 0.1017],
  [0, 3.9302962368947516, -5.941033872131505, 2.490627285651253],
  [0, -12.411077166933676, 30.33818863028232, -16.548102889244902],
  [0, 37.50931341651104, -88.1789048947664, 47.37952196281928],
  [0, -27.896526289197286, 65.09189467479366, -34.87065786149661],
  [0, 1.5, -4, 2.5],
];

/** The method is unstable on the negative real axis beyond this (the real stability limit is 3.5068). */
export const STABILITY_LIMIT = 3.3;
