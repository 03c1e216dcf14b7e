/**
 * Unknown units from equations between products of powers: linear equations over the rationals in the exponents, solved by
 * elimination, one equation at a time, so that the equation that cannot hold is known when it is met.
 */
import { divide, ZERO } from './rational.ts';
import { combine, inverse } from './term.ts';
import type { Factors, UnitVariable } from './term.ts';

export class UnitSolver {
  /** Each solved variable in terms of base symbols and variables that were unsolved then. Acyclic. */
  private readonly solved = new Map<UnitVariable, Factors>();

  /** Says what a variable is. */
  define(variable: UnitVariable, factors: Factors): void {
    this.solved.set(variable, factors);
  }

  has(variable: UnitVariable): boolean {
    return this.solved.has(variable);
  }

  /** The same product with every solved variable replaced. */
  reduce(factors: Factors): Factors {
    let result = factors;
    for (;;) {
      let next: UnitVariable | undefined;
      for (const symbol of result.keys()) {
        if (typeof symbol !== 'string' && this.solved.has(symbol)) {
          next = symbol;
          break;
        }
      }
      if (next === undefined) return result;
      const exponent = result.get(next) ?? ZERO;
      const without = new Map(result);
      without.delete(next);
      result = combine(without, this.solved.get(next) as Factors, exponent);
    }
  }

  /** Requires the product to be dimensionless. False when it cannot be: nothing is learnt then. */
  require(factors: Factors): boolean {
    const reduced = this.reduce(factors);
    for (const [symbol, exponent] of reduced) {
      if (typeof symbol === 'string') continue;
      // symbol^e · rest = 1, so symbol = rest^(−1/e)
      const rest = new Map(reduced);
      rest.delete(symbol);
      this.solved.set(symbol, combine(new Map(), inverse(rest), divide({ n: 1, d: 1 }, exponent)));
      return true;
    }
    return reduced.size === 0;
  }

  /** The unit of a variable over base symbols alone; undefined when the equations leave it open. */
  unitOf(variable: UnitVariable): Factors | undefined {
    const found = this.solved.get(variable);
    if (found === undefined) return undefined;
    const reduced = this.reduce(found);
    if (reduced !== found) this.solved.set(variable, reduced);
    for (const symbol of reduced.keys()) if (typeof symbol !== 'string') return undefined;
    return reduced;
  }
}

