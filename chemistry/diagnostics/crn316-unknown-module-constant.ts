import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import type { ModuleInfo } from '../elaborate/modules.ts';
import { nearest } from '../names/suggest.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN316',
  severity: 'error',
  title: 'Unknown constant of a module',
  manual: `After the semicolon, \`use\` sets constants that the module declares after the semicolon of its own head. This one does not exist.`,
  examples: [{
    text: 'species A\nmodule decay(x: species; rate0 = 1) { x -> 0 @ rate0 }\nuse decay(A; rate1 = 2)\n//           ^^^^^',
    fixed: 'species A\nmodule decay(x: species; rate0 = 1) { x -> 0 @ rate0 }\nuse decay(A; rate0 = 2)',
  }],
};

export function unknownModuleConstant(place: Place, name: string, info: ModuleInfo): Diagnostic {
  const known = info.module.constants.map((constant) => constant.name.text);
  const suggestion = nearest(name, known);
  const list = known.length === 0 ? t('It has none.') : t('Its constants are {0}.', known.join(', '));
  return finding(spec, place, t('Module {0} has no constant {1}. {2}', info.name, name, suggestion === undefined ? list : t('Did you mean {0}?', suggestion)), {
    fixes: suggestion === undefined ? [] : [fix(t('Change to {0}', suggestion), place, suggestion, true)],
  });
}
