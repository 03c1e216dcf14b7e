import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN802',
  severity: 'warning',
  title: 'Setting that has no effect yet',
  manual: `The language has this setting, but nothing in this version carries it out: the simulation runs as if it were not there. Take it out, so that
nobody counts on it.`,
  examples: [
    { text: 'species A = 1\nA -> 0 @ 1\nsimulate run { t = 1; replicas = 10 }\n//                    ^^^^^^^^' },
    { text: 'species A = 1\nA -> 0 @ 1\nsimulate run { t = 1; method = ssa }\n//                             ^^^' },
  ],
};

/** `instead`: what else can be used. */
export function settingNotSupported(place: Place, what: string, instead: string): Diagnostic {
  return finding(spec, place, `${what} is not supported yet in this version: it has no effect. ${instead}`);
}
