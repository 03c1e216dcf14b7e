/** Initial values: which can be moved, and what is moved by hand. */
import { t } from '../l10n/index.ts';
import { sliderRange } from './defaults.ts';
import { elementName } from './series.ts';
import type { ModelSummary, MoleculeRequest } from './worker-protocol.ts';

/** Whether a model has a component of this name. */
export function hasComponent({ blocks }: ModelSummary, name: string): boolean {
  const block = blocks.find((one) => name === one.name || name.startsWith(`${one.name}[`) || name.startsWith(`${one.name}^`));
  if (block === undefined) return false;
  for (let k = 0; k < block.size; k++) if (elementName(block, k) === name) return true;
  return false;
}

/** Initial values moved by hand that mean something for the model. */
export function initialsOf(model: ModelSummary, initials: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(initials).filter(([name]) => hasComponent(model, name)));
}

/** Sliders for the species that stand alone. */
export function movableInitials({ blocks, units }: ModelSummary): readonly { readonly id: string; readonly name: string; readonly value: number; readonly unit?: string; readonly doc?: string; readonly range: ReturnType<typeof sliderRange> }[] {
  const largest = Math.max(0, ...blocks.map(({ initial }) => initial ?? 0));
  return blocks.flatMap((block) => {
    const { name, initial, doc } = block;
    if (initial === undefined || initial < 0) return [];
    // What begins with nothing may begin with as much as the others.
    const range = initial > 0 ? sliderRange(initial) : { min: 0, max: largest > 0 ? largest : 1, logarithmic: false };
    return [{ id: `initial-${name}`, name, value: initial, range, ...(units.concentration === undefined ? {} : { unit: units.concentration }), ...(doc === undefined ? {} : { doc }) }];
  });
}

/** Sliders for how runs molecule by molecule go: the volume says how large the noise is. */
export function moleculeSliders({ volume, seed, replicas }: MoleculeRequest): readonly { readonly id: string; readonly name: string; readonly value: number; readonly doc: string; readonly range: ReturnType<typeof sliderRange> & { readonly whole?: boolean } }[] {
  return [
    { id: 'molecules-volume', name: 'volume', value: volume, doc: t('The larger the volume, the more molecules and the smaller the noise.'), range: sliderRange(volume) },
    { id: 'molecules-replicas', name: 'replicas', value: replicas, doc: t('Runs of which the mean is shown, and the band that holds nine of ten.'), range: { min: 1, max: Math.max(200, replicas), logarithmic: true, whole: true } },
    { id: 'molecules-seed', name: 'seed', value: seed, doc: t('Of the random numbers.'), range: { min: 0, max: Math.max(100, seed), logarithmic: false, whole: true } },
  ];
}
