/** The library of constructions: texts that `import "onepot:forward"` names, parsed once. */
import { marked, type Text } from '../../l10n/index.ts';
import { parse } from '../../grammar/index.ts';
import type { SyntaxTree } from '../../grammar/index.ts';
import { LIBRARY_TEXTS } from '../library/texts.generated.ts';
import { certify } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { readActivation } from './declaration.ts';
import type { ActivationModel } from './model.ts';

/** Before the names of texts that come with the product or are made by the compiler. */
export const LIBRARY_SCHEME = 'onepot:';

/** Texts that are no file of the user's: the library's, and what networks are compiled to. */
export function isVirtual(uri: string | undefined): boolean {
  return uri?.startsWith(LIBRARY_SCHEME) === true;
}

/** Names of the library's texts: `forward`, `update`, … */
export const libraryNames: readonly string[] = [...LIBRARY_TEXTS.keys()];

/** The text that a path like `onepot:forward` names; undefined when there is none. */
export function libraryText(path: string): string | undefined {
  return isVirtual(path) ? LIBRARY_TEXTS.get(path.slice(LIBRARY_SCHEME.length)) : undefined;
}

const trees = new Map<string, SyntaxTree>();

/** The same, parsed. Library texts never change, so their trees are shared by all analyses. */
export function libraryTree(path: string): SyntaxTree | undefined {
  let tree = trees.get(path);
  if (tree === undefined) {
    const text = libraryText(path);
    if (text === undefined) return undefined;
    trees.set(path, (tree = parse(text)));
  }
  return tree;
}

/** An activation that layers can have, from a declaration. */
export interface KnownActivation {
  readonly model: ActivationModel;
  readonly certificate: Certificate;
  /** It comes with the product: its modules are in `onepot:units`. */
  readonly library: boolean;
}

let known: ReadonlyMap<string, KnownActivation> | undefined;

/** The activations of `onepot:activations`, by name. */
export function libraryActivations(): ReadonlyMap<string, KnownActivation> {
  if (known === undefined) {
    const found = new Map<string, KnownActivation>();
    for (const { statement } of libraryTree(`${LIBRARY_SCHEME}activations`)?.units ?? []) {
      if (statement.kind !== 'Activation') continue;
      const result = readActivation(statement);
      if ('model' in result) found.set(result.model.name, { model: result.model, certificate: certify(result.model), library: true });
    }
    known = found;
  }
  return known;
}

/** Layers without an activation of their own: what they compute is said by hand-written modules. */
export const SPECIAL_ACTIVATIONS: ReadonlyMap<string, { readonly parameters: readonly { readonly name: string; readonly default?: number }[]; readonly about: Text }> = new Map([
  ['linear', { parameters: [], about: marked('The weighted input itself, y = W x + b, on two rails.') }],
  ['algebraic_logistic', { parameters: [{ name: 'h' }], about: marked('Algebraic function of the logistic’s shape: ½(1 + y/√(y² + 4h)), from 0 to 1, ½ at y = 0. The slope φ′ of a smoothed ReLU, read out as φ²/(φ² + h) on a switch; settles no slower than at the rates 2√h, 1 and h.') }],
  ['relu', { parameters: [], about: marked('ReLU by annihilation of the rails of y: max(0, y), the closer the faster they annihilate. Not smooth; for comparison.') }],
  ['leaky_relu', { parameters: [{ name: 'α', default: 0.01 }], about: marked('Leaky ReLU by annihilation: y or α·y. Not smooth; for comparison.') }],
]);

/** Activations of other tools that no mass-action fixed point equals, and which of ours is near. */
export const NEAR_ACTIVATIONS: ReadonlyMap<string, string> = new Map([
  ['sigmoid', 'algebraic_sigmoid'], ['logistic', 'algebraic_logistic'], ['tanh', 'algebraic_tanh'], ['softplus', 'smooth_relu'], ['exp', 'smooth_relu'],
  ['elu', 'smooth_relu'], ['gelu', 'smooth_relu'], ['silu', 'smooth_relu'], ['swish', 'smooth_relu'], ['ReLU', 'relu'], ['softmax', 'smooth_relu'],
  ['softsign', 'algebraic_tanh'], ['erf', 'algebraic_tanh'], ['arctan', 'algebraic_tanh'], ['atan', 'algebraic_tanh'], ['identity', 'linear'],
  ['ln', 'smooth_relu'], ['sin', 'algebraic_tanh'],
]);
