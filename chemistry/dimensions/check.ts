/** Infers the units of parameters from all their uses, and reports uses that cannot agree. */
import type { Diagnostic, Place } from '../diagnostic.ts';
import { constantUnitMismatch } from '../diagnostics/crn401-constant-unit.ts';
import { twoOrders } from '../diagnostics/crn402-two-orders.ts';
import { unlikeSum } from '../diagnostics/crn405-unlike-units.ts';
import { notPlain } from '../diagnostics/crn406-not-dimensionless.ts';
import { lawUnit } from '../diagnostics/crn408-law-unit.ts';
import { valueUnit } from '../diagnostics/crn412-value-unit.ts';
import type { OrderUse, UnitConstraint } from '../elaborate/context.ts';
import { ONE, rational } from './rational.ts';
import { UnitSolver } from './solve.ts';
import { expand, sameFactors, unitText } from './system.ts';
import type { UnitSystem, WrittenUnit } from './system.ts';
import { combine, constantUnit } from './term.ts';
import type { Factors, UnitVariable } from './term.ts';

/** A parameter whose unit is written. */
export interface Annotation {
  readonly variable: UnitVariable;
  readonly unit: WrittenUnit;
  readonly place: Place;
}

export interface UnitInput {
  readonly system: UnitSystem;
  readonly annotations: readonly Annotation[];
  readonly orders: Iterable<OrderUse>;
  readonly constraints: Iterable<UnitConstraint>;
}

export interface UnitResult {
  readonly diagnostics: readonly Diagnostic[];
  /** The unit of a parameter; undefined when its uses do not fix it. */
  unitOf(variable: UnitVariable): { readonly text: string; readonly inferred: boolean } | undefined;
}

/** What a report needs to say why a parameter has the unit that it has. */
export interface UnitReason {
  readonly variable: UnitVariable;
  /** Where it got it: its declaration, or the use that fixed it. */
  readonly place?: Place;
  readonly text: string;
  readonly written: boolean;
}

const MINUS_ONE = rational(-1);

class Check {
  private readonly solver = new UnitSolver();
  private readonly diagnostics: Diagnostic[] = [];
  private readonly annotated = new Map<UnitVariable, Annotation>();
  private readonly reasons = new Map<UnitVariable, Place>();
  /** The use as a constant that fixed a parameter's unit. */
  private readonly fixedBy = new Map<UnitVariable, { readonly use: OrderUse; readonly factors: Factors; readonly times: number }>();
  /** Parameters with contradictory uses: reported once, then left out. */
  private readonly contradictory = new Set<UnitVariable>();
  private readonly input: UnitInput;
  private readonly severity: 'error' | 'warning';

  constructor(input: UnitInput) {
    this.input = input;
    this.severity = input.system.declared ? 'error' : 'warning';
  }

  run(): UnitResult {
    for (const annotation of this.input.annotations) {
      this.annotated.set(annotation.variable, annotation);
      this.solver.define(annotation.variable, annotation.unit.factors);
      this.reasons.set(annotation.variable, annotation.place);
    }
    this.orders();
    const strong: UnitConstraint[] = [];
    const soft: UnitConstraint[] = [];
    for (const constraint of this.input.constraints) {
      if (this.involvesContradictory(constraint)) continue;
      const firm = constraint.strength === 'firm' || (constraint.strength === 'declared' && this.input.system.declared);
      (firm ? strong : soft).push(constraint);
    }
    for (const constraint of strong) this.constraint(constraint, true);
    for (const constraint of soft) this.constraint(constraint, false);
    return { diagnostics: this.diagnostics, unitOf: (variable) => this.unitOf(variable) };
  }

  private unitOf(variable: UnitVariable): { text: string; inferred: boolean } | undefined {
    const annotation = this.annotated.get(variable);
    if (annotation !== undefined) return { text: annotation.unit.text, inferred: false };
    if (this.contradictory.has(variable)) return undefined;
    const factors = this.solver.unitOf(variable);
    return factors === undefined ? undefined : { text: unitText(factors, this.input.system), inferred: true };
  }

