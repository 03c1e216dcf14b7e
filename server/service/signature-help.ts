/** What a module or a function expects, while its arguments are written. */
import { said, t } from '../../l10n/index.ts';
import { MarkupKind } from 'vscode-languageserver';
import type { Position, SignatureHelp } from 'vscode-languageserver';
import { DISTRIBUTIONS, FUNCTIONS } from '../../chemistry/index.ts';
import { cursorContext } from './context.ts';
import type { Snapshot } from './snapshot.ts';
import { moduleOf, parameterLabels } from './modules.ts';

export function signatureHelp(snapshot: Snapshot, position: Position): SignatureHelp | null {
  const { opened, place } = cursorContext(snapshot, position);
  const call = opened.findLast((entry) => entry.bracket === '(' && entry.head.at(-1)?.kind === 'name');
  if (place === 'comment' || call === undefined) return null;
  const name = call.head.at(-1)!.text;
  const semicolons = call.inside.filter((token) => token.text === ';').length;
  const commas = call.inside.filter((token) => token.text === ',').length;
  if (call.head.at(-2)?.text === 'use') {
    const module = moduleOf(snapshot, name);
    if (module === undefined) return null;
    const symbol = snapshot.analysis.visibleAt(undefined, 0).find((candidate) => candidate.kind === 'module' && candidate.name === name);
    const text = symbol?.declaration.unit.text ?? '';
    const parameters = parameterLabels(module, text);
    const constants = module.constants.map((constant) => (constant.value === undefined ? constant.name.text : `${constant.name.text} = ${text.slice(constant.value.start, constant.value.end)}`));
    const label = `${name}(${parameters.join(', ')}${constants.length === 0 ? '' : `; ${constants.join(', ')}`})`;
    const all = [...parameters, ...constants];
    const active = semicolons === 0 ? commas : parameters.length + call.inside.slice(call.inside.findIndex((token) => token.text === ';')).filter((token) => token.text === ',').length;
    return signature(label, symbol?.doc ?? module.doc, all, Math.min(active, all.length - 1));
  }
  const distribution = DISTRIBUTIONS.get(name);
  if (distribution !== undefined) return signature(`${name}(a, b, seed: n)`, said(distribution.about), ['a', 'b', 'seed: n'], Math.min(commas, 2));
  const spec = FUNCTIONS.get(name);
  if (spec === undefined) return null;
  const names = spec.name === 'if' ? [t('condition'), 'a', 'b'] : ['x', 'y', 'z'].slice(0, Math.min(Math.max(spec.least, 1), 3));
  const label = `${name}(${names.join(', ')}${spec.most === Infinity ? ', …' : ''})`;
  return signature(label, said(spec.about), names, Math.min(commas, names.length - 1));
}

function signature(label: string, about: string | undefined, parameters: readonly string[], active: number): SignatureHelp {
  let from = label.indexOf('(') + 1;
  const ranges = parameters.map((parameter) => {
    const start = label.indexOf(parameter, from);
    from = start + parameter.length;
    return { label: [start, from] as [number, number] };
  });
  return {
    signatures: [{ label, parameters: ranges, ...(about === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: about } }) }],
    activeSignature: 0,
    activeParameter: Math.max(0, active),
  };
}
