/** The line below the text: what the checker found, and where the cursor is. */
import { counted, t } from '../../l10n/index.ts';
import * as monaco from 'monaco-editor/editor';
import { element } from './elements.ts';

export function statusLine(editor: monaco.editor.IStandaloneCodeEditor): void {
  const findings = element('findings', HTMLButtonElement);
  const place = element('place', HTMLElement);
  const draw = (): void => {
    const model = editor.getModel();
    const markers = model === null ? [] : monaco.editor.getModelMarkers({ resource: model.uri });
    const errors = markers.filter(({ severity }) => severity === monaco.MarkerSeverity.Error).length;
    const warnings = markers.filter(({ severity }) => severity === monaco.MarkerSeverity.Warning).length;
    const hints = markers.length - errors - warnings;
    const parts = [
      ...(errors > 0 ? [counted(errors, '1 error', '{0} errors')] : []), ...(warnings > 0 ? [counted(warnings, '1 warning', '{0} warnings')] : []),
      ...(hints > 0 ? [counted(hints, '1 remark', '{0} remarks')] : []),
    ];
    const text = parts.length === 0 ? t('No problems') : parts.join(', ');
    if (findings.textContent !== text) findings.textContent = text;
    findings.dataset['worst'] = errors > 0 ? 'error' : warnings > 0 ? 'warning' : 'none';
    findings.disabled = parts.length === 0;
  };
  monaco.editor.onDidChangeMarkers(draw);
  editor.onDidChangeModel(draw);
  findings.addEventListener('click', () => {
    editor.focus();
    editor.trigger('status', 'editor.action.marker.nextInFiles', undefined);
  });
  const move = (): void => {
    const position = editor.getPosition();
    place.textContent = position === null ? '' : t('Line {0}, column {1}', position.lineNumber, position.column);
  };
  editor.onDidChangeCursorPosition(move);
  editor.onDidChangeModel(move);
  draw();
  move();
}
