/** What statements about neurons say about names: activations, neurons, networks, data, trainings, noises, sweeps. */
import type {
  ActivationDeclaration, DataDeclaration, Expression, Name, NetworkDeclaration, NeuronStatement, NoiseStatement, Statement, SweepStatement, TrainStatement,
} from '../../grammar/index.ts';
import type { FileName, LocalName, NameUse, Namespace } from './facts.ts';
import { neuralSettingNamed, SWEEP_SETTINGS, TRAIN_SETTINGS } from './neural-settings.ts';

export type NeuralStatement = ActivationDeclaration | NeuronStatement | NetworkDeclaration | DataDeclaration | TrainStatement | NoiseStatement | SweepStatement;

export function isNeural(statement: Statement): statement is NeuralStatement {
  switch (statement.kind) {
    case 'Activation':
    case 'Neuron':
    case 'Network':
    case 'Data':
    case 'Train':
    case 'Noise':
    case 'Sweep':
      return true;
    default:
      return false;
  }
}

/** Where findings about names go. `expression` enters the names of an expression as uses. */
export interface NamesSink {
  declare(name: FileName): void;
  use(use: NameUse): void;
  local(local: LocalName): void;
  repeated(first: LocalName, second: LocalName): void;
  expression(expression: Expression): void;
}

export function collectNeural(statement: NeuralStatement, sink: NamesSink): void {
  const doc = statement.doc === undefined ? {} : { doc: statement.doc };
  const use = (name: Name, namespace: Namespace): void => { sink.use({ name, role: 'read', namespace }); };
  switch (statement.kind) {
    case 'Activation':
      sink.declare({ name: statement.name, namespace: 'activation', kind: 'activation', node: { kind: 'activation', activation: statement }, ...doc });
      activation(statement, sink);
      return;
    case 'Neuron':
      sink.declare({ name: statement.name, namespace: 'value', kind: 'species', node: { kind: 'neuron', neuron: statement }, ...doc });
      use(statement.activation, 'activation');
      sink.expression(statement.input);
      for (const { value } of statement.constants) sink.expression(value);
      return;
    case 'Network':
      sink.declare({ name: statement.name, namespace: 'network', kind: 'network', node: { kind: 'network', network: statement }, ...doc });
      for (const item of statement.items) {
        switch (item.kind) {
          case 'input':
            sink.expression(item.size);
            break;
          case 'layer':
            sink.expression(item.size);
            use(item.activation.name, 'activation');
            for (const { value } of item.activation.constants) sink.expression(value);
            break;
          case 'weights':
            numbers(item.value, sink);
            break;
          case 'setting':
            for (const value of item.values) numbers(value, sink);
            break;
        }
      }
      return;
    case 'Data':
      sink.declare({ name: statement.name, namespace: 'data', kind: 'data', node: { kind: 'data', data: statement }, ...doc });
      if (statement.header !== undefined) {
        sink.expression(statement.header.inputSize);
        sink.expression(statement.header.targetSize);
      }
      return;
    case 'Train':
      if (statement.name !== undefined) sink.declare({ name: statement.name, namespace: 'experiment', kind: 'experiment', node: { kind: 'training', training: statement }, ...doc });
      use(statement.network, 'network');
      use(statement.data, 'data');
      for (const { key, values } of statement.settings) {
        const spec = neuralSettingNamed(TRAIN_SETTINGS, key.text);
        for (const value of values) {
          if (spec?.kind === 'noise' && value.kind === 'Reference') use(value.name, 'noise');
          else if (spec?.kind === 'number') sink.expression(value);
        }
      }
      return;
    case 'Noise':
      sink.declare({ name: statement.name, namespace: 'noise', kind: 'noise', node: { kind: 'noise', noise: statement }, ...doc });
      for (const { values } of statement.settings) {
        for (const value of values) {
          // The size of a distribution and a volume are numbers; words such as frozen are words.
          if (value.kind === 'Call' && value.arguments[0] !== undefined) sink.expression(value.arguments[0]);
          else if (value.kind !== 'Reference' && value.kind !== 'Call') sink.expression(value);
        }
      }
      return;
    case 'Sweep':
      sink.declare({ name: statement.name, namespace: 'experiment', kind: 'experiment', node: { kind: 'sweep', sweep: statement }, ...doc });
      if (statement.train !== undefined) {
        use(statement.train.network, 'network');
        use(statement.train.data, 'data');
      }
      if (statement.simulate !== undefined) use(statement.simulate.experiment, 'experiment');
      for (const { key, values } of statement.settings) {
        const spec = neuralSettingNamed(TRAIN_SETTINGS, key.text) ?? neuralSettingNamed(SWEEP_SETTINGS, key.text);
        for (const value of values) {
          if (spec?.kind === 'noise' && value.kind === 'Reference') use(value.name, 'noise');
          else if (spec?.kind === 'number' || spec?.kind === 'quantities') sink.expression(value);
        }
      }
      for (const { range } of statement.vary) {
        const ends = range.kind === 'Array' ? range.elements : [range.from, range.to, ...(range.steps === undefined ? [] : [range.steps])];
        // A plain word may be one of a setting's words; what is none is said where the values are read.
        for (const end of ends) if (end.kind !== 'Reference') sink.expression(end);
      }
      return;
  }
}

/** A distribution or a number; a plain word is a word. */
function numbers(value: Expression, sink: NamesSink): void {
  if (value.kind === 'Call') {
    for (const argument of value.arguments) sink.expression(argument);
    for (const { value: named } of value.named) sink.expression(named);
  } else if (value.kind !== 'Reference') sink.expression(value);
}

/** An activation's own names: its parameters, its species where they first stand, and y. */
function activation(statement: ActivationDeclaration, sink: NamesSink): void {
  const names = new Map<string, LocalName>();
  const local = (name: Name, kind: LocalName['kind'], node: LocalName['node']): void => {
    const entry: LocalName = { name, kind, namespace: 'value', node, extent: statement };
    const first = names.get(name.text);
    if (first === undefined) names.set(name.text, entry);
    else sink.repeated(first, entry);
    sink.local(entry);
  };
  for (const parameter of statement.parameters) local(parameter.name, 'module constant', parameter);
  const references: { name: Name; node: LocalName['node'] }[] = [];
  const walk = (expression: Expression): void => {
    let node = expression;
    while (node.kind === 'Binary') {
      walk(node.right);
      node = node.left;
    }
    switch (node.kind) {
      case 'Reference':
        references.push({ name: node.name, node });
        break;
      case 'Unary':
        walk(node.operand);
        break;
      case 'Parenthesised':
        walk(node.inner);
        break;
      case 'Call':
        node.arguments.forEach(walk);
        break;
      case 'Range':
        walk(node.from);
        walk(node.to);
        break;
      case 'Array':
        node.elements.forEach(walk);
        break;
      case 'Number':
      case 'String':
      case 'BadExpression':
        break;
    }
  };
  const species = statement.equations.map(({ species: reference }) => reference);
  for (const reference of species) if (!names.has(reference.name.text)) local(reference.name, 'species', reference);
  for (const { left } of statement.totals) walk(left);
  for (const { name, node } of references) if (name.text !== 'y' && !names.has(name.text)) local(name, 'species', node);
  for (const { right } of statement.equations) walk(right);
  for (const { right } of statement.totals) walk(right);
  if (statement.output !== undefined) walk(statement.output);
  for (const { name } of references) {
    const target = names.get(name.text);
    // What is neither is said by the activation's own check, which knows no names but its own.
    if (target !== undefined && target.name !== name) sink.use({ name, role: 'read', namespace: 'value', local: target });
  }
}
