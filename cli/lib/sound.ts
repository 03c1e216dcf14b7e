/** Models that may be computed with: checked and free of errors. */
import { FailedError } from './errors.ts';
import { findingsOf } from './findings.ts';
import { loadModel, type Model } from './model.ts';
import { findingText } from './report.ts';
import { count, errorColours } from './terminal.ts';

const MOST_SHOWN = 10;

/**
 * Reads and checks a file.
 * @throws UnusableError when it cannot be read, FailedError with its errors when it has some.
 */
export function loadSound(file: string): Model {
  return soundModel(loadModel(file));
}

/**
 * The model, if it is free of errors.
 * @param how under which circumstances it was checked, as in "with k = 2"
 * @throws FailedError with its errors when it has some.
 */
export function soundModel(model: Model, how = ''): Model {
  if (!model.analysis.hasErrors) return model;
  const { file } = model;
  const errors = findingsOf(model).filter((finding) => finding.diagnostic.severity === 'error');
  const shown = errors.slice(0, MOST_SHOWN).map((finding) => findingText(finding, errorColours));
  if (errors.length > MOST_SHOWN) shown.push(`… and ${count(errors.length - MOST_SHOWN, 'more error')}; “onepot check ${file}” shows them.`);
  throw new FailedError([...shown, `${file} has ${count(errors.length, 'error')}${how === '' ? '' : ` ${how}`}; nothing was computed.`].join('\n\n'));
}
