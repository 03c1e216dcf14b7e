/** What statements about neurons can look up: activations, and values of parameters as the text declares them. */
import type { ActivationDeclaration, Expression } from '../../grammar/index.ts';
import type { SourceFile } from '../names/files.ts';
import { certify } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { literal, readActivation } from './declaration.ts';
import type { ModelResult } from './declaration.ts';
import { libraryActivations, SPECIAL_ACTIVATIONS } from './library.ts';
import type { KnownActivation } from './library.ts';

/** What an activation's text came to. Kept by the syntax node: an edit elsewhere keeps it. */
export interface ReadActivation {
  readonly result: ModelResult;
  readonly certificate?: Certificate;
}

const read = new WeakMap<ActivationDeclaration, ReadActivation>();

export function readOnce(statement: ActivationDeclaration): ReadActivation {
  let known = read.get(statement);
  if (known === undefined) {
    const result = readActivation(statement);
    known = 'model' in result ? { result, certificate: certify(result.model) } : { result };
    read.set(statement, known);
  }
  return known;
}

export type SpecialActivation = 'linear' | 'relu' | 'leaky_relu' | 'algebraic_logistic';

/** The activation of a name, the file's own before the library's; `broken`: declared with an error of its own. */
export function findActivation(source: SourceFile, name: string): KnownActivation | SpecialActivation | 'broken' | undefined {
  const node = source.find('activation', name)?.declared.node;
  if (node?.kind === 'activation') {
    const { result, certificate } = readOnce(node.activation);
    return 'model' in result && certificate?.holds === true ? { model: result.model, certificate, library: false } : 'broken';
  }
  const known = libraryActivations().get(name);
  if (known !== undefined) return known;
  return SPECIAL_ACTIVATIONS.has(name) ? (name as SpecialActivation) : undefined;
}

/** Value of an expression over numbers and declared scalar parameters; undefined when it is not known from the text. */
export function knownValue(expression: Expression, source: SourceFile, seen: readonly string[] = []): number | undefined {
  return literal(expression, (name) => {
    const node = source.find('value', name)?.declared.node;
    if (node?.kind !== 'item' || node.declaration.declares !== 'param' || node.item.shape !== undefined || node.item.value === undefined || seen.includes(name)) return undefined;
    return knownValue(node.item.value, source, [...seen, name]);
  });
}
