/** The text a new network begins with: small, complete, and at rest within the first screen. */
export const starterText = `// A and B bind and come apart again until both go on equally fast.
// Press the triangle at the top right to open the lab, and move a slider.

units time s, concentration uM

param kon = 1       // binding; its unit, 1/(uM*s), is worked out from its use
param koff = 0.2    // coming apart, in 1/s

species A = 1, B = 0.7, AB

bind:   A + B -> AB   @ kon
unbind: AB -> A + B   @ koff

simulate settle { until = fixed_point; plot = A, B, AB }
`;
