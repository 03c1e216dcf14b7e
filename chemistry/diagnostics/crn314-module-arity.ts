import { counted, t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import type { ModuleInfo } from '../elaborate/modules.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN314',
  severity: 'error',
  title: 'Wrong number of arguments for a module',
  manual: `\`use\` gives a module one argument for each of its parameters, in their order. Constants come after a semicolon: \`use multiply(P, Q, R; k = 2)\`.`,
  examples: [{ text: 'species A, B\nmodule convert(x: species, y: species) { x -> y @ 1 }\nuse convert(A)\n//  ^^^^^^^\nB -> 0 @ 1' }],
};

export function moduleArity(place: Place, info: ModuleInfo, given: number): Diagnostic {
  const { module } = info;
  const names = module.parameters.map((parameter) => parameter.name.text).join(', ');
  const where = { unit: info.unit, span: { start: module.name.start, end: module.name.end } };
  return finding(spec, place, t('Module {0} takes {1} ({2}); {3}.', info.name, counted(module.parameters.length, '1 argument', '{0} arguments', String(module.parameters.length)), names, counted(given, 'there is {0}', 'there are {0}', String(given))), {
    related: [{ ...where, ...(info.file === undefined ? {} : { file: info.file }), message: t('{0} is declared here.', info.name) }],
  });
}
