/**
 * A rate law as a straight list of operations on registers: evaluated forwards, differentiated backwards (reverse mode: all
 * partial derivatives for a few times the cost of the value). One tape serves every reaction of a family; what differs
 * between them are the components, parameter elements and counters that it loads.
 */
import { type FunctionName, type Operand, type AxisIndex, type Scalar, applyFunction } from '../../chemistry/index.ts';

const OPERATIONS = ['constant', 'species', 'parameter', 'counter', 'time', '+', '-', '*', '/', '^', 'negate', 'call'] as const;
type Operation = (typeof OPERATIONS)[number];
const code = (operation: Operation): number => OPERATIONS.indexOf(operation);
const CONSTANT = code('constant'), SPECIES = code('species'), PARAMETER = code('parameter'), COUNTER = code('counter'), TIME = code('time'),
  ADD = code('+'), SUBTRACT = code('-'), MULTIPLY = code('*'), DIVIDE = code('/'), POWER = code('^'), NEGATE = code('negate'), CALL = code('call');

/** Where one reaction's loads are: y[components[c + k]], parameters[elements[p + k]], counters[v + k]. */
export interface Loads {
  readonly components: Int32Array;
  readonly elements: Int32Array;
  readonly counters: Float64Array;
}

export class Tape {
  /** What the loads stand for, in their order. */
  readonly species: readonly Operand[];
  readonly parameters: readonly { readonly parameter: number; readonly index: readonly AxisIndex[] }[];
  readonly usesTime: boolean;
  private readonly operation: Uint8Array;
  private readonly a: Int32Array;
  private readonly b: Int32Array;
  private readonly constants: Float64Array;
  private readonly calls: readonly { readonly name: FunctionName; readonly registers: readonly number[] }[];
  private readonly register: Float64Array;
  private readonly adjoint: Float64Array;

  constructor(law: Scalar) {
    const builder = new Builder();
    builder.add(law);
    const size = builder.operation.length;
    this.species = builder.species;
    this.parameters = builder.parameters;
    this.usesTime = builder.operation.includes(TIME);
    this.operation = Uint8Array.from(builder.operation);
    this.a = Int32Array.from(builder.a);
    this.b = Int32Array.from(builder.b);
    this.constants = Float64Array.from(builder.constants);
    this.calls = builder.calls;
    this.register = new Float64Array(size);
    this.adjoint = new Float64Array(size);
  }

  /**
   * Value of the law for the reaction whose loads begin at components[c], elements[p] and counters[v]. Where it has none just
   * below zero, within an integrator's tolerance (√x, x^1.5), it has its value at zero: it is defined where concentrations are.
   */
  value(t: number, y: Float64Array, parameters: Float64Array, loads: Loads, c: number, p: number, v: number): number {
    const value = this.run(t, y, -Infinity, parameters, loads, c, p, v);
    return Number.isNaN(value) ? this.run(t, y, 0, parameters, loads, c, p, v) : value;
  }

  /** @param least what a species is taken to be at least */
  private run(t: number, y: Float64Array, least: number, parameters: Float64Array, loads: Loads, c: number, p: number, v: number): number {
    const { operation, a, b, register } = this, { components, elements, counters } = loads, size = operation.length;
    for (let i = 0; i < size; i++) {
      const x = a[i]!;
      switch (operation[i]) {
        case CONSTANT: register[i] = this.constants[x]!; break;
        case SPECIES: register[i] = Math.max(least, y[components[c + x]!]!); break;
        case PARAMETER: register[i] = parameters[elements[p + x]!]!; break;
        case COUNTER: register[i] = counters[v + x]!; break;
        case TIME: register[i] = t; break;
        case ADD: register[i] = register[x]! + register[b[i]!]!; break;
        case SUBTRACT: register[i] = register[x]! - register[b[i]!]!; break;
        case MULTIPLY: register[i] = register[x]! * register[b[i]!]!; break;
        case DIVIDE: register[i] = register[x]! / register[b[i]!]!; break;
        case POWER: {
          const exponent = register[b[i]!]!;
          register[i] = exponent === 2 ? register[x]! * register[x]! : register[x]! ** exponent;
          break;
        }
        case NEGATE: register[i] = -register[x]!; break;
        default: {
          const call = this.calls[x]!;
          register[i] = applyFunction(call.name, call.registers.map((r) => register[r]!));
        }
      }
    }
    return register[size - 1]!;
  }

