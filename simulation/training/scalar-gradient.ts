/** Derivatives of expressions by parameter elements, backwards through the expression and on through computed parameters. */
import { evaluateScalar, flatPosition, sizeOf, type EvaluationContext, type Network, type ParameterValues, type Scalar } from '../../chemistry/index.ts';

/**
 * Adds weight·∂scalar/∂p to gradient[start[p] + element] for every parameter element that the expression reads directly.
 * Derivatives that do not exist (|x| at 0, steps) count as 0.
 */
export function addGradient(scalar: Scalar, weight: number, context: EvaluationContext, parameters: ParameterValues, gradient: Float64Array): void {
  if (weight === 0) return;
  const open: { readonly node: Scalar; readonly bar: number }[] = [{ node: scalar, bar: weight }];
  const value = (node: Scalar): number => evaluateScalar(node, context);
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const { node, bar } = top;
    const push = (next: Scalar | undefined, factor: number): void => {
      if (next !== undefined && factor !== 0 && Number.isFinite(factor)) open.push({ node: next, bar: bar * factor });
    };
    switch (node.kind) {
      case 'number': case 'species': case 'counter': case 'time': break;
      case 'parameter': {
        const { shape } = context.network.parameters[node.parameter]!;
        const flat = node.index.length === 0 ? 0 : flatPosition(node.index, shape, context.counters ?? []);
        if (flat >= 0) gradient[parameters.start[node.parameter]! + flat]! += bar;
        break;
      }
      case 'negate': push(node.of, -1); break;
      case 'binary': {
        const { left, right, operator } = node;
        switch (operator) {
          case '+': push(left, 1); push(right, 1); break;
          case '-': push(left, 1); push(right, -1); break;
          case '*': push(left, value(right)); push(right, value(left)); break;
          case '/': push(left, 1 / value(right)); push(right, -value(left) / value(right) ** 2); break;
          case '^': {
            const base = value(left), exponent = value(right);
            push(left, exponent === 0 ? 0 : exponent * base ** (exponent - 1));
            if (base > 0) push(right, base ** exponent * Math.log(base));
          }
        }
        break;
      }
      case 'call': {
        const [first, second, third] = node.arguments, x = first === undefined ? NaN : value(first);
        switch (node.function) {
          case 'exp': push(first, Math.exp(x)); break;
          case 'ln': push(first, 1 / x); break;
          case 'log10': push(first, 1 / (x * Math.LN10)); break;
          case 'sqrt': push(first, 0.5 / Math.sqrt(x)); break;
          case 'abs': push(first, Math.sign(x)); break;
          case 'sin': push(first, Math.cos(x)); break;
          case 'cos': push(first, -Math.sin(x)); break;
          case 'tan': push(first, 1 + Math.tan(x) ** 2); break;
          case 'tanh': push(first, 1 - Math.tanh(x) ** 2); break;
          case 'min': case 'max': {
            const whole = value(node);
            push(node.arguments.find((argument) => value(argument) === whole), 1);
            break;
          }
          case 'if': push(x !== 0 ? second : third, 1); break;
          case 'floor': case 'ceil': case 'less': case 'lessEqual': case 'equal': case 'and': case 'or': case 'not': break;
        }
      }
    }
  }
}

/**
 * Passes what computed parameters have gathered on to those they are computed from, last to first. A parameter in `held` has
 * a value of its own and passes nothing on.
 */
export function throughDefinitions(network: Network, parameters: ParameterValues, held: ReadonlySet<number>, gradient: Float64Array): void {
  for (let id = network.parameters.length - 1; id >= 0; id--) {
    const { value, shape } = network.parameters[id]!;
    if (value.kind !== 'expression' || value.expression.kind === 'number' || held.has(id)) continue;
    let weight = 0;
    for (let k = 0; k < sizeOf(shape); k++) weight += gradient[parameters.start[id]! + k]!;
    addGradient(value.expression, weight, { network, parameters }, parameters, gradient);
  }
}
