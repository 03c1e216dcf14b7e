import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import type { ModuleInfo } from '../elaborate/modules.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN327',
  severity: 'error',
  title: 'Constant of a module without a value',
  manual: `A module declares a constant without a default, so every \`use\` has to give it, after the semicolon: \`use decay(A; k = 2)\`.`,
  examples: [{ text: 'species A\nmodule decay(x: species; k) { x -> 0 @ k }\nuse decay(A)\n//  ^^^^^' }],
};

export function missingModuleConstant(place: Place, name: string, info: ModuleInfo): Diagnostic {
  return finding(spec, place, t('Module {0} needs a value for its constant {1}. Write it after a semicolon: use {0}(…; {1} = 1).', info.name, name));
}
