import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec, ModuleParameter } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import type { ModuleInfo } from '../elaborate/modules.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN315',
  severity: 'error',
  title: 'Wrong kind of argument for a module',
  manual: `A module says what each parameter stands for: \`species\` (also a fixed species, or one rail of a dual), \`fixed\`, \`dual\` (also \`-P\`, with its rails
swapped) or \`param\`, and which shape it has. The argument has to be of that kind and shape.`,
  examples: [{ text: 'dual W\nspecies A\nmodule clear(z: dual) { z^+ + z^- -> 0 @ 1 }\nuse clear(A)\n//        ^\nA -> 0 @ 1\nuse clear(W)' }],
};

export function moduleArgument(place: Place, name: string, wanted: string, found: string, info: ModuleInfo | undefined, parameter: ModuleParameter): Diagnostic {
  const related = info === undefined ? [] : [{
    unit: info.unit, span: { start: parameter.start, end: parameter.end }, ...(info.file === undefined ? {} : { file: info.file }), message: t('{0} is declared here.', name),
  }];
  return finding(spec, place, parameter.shape === undefined
    ? t('The argument for {0} has to be a {1} as the module declares it; this is {2}.', name, wanted, found)
    : t('The argument for {0} has to be a {1} array as the module declares it; this is {2}.', name, wanted, found), { related });
}
