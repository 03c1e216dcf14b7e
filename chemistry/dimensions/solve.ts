/**
 * Unknown units from equations between products of powers: linear equations over the rationals in the exponents, solved by
 * elimination, one equation at a time, so that the equation that cannot hold is known when it is met.
 */
import { divide, ONE, ZERO } from './rational.ts';
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
    for (const [symbol, exponent] of factors) {
      if (typeof symbol === 'string' || !this.solved.has(symbol)) continue;
      const without = new Map(result);
      without.delete(symbol);
      result = combine(without, this.settled(symbol), exponent);
    }
    return result;
  }

  /** The solution of a solved variable without solved variables in it; remembered, so that chains stay short. No recursion. */
  private settled(variable: UnitVariable): Factors {
    const stack = [variable];
    for (let top = stack[stack.length - 1]; top !== undefined; top = stack[stack.length - 1]) {
      const solution = this.solved.get(top) as Factors;
      const inner = [...solution.keys()].filter((symbol): symbol is UnitVariable => typeof symbol !== 'string' && this.solved.has(symbol));
      const open = inner.find((symbol) => [...(this.solved.get(symbol) as Factors).keys()].some((key) => typeof key !== 'string' && this.solved.has(key)));
      if (open !== undefined) {
        stack.push(open);
        continue;
      }
      let result = solution;
      for (const symbol of inner) {
        const exponent = result.get(symbol) ?? ZERO;
        const without = new Map(result);
        without.delete(symbol);
        result = combine(without, this.solved.get(symbol) as Factors, exponent);
      }
      if (inner.length > 0) this.solved.set(top, result);
      stack.pop();
    }
    return this.solved.get(variable) as Factors;
  }

  /** Requires the product to be dimensionless. False when it cannot be: nothing is learnt then. */
  require(factors: Factors): boolean {
    const reduced = this.reduce(factors);
    let last: UnitVariable | undefined;
    for (const symbol of reduced.keys()) if (typeof symbol !== 'string') last = symbol;
    if (last === undefined) return reduced.size === 0;
    // last^e · rest = 1, so last = rest^(−1/e)
    const rest = new Map(reduced);
    rest.delete(last);
    this.solved.set(last, combine(new Map(), inverse(rest), divide(ONE, reduced.get(last) ?? ONE)));
    return true;
  }

  /** The unit of a variable over base symbols alone; undefined when the equations leave it open. */
  unitOf(variable: UnitVariable): Factors | undefined {
    const found = this.solved.get(variable);
    if (found === undefined) return undefined;
    const reduced = this.settled(variable);
    for (const symbol of reduced.keys()) if (typeof symbol !== 'string') return undefined;
    return reduced;
  }
}

