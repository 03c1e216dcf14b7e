/** What is told of the species that a dwell was lost with; `trainer.ts` adds when that was. */
import { counted, t } from '../../l10n/index.ts';

type Told = (species: string) => string;

export const grownBeyond = (bound: number): Told => (species) => t('{0} has grown beyond {1}', species, bound);
export const unbounded: Told = (species) => t('{0} grows without bound', species);
export const tooFineForDifferences: Told = (species) => t('{0} is the largest quantity in a pot that needs steps too small for the numbers', species);
export const tooFine: Told = (species) => t('{0} is the largest concentration in a pot that needs steps too small for the numbers', species);
export const notFinite: Told = (species) => t('{0} is the largest concentration in a pot that leads to numbers that are not finite', species);
export const tooManySteps = (most: number): Told => (species) =>
  counted(most, '{1} is the largest concentration in a pot that needs more than 1 step', '{1} is the largest concentration in a pot that needs more than {0} steps', undefined, species);
export const tooManyEvents = (most: number): Told => (species) =>
  counted(most, '{1} is the largest concentration in a pot that needs more than 1 event', '{1} is the largest concentration in a pot that needs more than {0} events', undefined, species);
/** @param reaction the one whose rate is no number, where it is known */
export const ratesAreNoNumbers = (reaction: string | undefined): Told => (species) => (reaction === undefined
  ? t('{0} is the largest concentration in a pot whose rates are not numbers', species)
  : t('{0} is the largest concentration in a pot whose rates are not numbers: {1}', species, reaction));
