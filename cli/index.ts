/** What scripts use of the command line: loading, checking, running and testing a file. */
export { FailedError, UnusableError } from './lib/errors.ts';
export { tester, type Verdict } from './lib/expectations.ts';
export { findingJson, findingsOf, type Finding, type FindingJson } from './lib/findings.ts';
export { loadModel, type Model } from './lib/model.ts';
export { findingText, summaryText } from './lib/report.ts';
export { prepareMolecules, runMolecules } from './lib/molecules.ts';
export { namesOf, prepare, run } from './lib/run.ts';
export { experimentNamed, settingsOf, type MoleculeSettings, type RunSettings } from './lib/settings.ts';
