/** Expressions built with their constant parts computed, and their values for parameters as declared. */
import type { Scalar } from '../network.ts';
import { applyFunction } from '../unroll/index.ts';
import type { ParameterBinding } from './binding.ts';
import { leftSpine } from '../spine.ts';

type Operator = Extract<Scalar, { kind: 'binary' }>['operator'];

export function number(value: number): Scalar {
  return { kind: 'number', value };
}

export function apply(operator: Operator, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '^':
      return a ** b;
  }
}

export function binary(operator: Operator, left: Scalar, right: Scalar): Scalar {
  if (left.kind === 'number' && right.kind === 'number') return number(apply(operator, left.value, right.value));
  return { kind: 'binary', operator, left, right };
}

export function negated(of: Scalar): Scalar {
  return of.kind === 'number' ? number(-of.value) : { kind: 'negate', of };
}

export function call(name: Extract<Scalar, { kind: 'call' }>['function'], list: readonly Scalar[]): Scalar {
  if (list.every((argument) => argument.kind === 'number')) {
    return number(applyFunction(name, list.map((argument) => (argument.kind === 'number' ? argument.value : NaN))));
  }
  return { kind: 'call', function: name, arguments: list };
}

/**
 * The value with parameters as declared; undefined where it depends on species, time, loop variables, an element of an array
 * or a random value.
 */
export function declaredValue(scalar: Scalar, parameters: readonly ParameterBinding[]): number | undefined {
  switch (scalar.kind) {
    case 'number':
      return scalar.value;
    case 'parameter':
      return scalar.index.length === 0 ? parameters[scalar.parameter]?.value : undefined;
    case 'negate': {
      const inner = declaredValue(scalar.of, parameters);
      return inner === undefined ? undefined : -inner;
    }
    case 'binary': {
      const { first, steps } = leftSpine(scalar);
      let value = declaredValue(first, parameters);
      for (const step of steps) {
        const right = value === undefined ? undefined : declaredValue(step.right, parameters);
        if (value === undefined || right === undefined) return undefined;
        value = apply(step.operator, value, right);
      }
      return value;
    }
    case 'call': {
      const values: number[] = [];
      for (const argument of scalar.arguments) {
        const value = declaredValue(argument, parameters);
        if (value === undefined) return undefined;
        values.push(value);
      }
      return applyFunction(scalar.function, values);
    }
    case 'species':
    case 'counter':
    case 'time':
      return undefined;
  }
}
