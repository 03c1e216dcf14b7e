/** What the stoichiometry alone says: conservation laws, complexes, deficiency. */
export { complexGraph, linkageClasses, strongComponents, structureOf } from './complexes.ts';
export type { ComplexGraph, Structure } from './complexes.ts';
export { conservationLaws, leftNullSpace } from './conservation.ts';
export type { ConservationLaw } from './conservation.ts';
export { isConserved, linearCombination } from './conserved.ts';
export type { ConservedAnswer, LinearCombination } from './conserved.ts';
export { InexactError } from './exact.ts';
export { conservationText } from './law-text.ts';
export { nonNegativeLaws } from './nonnegative.ts';
export { dynamicComponents, stoichiometricMatrix } from './stoichiometry.ts';
export type { StoichiometricMatrix } from './stoichiometry.ts';