  /** Parameters that are constants of reactions: of one order each, unless the concentration has no dimension. */
  private orders(): void {
    const uses = new Map<UnitVariable, Map<number, OrderUse[]>>();
    for (const use of this.input.orders) {
      const { variable } = use.parameter;
      let byOrder = uses.get(variable);
      if (byOrder === undefined) uses.set(variable, (byOrder = new Map<number, OrderUse[]>()));
      const list = byOrder.get(use.order);
      if (list === undefined) byOrder.set(use.order, [use]);
      else list.push(use);
    }
    for (const [variable, byOrder] of uses) {
      const annotation = this.annotated.get(variable);
      const groups = this.byUnit(byOrder);
      if (annotation !== undefined) {
        for (const { factors, uses: list } of groups) {
          if (sameFactors(factors, annotation.unit.factors)) continue;
          for (const use of list.slice(0, 20)) this.add(constantUnitMismatch(use.place, this.reason(variable), use.order, unitText(factors, this.input.system)));
        }
      } else if (groups.length > 1) {
        this.contradictory.add(variable);
        const firsts = groups.map((group) => ({ use: group.uses[0] as OrderUse, unit: unitText(group.factors, this.input.system), times: group.uses.length }));
        for (const at of firsts) this.add(twoOrders(at, firsts.filter((other) => other !== at), variable.name, this.input.system.declared));
      } else {
        const group = groups[0];
        const first = group?.uses[0];
        if (group === undefined || first === undefined) continue;
        this.solver.define(variable, group.factors);
        this.reasons.set(variable, first.place);
        this.fixedBy.set(variable, { use: first, factors: group.factors, times: group.uses.length });
      }
    }
  }

  private byUnit(byOrder: ReadonlyMap<number, OrderUse[]>): { factors: Factors; uses: OrderUse[] }[] {
    const groups: { factors: Factors; uses: OrderUse[] }[] = [];
    for (const [order, list] of byOrder) {
      const factors = expand(constantUnit(order).factors, this.input.system);
      const same = groups.find((group) => sameFactors(group.factors, factors));
      if (same === undefined) groups.push({ factors, uses: list });
      else same.uses = [...same.uses, ...list];
    }
    return groups;
  }

  private involvesContradictory(constraint: UnitConstraint): boolean {
    if (this.contradictory.size === 0) return false;
    for (const factors of [constraint.found, constraint.needed]) {
      for (const symbol of factors.keys()) if (typeof symbol !== 'string' && this.contradictory.has(symbol)) return true;
    }
    return false;
  }

  private constraint(constraint: UnitConstraint, reportFailure: boolean): void {
    const quotient = expand(combine(constraint.found, constraint.needed, MINUS_ONE), this.input.system);
    const unsolved = [...quotient.keys()].filter((symbol): symbol is UnitVariable => typeof symbol !== 'string' && !this.solver.has(symbol));
    if (this.solver.require(quotient)) {
      for (const variable of unsolved) if (this.solver.has(variable)) this.reasons.set(variable, constraint.place);
      return;
    }
    if (reportFailure) this.failure(constraint);
  }

  private failure(constraint: UnitConstraint): void {
    const { place, about, strength } = constraint;
    const found = this.text(constraint.found);
    const needed = this.text(constraint.needed);
    const reasons: UnitReason[] = [];
    for (const factors of [constraint.found, constraint.needed]) {
      for (const symbol of factors.keys()) if (typeof symbol !== 'string') reasons.push(this.reason(symbol));
    }
    if (strength === 'declared' && !this.input.system.declared) return;
    switch (about.kind) {
      case 'constant': {
        const [only] = reasons;
        const [symbol] = constraint.found.keys();
        const other = constraint.found.size === 1 && symbol !== undefined && typeof symbol !== 'string' ? this.fixedBy.get(symbol) : undefined;
        if (other !== undefined && sameFactors(this.solver.reduce(expand(constraint.found, this.input.system)), other.factors)) {
          const { system } = this.input;
          const here = { use: { ...other.use, order: about.order, place }, unit: needed, times: 1 };
          this.add(twoOrders(here, [{ ...other, unit: unitText(other.factors, system) }], other.use.parameter.name, system.declared));
          return;
        }
        this.add(constantUnitMismatch(place, reasons.length === 1 ? only : undefined, about.order, needed, found, reasons));
        return;
      }
      case 'law':
        this.add(lawUnit(place, found, needed, reasons));
        return;
      case 'sum':
        this.add(unlikeSum(place, about.other, found, needed, about.what, reasons));
        return;
      case 'argument':
        this.add(notPlain(place, about.of, found, reasons));
        return;
      case 'value':
        this.add(valueUnit(place, about.of, found, needed, reasons));
        return;
    }
  }

  private add(diagnostic: Diagnostic): void {
    this.diagnostics.push(this.severity === 'error' ? diagnostic : { ...diagnostic, severity: 'warning' });
  }

  private text(factors: Factors): string {
    return unitText(this.solver.reduce(expand(factors, this.input.system)), this.input.system);
  }

  private reason(variable: UnitVariable): UnitReason {
    const place = this.reasons.get(variable);
    const written = this.annotated.get(variable);
    return {
      variable,
      ...(place === undefined ? {} : { place }),
      text: written?.unit.text ?? this.text(new Map([[variable, ONE]])),
      written: written !== undefined,
    };
  }
}

/**
 * Solves all equations between units: written units and constants of reactions first, then expressions, last what only
 * teaches. In a file without `units` findings are warnings: its numbers may all be dimensionless.
 */
export function checkUnits(input: UnitInput): UnitResult {
  return new Check(input).run();
}
