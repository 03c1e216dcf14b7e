/** Units as the text declares them: `units` statements, and annotations of parameters and species. */
import type { DeclarationItem, SyntaxTree, UnitExpression, UnitsStatement } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { noUnitsStatement } from '../diagnostics/crn403-no-units-statement.ts';
import { unknownUnit } from '../diagnostics/crn404-unknown-unit.ts';
import { scaleMismatch } from '../diagnostics/crn407-scale-mismatch.ts';
import { wrongDimension } from '../diagnostics/crn409-wrong-dimension.ts';
import { unitsTwice } from '../diagnostics/crn410-units-twice.ts';
import { unknownDimension } from '../diagnostics/crn413-unknown-dimension.ts';
import { speciesUnit } from '../diagnostics/crn411-species-unit.ts';
import type { Entity, SourceFile } from '../names/files.ts';
import type { Annotation } from './check.ts';
import { expand, expectedLog, isConcentration, isTime, readUnit, sameFactors, unitText } from './system.ts';
import type { UnitSystem, WrittenUnit } from './system.ts';
import { CONCENTRATION } from './term.ts';
import { unitNamed } from './table.ts';
import { nearest } from '../names/suggest.ts';
import { notableUnits } from '../names/units.ts';

type Report = (diagnostic: Diagnostic) => void;

interface Stated {
  readonly unit: WrittenUnit;
  readonly place: Place;
  readonly source: SourceFile;
}

/** Whether a text has a `units` statement, or the ruin of one, that could not be read. */
export function hasUnreadUnits(tree: SyntaxTree): boolean {
  return notableUnits(tree).some(({ problems, statement, text }) =>
    problems.length > 0 && (statement.kind === 'Units' || (statement.kind === 'Bad' && /\b(units|time|concentration)\b/.test(text))));
}

/** Reads the `units` statements of all files (the checked text last in `files`), and guesses where there is none. */
export function readSystem(files: readonly SourceFile[], report: Report): UnitSystem {
  const own = new Set<string>();
  const stated = new Map<string, Stated>();
  const main = files[files.length - 1];
  const ordered = main === undefined ? [] : [main, ...files.slice(0, -1)];
  for (const source of ordered) for (const { statement } of unitsOf(source)) collectOwn(statement, own);
  let declared = false;
  for (const source of ordered) {
    for (const { unit, statement } of unitsOf(source)) {
      if (statement.entries.length > 0) declared = true;
      for (const { dimension, unit: text } of statement.entries) {
        if (dimension.text !== 'time' && dimension.text !== 'concentration') {
          const suggestion = nearest(dimension.text, ['time', 'concentration']);
          if (suggestion !== undefined || !text.factors.some(({ name }) => own.has(name.text))) report(unknownDimension(source.place(unit, dimension), dimension.text, suggestion));
          continue;
        }
        const place = source.place(unit, dimension);
        const read = readUnit(text, own);
        for (const name of read.unknown) report(unknownUnit(source.place(unit, name), name.text, own));
        if (read.unknown.length > 0) continue;
        const before = stated.get(dimension.text);
        if (before !== undefined) {
          const same = sameFactors(before.unit.factors, read.unit.factors) && Math.abs(before.unit.log - read.unit.log) < 1e-9;
          if (source === before.source || !same) twice(before, { unit: read.unit, place, source }, dimension.text, main, report);
          continue;
        }
        const plain = read.unit.factors.size === 0 || [...read.unit.factors.keys()].some((symbol) => typeof symbol === 'string' && own.has(symbol));
        const fits = plain || (dimension.text === 'time' ? isTime(read.unit.factors) : isConcentration(read.unit.factors));
        if (!fits) {
          report(wrongDimension(source.place(unit, text), dimension.text, read.unit.text));
          continue;
        }
        stated.set(dimension.text, { unit: read.unit, place, source });
      }
    }
  }
  const time = stated.get('time')?.unit;
  const concentration = stated.get('concentration')?.unit;
  if (!declared && main !== undefined) return guess(main, own, report);
  return { declared, own, ...(time === undefined ? {} : { time }), ...(concentration === undefined ? {} : { concentration }) };
}

function unitsOf(source: SourceFile): { unit: SourceFile['tree']['units'][number]; statement: UnitsStatement }[] {
  const found: { unit: SourceFile['tree']['units'][number]; statement: UnitsStatement }[] = [];
  for (const unit of notableUnits(source.tree)) if (unit.statement.kind === 'Units') found.push({ unit, statement: unit.statement });
  return found;
}

