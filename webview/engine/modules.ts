/** A text of modules alone has nothing to run: what it offers, and how one of them is used. */
import type { Analysis } from '../../chemistry/index.ts';
import type { ModuleOffer } from '../worker-protocol.ts';

/**
 * The modules of the text itself.
 * @returns undefined when there are none
 */
export function modulesOffered({ symbols }: Analysis): ModuleOffer | undefined {
  const own = symbols.filter(({ declaration }) => declaration.file === undefined), modules = own.filter(({ kind }) => kind === 'module');
  if (modules.length === 0) return undefined;
  const names = modules.map(({ name }) => name);
  for (const module of modules) {
    const parameters = own.filter((symbol) => symbol.module === module && symbol.kind === 'module parameter');
    if (parameters.length === 0 || parameters.some(({ shape }) => shape.length > 0)) continue;
    // One declaration for each kind of argument.
    const declared = new Map<string, string[]>();
    for (const { name, standsFor = 'species' } of parameters) declared.set(standsFor, [...(declared.get(standsFor) ?? []), `${name} = 1`]);
    return { names, example: `${[...declared].map(([keyword, list]) => `${keyword} ${list.join(', ')}`).join('\n')}\n\nuse ${module.name}(${parameters.map(({ name }) => name).join(', ')})` };
  }
  return { names };
}