  /**
   * Adds scale·∂law/∂(k-th species load) to out[target[d + k]] for every load, at the point of the last `value`. A derivative
   * that does not exist (√x at 0) counts as 0: it only steers Newton's method.
   */
  gradient(scale: number, out: Float64Array, target: Int32Array, d: number): void {
    const { operation, a, b, register, adjoint } = this;
    adjoint.fill(0);
    adjoint[operation.length - 1] = 1;
    for (let i = operation.length - 1; i >= 0; i--) {
      const bar = adjoint[i]!;
      if (bar === 0 || !Number.isFinite(bar)) continue;
      const x = a[i]!, z = b[i]!;
      switch (operation[i]) {
        case SPECIES: out[target[d + x]!]! += scale * bar; break;
        case CONSTANT: case PARAMETER: case COUNTER: case TIME: break;
        case ADD: adjoint[x]! += bar; adjoint[z]! += bar; break;
        case SUBTRACT: adjoint[x]! += bar; adjoint[z]! -= bar; break;
        case MULTIPLY: adjoint[x]! += bar * register[z]!; adjoint[z]! += bar * register[x]!; break;
        case DIVIDE: adjoint[x]! += bar / register[z]!; adjoint[z]! -= (bar * register[i]!) / register[z]!; break;
        case POWER: {
          const base = register[x]!, exponent = register[z]!;
          if (exponent !== 0) adjoint[x]! += bar * exponent * base ** (exponent - 1);
          if (base > 0) adjoint[z]! += bar * register[i]! * Math.log(base);
          break;
        }
        case NEGATE: adjoint[x]! -= bar; break;
        default: this.backCall(this.calls[x]!, register[i]!, bar);
      }
    }
  }

  private backCall(call: { readonly name: FunctionName; readonly registers: readonly number[] }, value: number, bar: number): void {
    const { register, adjoint } = this, [first = 0, second = 0, third = 0] = call.registers, x = register[first]!;
    switch (call.name) {
      case 'exp': adjoint[first]! += bar * value; break;
      case 'ln': adjoint[first]! += bar / x; break;
      case 'log10': adjoint[first]! += bar / (x * Math.LN10); break;
      case 'sqrt': adjoint[first]! += bar / (2 * value); break;
      case 'abs': adjoint[first]! += x < 0 ? -bar : bar; break;
      case 'sin': adjoint[first]! += bar * Math.cos(x); break;
      case 'cos': adjoint[first]! -= bar * Math.sin(x); break;
      case 'tan': adjoint[first]! += bar * (1 + value * value); break;
      case 'tanh': adjoint[first]! += bar * (1 - value * value); break;
      case 'min': case 'max': {
        const chosen = call.registers.find((r) => register[r] === value);
        if (chosen !== undefined) adjoint[chosen]! += bar;
        break;
      }
      case 'if': adjoint[x !== 0 ? second : third]! += bar; break;
      // Steps and comparisons are flat wherever they have a derivative.
      case 'floor': case 'ceil': case 'less': case 'lessEqual': case 'equal': case 'and': case 'or': case 'not': break;
    }
  }
}

class Builder {
  readonly operation: number[] = [];
  readonly a: number[] = [];
  readonly b: number[] = [];
  readonly constants: number[] = [];
  readonly species: Operand[] = [];
  readonly parameters: { parameter: number; index: readonly AxisIndex[] }[] = [];
  readonly calls: { name: FunctionName; registers: readonly number[] }[] = [];
  private readonly done = new Map<Scalar, number>();

  /** Register that holds the value of an expression. */
  add(scalar: Scalar): number {
    const known = this.done.get(scalar);
    if (known !== undefined) return known;
    const register = this.build(scalar);
    this.done.set(scalar, register);
    return register;
  }

  private build(scalar: Scalar): number {
    switch (scalar.kind) {
      case 'number': return this.emit(CONSTANT, this.constants.push(scalar.value) - 1);
      case 'species': return this.emit(SPECIES, this.species.push(scalar.operand) - 1);
      case 'parameter': return this.emit(PARAMETER, this.parameters.push({ parameter: scalar.parameter, index: scalar.index }) - 1);
      case 'counter': return this.emit(COUNTER, scalar.variable);
      case 'time': return this.emit(TIME, 0);
      case 'negate': return this.emit(NEGATE, this.add(scalar.of));
      case 'binary': return this.binary(scalar);
      case 'call': {
        const registers = scalar.arguments.map((argument) => this.add(argument));
        return this.emit(CALL, this.calls.push({ name: scalar.function, registers }) - 1);
      }
    }
  }

  /** Long sums lean to the left: walked by a loop, so that they cannot overflow the stack. */
  private binary(scalar: Extract<Scalar, { kind: 'binary' }>): number {
    const spine: Extract<Scalar, { kind: 'binary' }>[] = [];
    let node: Scalar = scalar;
    while (node.kind === 'binary' && !this.done.has(node)) { spine.push(node); node = node.left; }
    let left = this.add(node);
    for (let i = spine.length - 1; i >= 0; i--) {
      const step = spine[i]!;
      left = this.emit(code(step.operator), left, this.add(step.right));
      this.done.set(step, left);
    }
    return left;
  }

  private emit(operation: number, a: number, b = 0): number {
    this.a.push(a);
    this.b.push(b);
    return this.operation.push(operation) - 1;
  }
}
