/** Which part of a neuron, a network, data or a training an offset is in, and where a name of the library leads. */
import { libraryActivations, libraryText, SPECIAL_ACTIVATIONS } from '../../chemistry/index.ts';
import type { Analysis } from '../../chemistry/index.ts';
import type { ActivationUse, Name, NetworkDeclaration, NetworkItem, NeuronStatement, Span, Statement, TrainStatement, Unit } from '../../grammar/index.ts';

export type Layer = Extract<NetworkItem, { kind: 'layer' }>;

export type NeuralPart =
  /** The name of an activation where a neuron or a layer uses it. */
  | { readonly kind: 'activation'; readonly name: Name }
  | { readonly kind: 'layer'; readonly network: NetworkDeclaration; readonly layer: Layer }
  | { readonly kind: 'network'; readonly network: NetworkDeclaration }
  | { readonly kind: 'neuron'; readonly neuron: NeuronStatement }
  /** The word `train`, or the name of the training. */
  | { readonly kind: 'train'; readonly train: TrainStatement };

const holds = (span: Span, offset: number): boolean => span.start <= offset && offset <= span.end;

/** The name (or word) of a neural statement at an offset of its unit; undefined elsewhere. */
export function neuralPartAt(unit: Unit, offset: number): NeuralPart | undefined {
  const statement = neuralStatementAt(unit.statement, offset);
  switch (statement?.kind) {
    case 'Neuron':
      if (holds(statement.activation, offset)) return { kind: 'activation', name: statement.activation };
      return holds(statement.name, offset) ? { kind: 'neuron', neuron: statement } : undefined;
    case 'Network': {
      if (holds(statement.name, offset)) return { kind: 'network', network: statement };
      const layer = statement.items.find((item): item is Layer => item.kind === 'layer' && holds(item, offset));
      if (layer === undefined) return undefined;
      if (holds(layer.activation.name, offset)) return { kind: 'activation', name: layer.activation.name };
      return holds(layer.name, offset) ? { kind: 'layer', network: statement, layer } : undefined;
    }
    case 'Train': {
      const word = { start: statement.start, end: statement.start + 'train'.length };
      return holds(word, offset) || (statement.name !== undefined && holds(statement.name, offset)) ? { kind: 'train', train: statement } : undefined;
    }
    default:
      return undefined;
  }
}

/** The statement about neurons around an offset, groups looked into. */
function neuralStatementAt(statement: Statement, offset: number): Statement | undefined {
  if (!holds(statement, offset)) return undefined;
  if (statement.kind !== 'Group') return statement;
  for (const inner of statement.body) if (holds(inner, offset)) return neuralStatementAt(inner, offset);
  return undefined;
}

/** Where neurons and layers name activations of the library; those that the text declares itself have occurrences. */
export function builtInNames(unit: Unit): Name[] {
  const { statement } = unit;
  const waiting: Statement[] = [statement];
  const names: Name[] = [];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === 'Group') for (const inner of next.body) waiting.push(inner);
    else if (next.kind === 'Neuron') names.push(next.activation);
    else if (next.kind === 'Network') for (const item of next.items) if (item.kind === 'layer') names.push(item.activation.name);
  }
  return names.filter(({ text }) => libraryActivations().has(text) || SPECIAL_ACTIVATIONS.has(text));
}

/** The network that a unit is about: the one declared there, or the one that a training there trains; `file` where another text declares it. */
export function networkAt(analysis: Analysis, unit: Unit | undefined): { readonly name: string; readonly file?: string } | undefined {
  const statement = unit?.statement;
  const name = statement?.kind === 'Network' ? statement.name.text : statement?.kind === 'Train' ? statement.network.text : undefined;
  if (name === undefined || analysis.networks.some((network) => network.name === name)) return name === undefined ? undefined : { name };
  const file = analysis.visibleAt(undefined, 0).find((symbol) => symbol.kind === 'network' && symbol.name === name)?.declaration.file;
  return file === undefined ? undefined : { name, file };
}

/** Where the library says what an activation is: a text of the checker's, and a span in it. undefined for the file's own. */
export function libraryPlace(name: ActivationUse['name']['text']): { readonly file: string; readonly span: Span } | undefined {
  const place = (file: string, head: string): { file: string; span: Span } | undefined => {
    const at = libraryText(file)?.indexOf(head) ?? -1;
    const start = at + head.length - name.length;
    return at < 0 ? undefined : { file, span: { start, end: start + name.length } };
  };
  if (libraryActivations().has(name)) return place('onepot:activations', `activation ${name}`);
  if (name === 'linear') {
    const dense = place('onepot:forward', 'module dense');
    return dense === undefined ? undefined : { file: dense.file, span: { start: dense.span.end - 'dense'.length, end: dense.span.end } };
  }
  return SPECIAL_ACTIVATIONS.has(name) ? place('onepot:units', `module ${name}`) : undefined;
}
