/** Modules as users call them: their declaration, and their signature as text. */
import type { ModuleDeclaration, Statement } from '../../grammar/index.ts';
import type { Snapshot } from './snapshot.ts';

/** The declaration of a module of this text or of one it imports. */
export function moduleOf(snapshot: Snapshot, name: string): ModuleDeclaration | undefined {
  const symbol = snapshot.analysis.visibleAt(undefined, 0).find((candidate) => candidate.kind === 'module' && candidate.name === name);
  if (symbol === undefined) return undefined;
  return findModule(symbol.declaration.unit.statement, name);
}

function findModule(statement: Statement, name: string): ModuleDeclaration | undefined {
  if (statement.kind === 'Module' && statement.name.text === name) return statement;
  if (statement.kind !== 'Group' && statement.kind !== 'For' && statement.kind !== 'Module') return undefined;
  for (const inner of statement.body) {
    const found = findModule(inner, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `a: dual`, `X[3]: species` for every parameter, in order. */
export function parameterLabels(module: ModuleDeclaration, text: string): string[] {
  return module.parameters.map((parameter) => {
    const shape = parameter.shape === undefined ? '' : `[${parameter.shape.map((extent) => text.slice(extent.start, extent.end)).join(', ')}]`;
    return `${parameter.name.text}${shape}: ${parameter.type?.text ?? 'species'}`;
  });
}

/** `multiply(a: dual, b: dual, z: dual; k, κ)` */
export function moduleSignature(module: ModuleDeclaration): string {
  const parameters = module.parameters.map((parameter) => `${parameter.name.text}: ${parameter.type?.text ?? 'species'}`);
  const constants = module.constants.map((constant) => constant.name.text);
  return `${module.name.text}(${parameters.join(', ')}${constants.length === 0 ? '' : `; ${constants.join(', ')}`})`;
}
