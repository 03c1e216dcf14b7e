/** “Simulate” and “Train” above each experiment. */
import { t } from '../../l10n/index.ts';
import type { CodeLens } from 'vscode-languageserver';
import type { RunCommands } from '../protocol.ts';
import { runnable } from './runnable.ts';
import { unitRange } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

/** @param commands the client's commands, called with the document's address and the experiment's name */
export function codeLenses(snapshot: Snapshot, commands: RunCommands): CodeLens[] {
  return runnable(snapshot.tree).flatMap(({ unit, run }) => {
    const command = run === undefined ? undefined : commands[run.kind];
    if (run === undefined || command === undefined) return [];
    const title = run.kind === 'simulate' ? t('▶ Simulate') : t('▶ Train');
    return [{ range: unitRange(snapshot, unit, unit.statement), command: { title, command, arguments: [snapshot.uri, ...(run.name === undefined ? [] : [run.name])] } }];
  });
}