/** `units cells cell`: a dimension that is neither time nor concentration brings its own base unit. */
function collectOwn(statement: UnitsStatement, own: Set<string>): void {
  for (const { dimension, unit } of statement.entries) {
    if (dimension.text === 'time' || dimension.text === 'concentration') continue;
    const [only] = unit.factors;
    if (only !== undefined && unit.factors.length === 1 && only.exponent === 1 && unitNamed(only.name.text) === undefined) own.add(only.name.text);
  }
}

function twice(first: Stated, second: Stated, dimension: string, main: SourceFile | undefined, report: Report): void {
  if (second.source === first.source) {
    report(unitsTwice(second.place, first.place, dimension, undefined));
    return;
  }
  const via = main?.imports.find(({ target }) => target !== undefined && (target === second.source || target.reachable().includes(second.source)));
  if (main === undefined || via === undefined) return;
  report(unitsTwice(main.place(via.unit, via.statement.path), first.place, dimension, { path: via.statement.path.value, unit: second.unit.text }));
}

/** Without a `units` statement: the first annotations say what the file counts in, and the user is told. */
function guess(main: SourceFile, own: ReadonlySet<string>, report: Report): UnitSystem {
  let time: WrittenUnit | undefined;
  let concentration: WrittenUnit | undefined;
  let first: Place | undefined;
  for (const entity of main.names.value.values()) {
    const { node } = entity.declared;
    if (node.kind !== 'item' || node.item.unit === undefined) continue;
    const text = node.item.unit;
    const { unit, unknown } = readUnit(text, own);
    if (unknown.length > 0) continue;
    first ??= main.place(entity.unit, text);
    if (entity.declared.kind !== 'param' && unit.factors.size > 0 && isConcentration(unit.factors)) concentration ??= unit;
    for (const factor of text.factors) {
      const part = readUnit({ kind: 'Unit', factors: [{ ...factor, exponent: 1 }], start: factor.start, end: factor.end }, own).unit;
      if (isTime(part.factors)) time ??= part;
      else if (isConcentration(part.factors) && part.factors.size > 1) concentration ??= part;
    }
  }
  const top = main.tree.units[0];
  if (first !== undefined && top !== undefined && !hasUnreadUnits(main.tree) && (time !== undefined || concentration !== undefined)) {
    const entries = [...(time === undefined ? [] : [`time ${time.text}`]), ...(concentration === undefined ? [] : [`concentration ${concentration.text}`])];
    report(noUnitsStatement(first, `units ${entries.join(', ')}`, main.place(top, { start: 0, end: 0 })));
  }
  return { declared: false, own, ...(time === undefined ? {} : { time }), ...(concentration === undefined ? {} : { concentration }) };
}

/** Reads the unit of a declared name; reports unknown units, another scale than the file's, and species that are no concentration. */
export function readAnnotation(entity: Entity, system: UnitSystem, report: Report): Annotation | undefined {
  const { node, kind, name } = entity.declared;
  if (node.kind !== 'item' || node.item.unit === undefined) return undefined;
  // Part of a unit is another unit.
  const { start, end } = node.item.unit;
  if (entity.unit.problems.some((problem) => problem.start <= end + 1 && problem.end >= start)) return undefined;
  const place = entity.source.place(entity.unit, node.item.unit);
  const unit = readChecked(node.item.unit, node.item, entity, system, report);
  if (unit === undefined) return undefined;
  if (kind !== 'param') {
    const needed = expand(CONCENTRATION.factors, system);
    if (!sameFactors(needed, unit.factors)) report(speciesUnit(place, name.text, unit.text, unitText(needed, system)));
    return undefined;
  }
  const binding = entity.binding;
  return binding?.kind === 'parameter' ? { variable: binding, unit, place } : undefined;
}

function readChecked(text: UnitExpression, item: DeclarationItem, entity: Entity, system: UnitSystem, report: Report): WrittenUnit | undefined {
  const { source } = entity;
  const { unit, unknown } = readUnit(text, system.own);
  for (const name of unknown) report(unknownUnit(source.place(entity.unit, name), name.text, system.own));
  if (unknown.length > 0) return undefined;
  const expected = expectedLog(unit.factors, system);
  if (expected !== undefined && Math.abs(expected - unit.log) > 1e-9) {
    const value = item.value?.kind === 'Number' ? { place: source.place(entity.unit, item.value), number: item.value.value } : undefined;
    report(scaleMismatch(source.place(entity.unit, text), unit.text, unitText(unit.factors, system), 10 ** (unit.log - expected), value));
  }
  return unit;
}

