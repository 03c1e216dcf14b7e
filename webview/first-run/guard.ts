/** Checks the answers that come from the host, as every message between the two is checked: whole, field by field, before anything is done with it. */
import { either, isArrayOf, isBoolean, isCount, isNumber, isObject, isOneOf, isOptional, isRecordOf, isString, type Guard } from '../guards.ts';
import type { BlockSummary, Cause, ExperimentSummary, ModelSummary, MoleculeRequest, MoleculeResult, ParameterSummary, Problem, RunRequest, RunResult, TextPlace, Trajectory } from '../worker-protocol.ts';
import type { FirstRun } from './first-run.ts';

/** Fields that may be absent are there as undefined, for the guards. */
type Whole<T> = { [K in keyof Required<T>]: T[K] };

const isFloats: Guard<Float64Array> = (value): value is Float64Array => value instanceof Float64Array;
const isInts: Guard<Int32Array> = (value): value is Int32Array => value instanceof Int32Array;
const isNames = isArrayOf(isString);
const isMethod = isOneOf('auto', 'tsit5', 'rkc', 'bdf');
const isNone: Guard<undefined> = (value): value is undefined => value === undefined;

const isPlace = isObject<TextPlace>({ uri: either(isString, isOneOf(null)), start: isCount, end: isCount });
const isProblem = isObject<Problem>({ code: isString, severity: isOneOf('error', 'warning', 'information', 'hint'), message: isString, place: isPlace, line: isCount });
const isBlock = isObject<Whole<BlockSummary>>({
  name: isString, kind: isOneOf('species', 'fixed', 'dual'), shape: isArrayOf(isCount), size: isCount, offset: isCount, initial: isOptional(isNumber), doc: isOptional(isString), place: isPlace,
}) as Guard<BlockSummary>;
const isParameter = isObject<Whole<ParameterSummary>>({ id: isCount, name: isString, value: isNumber, unit: isOptional(isString), doc: isOptional(isString), place: isPlace }) as Guard<ParameterSummary>;

const moleculeFields = { method: isOneOf('ssa', 'tau', 'langevin'), volume: isNumber, seed: isNumber, replicas: isCount };
const isMoleculeRequest = isObject<MoleculeRequest>(moleculeFields);
const isExperiment = isObject<Whole<ExperimentSummary>>({
  name: isString, end: isOptional(isNumber), untilFixedPoint: isBoolean, condition: isOptional(isString), method: isOptional(isMethod), molecules: isOptional(isMoleculeRequest),
  rtol: isOptional(isNumber), atol: isOptional(isNumber), points: isOptional(isCount), plot: isNames, off: isNames,
}) as Guard<ExperimentSummary>;
const isModel = isObject<Whole<ModelSummary>>({
  blocks: isArrayOf(isBlock), parameters: isArrayOf(isParameter), experiments: isArrayOf(isExperiment),
  // Only models without them are run ahead.
  trainings: (value): value is [] => Array.isArray(value) && value.length === 0, sweeps: isNone,
  dimension: isCount, reactions: isNumber, units: isObject({ time: isOptional(isString), concentration: isOptional(isString) }) as Guard<ModelSummary['units']>,
}) as Guard<ModelSummary>;

const isUntil = either(isNumber, isOneOf('fixed point', 'automatic'));
const isRequest = isObject<Whole<RunRequest>>({
  overrides: isRecordOf(isNumber), until: isUntil, condition: isOptional(isString), method: isMethod, rtol: isNumber, atol: isNumber, points: isNumber, off: isNames,
  initial: isOptional(isRecordOf(isNumber)), molecules: isOptional(isMoleculeRequest),
}) as Guard<RunRequest>;

const isTrajectory: Guard<Trajectory> = (value): value is Trajectory => {
  if (!isObject<Trajectory>({ times: isFloats, rows: isInts, initial: isFloats, values: isFloats, residuals: isFloats })(value)) return false;
  const { times, rows, initial, values, residuals } = value, count = times.length;
  return initial.length === rows.length && residuals.length === count && rows.every((row) => row >= -1 && (row + 1) * count <= values.length);
};
const isOutcome = either(
  isObject({ kind: isOneOf('reached', 'cancelled'), t: isNumber }),
  either(isObject({ kind: isOneOf('steady'), t: isNumber, residual: isNumber }), either(
    isObject({ kind: isOneOf('diverged'), t: isNumber, component: isCount }),
    isObject({ kind: isOneOf('stuck'), t: isNumber, reason: isOneOf('step underflow', 'step limit', 'not a number'), component: isOptional(isCount) }),
  )),
) as Guard<RunResult['outcome']>;
const isMoleculeResult = isObject<Whole<MoleculeResult>>({
  ...moleculeFields, engine: isString, events: isNumber, moleculesPerConcentration: isNumber, rounded: isNames, stopped: isOptional(isString),
  met: isOptional(isObject({ replicas: isCount, mean: isNumber, sd: isOptional(isNumber) }) as Guard<NonNullable<MoleculeResult['met']>>),
  band: isOptional(isObject({ low: isFloats, high: isFloats })),
}) as Guard<MoleculeResult>;
const isResult = isObject<Whole<RunResult>>({
  until: isUntil, trajectory: isTrajectory, outcome: isOutcome, condition: isOptional(isObject({ text: isString, t: isOptional(isNumber) }) as Guard<NonNullable<RunResult['condition']>>),
  cause: isOptional(isObject({ reaction: isString, place: isOptional(isPlace) }) as Guard<Cause>), settled: isOptional(isNumber), foundEnd: isOptional(isNumber),
  final: isFloats, finalRates: isFloats, methods: isNames, steps: isCount, evaluations: isCount, milliseconds: isNumber, molecules: isOptional(isMoleculeResult),
}) as Guard<RunResult>;

const isAnswers = isObject<FirstRun>({ read: isString, model: isModel, problems: isArrayOf(isProblem), milliseconds: isNumber, request: isRequest, result: isResult });

/** Answers that fit together: every component of the model has a place in the result. */
export const isFirstRun: Guard<FirstRun> = (value): value is FirstRun => {
  if (!isAnswers(value)) return false;
  const { model, result: { trajectory, final, finalRates, molecules } } = value, { dimension } = model;
  return [trajectory.rows, final, finalRates].every(({ length }) => length === dimension) && model.blocks.every(({ offset, size }) => offset + size <= dimension)
    && (molecules?.band === undefined || (molecules.band.low.length === trajectory.values.length && molecules.band.high.length === trajectory.values.length));
};
