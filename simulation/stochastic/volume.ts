/** From concentrations to molecules. */
import { t } from '../../l10n/index.ts';
import { unitNamed, type Network } from '../../chemistry/index.ts';

const AVOGADRO = 6.02214076e23;

/**
 * Molecules that one unit of concentration stands for in a volume: the volume itself where the network has no units. Where
 * it declares a unit of concentration (`units concentration uM`) the volume is in litres and the result V·N_A·(mol/L in that
 * unit): about 602 for 1 µM in 1 fL. A unit of amount (`molecules`, `nmol`) gives its number of molecules times the volume.
 * @throws RangeError for a volume that is not above 0
 */
export function moleculesPerConcentration(network: Pick<Network, 'units'>, volume: number): number {
  if (!(volume > 0) || !Number.isFinite(volume)) throw new RangeError(t('The volume must be a number above 0, not {0}.', volume));
  const unit = network.units.concentration === undefined ? undefined : unitNamed(network.units.concentration);
  if (unit === undefined || unit.exponents['mol'] !== 1) return volume;
  const molecules = unit.scale * AVOGADRO;
  // The scale is per cubic metre.
  return unit.exponents['m'] === -3 ? volume * molecules * 1e-3 : volume * nearWhole(molecules);
}

/** 1 molecule is 1/N_A mol times N_A: one, not one and a rounding error. */
function nearWhole(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) < 1e-9 * value ? whole : value;
}
