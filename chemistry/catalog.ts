/** All diagnostics of the product, by code: what the manual is made from and the tests run. One file each in `diagnostics/`. */
import { grammarDiagnostics } from '../grammar/index.ts';
import type { DiagnosticSpec } from '../grammar/index.ts';
import { spec as crn201 } from './diagnostics/crn201-undeclared-species.ts';
import { spec as crn202 } from './diagnostics/crn202-undeclared-name.ts';
import { spec as crn203 } from './diagnostics/crn203-undeclared-module.ts';
import { spec as crn204 } from './diagnostics/crn204-declared-twice.ts';
import { spec as crn205 } from './diagnostics/crn205-unused.ts';
import { spec as crn206 } from './diagnostics/crn206-shadowed.ts';
import { spec as crn207 } from './diagnostics/crn207-import-not-found.ts';
import { spec as crn208 } from './diagnostics/crn208-import-cycle.ts';
import { spec as crn209 } from './diagnostics/crn209-import-clash.ts';
import { spec as crn210 } from './diagnostics/crn210-module-recursion.ts';
import { spec as crn211 } from './diagnostics/crn211-unknown-setting.ts';
import { spec as crn212 } from './diagnostics/crn212-setting-value.ts';
import { spec as crn213 } from './diagnostics/crn213-experiment-twice.ts';
import { spec as crn214 } from './diagnostics/crn214-label-twice.ts';
import { spec as crn215 } from './diagnostics/crn215-undeclared-group.ts';
import { spec as crn216 } from './diagnostics/crn216-unknown-function.ts';
import { spec as crn217 } from './diagnostics/crn217-misplaced.ts';
import { spec as crn218 } from './diagnostics/crn218-import-has-errors.ts';
import { spec as crn219 } from './diagnostics/crn219-hides-builtin.ts';
import { spec as crn220 } from './diagnostics/crn220-undeclared-experiment.ts';
import { spec as crn221 } from './diagnostics/crn221-unused-local.ts';
import { spec as crn222 } from './diagnostics/crn222-setting-twice.ts';
import { spec as crn223 } from './diagnostics/crn223-dot-in-name.ts';
import { spec as crn224 } from './diagnostics/crn224-own-name-elsewhere.ts';
import { spec as crn301 } from './diagnostics/crn301-dual-without-rail.ts';
import { spec as crn302 } from './diagnostics/crn302-rail-on-species.ts';
import { spec as crn303 } from './diagnostics/crn303-not-a-species.ts';
import { spec as crn304 } from './diagnostics/crn304-species-in-constant.ts';
import { spec as crn305 } from './diagnostics/crn305-fixed-changed.ts';
import { spec as crn306 } from './diagnostics/crn306-index-out-of-range.ts';
import { spec as crn307 } from './diagnostics/crn307-wrong-number-of-indices.ts';
import { spec as crn308 } from './diagnostics/crn308-missing-indices.ts';
import { spec as crn310 } from './diagnostics/crn310-index-not-affine.ts';
import { spec as crn311 } from './diagnostics/crn311-range-empty.ts';
import { spec as crn312 } from './diagnostics/crn312-range-not-constant.ts';
import { spec as crn313 } from './diagnostics/crn313-too-large.ts';
import { spec as crn314 } from './diagnostics/crn314-module-arity.ts';
import { spec as crn315 } from './diagnostics/crn315-module-argument.ts';
import { spec as crn316 } from './diagnostics/crn316-unknown-module-constant.ts';
import { spec as crn317 } from './diagnostics/crn317-sign-as-index.ts';
import { spec as crn318 } from './diagnostics/crn318-not-a-sign.ts';
import { spec as crn319 } from './diagnostics/crn319-wrong-value-shape.ts';
import { spec as crn320 } from './diagnostics/crn320-bad-extent.ts';
import { spec as crn321 } from './diagnostics/crn321-value-circle.ts';
import { spec as crn322 } from './diagnostics/crn322-function-arguments.ts';
import { spec as crn323 } from './diagnostics/crn323-not-a-number.ts';
import { spec as crn324 } from './diagnostics/crn324-wrong-distribution.ts';
import { spec as crn325 } from './diagnostics/crn325-too-deep.ts';
import { spec as crn326 } from './diagnostics/crn326-missing-value.ts';
import { spec as crn327 } from './diagnostics/crn327-missing-module-constant.ts';
import { spec as crn328 } from './diagnostics/crn328-module-fails-here.ts';
import { spec as crn401 } from './diagnostics/crn401-constant-unit.ts';
import { spec as crn402 } from './diagnostics/crn402-two-orders.ts';
import { spec as crn403 } from './diagnostics/crn403-no-units-statement.ts';
import { spec as crn404 } from './diagnostics/crn404-unknown-unit.ts';
import { spec as crn405 } from './diagnostics/crn405-unlike-units.ts';
import { spec as crn406 } from './diagnostics/crn406-not-dimensionless.ts';
import { spec as crn407 } from './diagnostics/crn407-scale-mismatch.ts';
import { spec as crn408 } from './diagnostics/crn408-law-unit.ts';
import { spec as crn409 } from './diagnostics/crn409-wrong-dimension.ts';
import { spec as crn410 } from './diagnostics/crn410-units-twice.ts';
import { spec as crn411 } from './diagnostics/crn411-species-unit.ts';
import { spec as crn412 } from './diagnostics/crn412-value-unit.ts';
import { spec as crn413 } from './diagnostics/crn413-unknown-dimension.ts';
import { lawIsMassActionSpec as crn501 } from './diagnostics/crn501-law-is-mass-action.ts';
import { lawIsNotMassActionSpec as crn502 } from './diagnostics/crn502-law-is-not-mass-action.ts';
import { lawDoesNotVanishSpec as crn503 } from './diagnostics/crn503-law-does-not-vanish.ts';
import { crossEffectSpec as crn504 } from './diagnostics/crn504-negative-cross-effect.ts';
import { odeNotPolynomialSpec as crn505 } from './diagnostics/crn505-ode-not-polynomial.ts';
import { odeSignUnknownSpec as crn506 } from './diagnostics/crn506-ode-sign-unknown.ts';
import { threeMoleculesSpec as crn507 } from './diagnostics/crn507-three-molecules.ts';
import { manyMoleculesSpec as crn508 } from './diagnostics/crn508-many-molecules.ts';
import { noEffectSpec as crn509 } from './diagnostics/crn509-no-effect.ts';
import { duplicateReactionSpec as crn510 } from './diagnostics/crn510-duplicate-reaction.ts';
import { lawIgnoresCatalystSpec as crn511 } from './diagnostics/crn511-law-ignores-catalyst.ts';
import { odeIsNotAllSpec as crn512 } from './diagnostics/crn512-ode-is-not-all.ts';
import { largeCoefficientSpec as crn513 } from './diagnostics/crn513-large-coefficient.ts';
import { constantDependsOnTimeSpec as crn514 } from './diagnostics/crn514-constant-depends-on-time.ts';
import { neverHappensSpec as crn515 } from './diagnostics/crn515-never-happens.ts';
import { lawIsNegativeSpec as crn516 } from './diagnostics/crn516-law-is-negative.ts';
import { spec as crn520 } from './diagnostics/crn520-negative-initial.ts';
import { spec as crn521 } from './diagnostics/crn521-negative-constant.ts';
import { spec as crn522 } from './diagnostics/crn522-not-finite.ts';
import { railsNotBoundedSpec as crn701 } from './diagnostics/crn701-rails-not-bounded.ts';
import { railsUnequalSpec as crn702 } from './diagnostics/crn702-rails-unequal.ts';
import { spec as crn801 } from './diagnostics/crn801-setting-out-of-range.ts';
import { spec as crn802 } from './diagnostics/crn802-setting-not-supported.ts';
import { spec as crn803 } from './diagnostics/crn803-cannot-be-drawn.ts';
import { spec as crn804 } from './diagnostics/crn804-expectation-fails.ts';
import { spec as crn805 } from './diagnostics/crn805-relative-to-zero.ts';

const chemistry: readonly DiagnosticSpec[] = [
  crn201, crn202, crn203, crn204, crn205, crn206, crn207, crn208, crn209, crn210, crn211, crn212, crn213, crn214, crn215, crn216,
  crn217, crn218, crn219, crn220, crn221, crn222, crn223, crn224, crn301, crn302, crn303, crn304, crn305, crn306, crn307, crn308, crn310, crn311,
  crn312, crn313, crn314, crn315, crn316, crn317, crn318, crn319, crn320, crn321, crn322, crn323, crn324, crn325, crn326, crn327,
  crn328, crn401, crn402, crn403, crn404, crn405, crn406, crn407, crn408, crn409, crn410, crn411, crn412, crn413, crn501, crn502, crn503,
  crn504, crn505, crn506, crn507, crn508, crn509, crn510, crn511, crn512, crn513, crn514, crn515, crn516, crn520, crn521, crn522, crn701, crn702,
  crn801, crn802, crn803, crn804, crn805,
];

/** Specs of all diagnostics, ascending by code. */
export const catalog: readonly DiagnosticSpec[] = [...grammarDiagnostics, ...chemistry];
