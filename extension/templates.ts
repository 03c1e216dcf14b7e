/** Onepot: New Reaction Network: small texts to begin with, each complete and run at once. */
import * as vscode from 'vscode';
import { language } from './names.ts';

/** In the order in which they are offered; each is a file of templates/. */
const templates: readonly { readonly file: string; readonly label: () => string; readonly detail: () => string }[] = [
  { file: 'binding.crn', label: () => vscode.l10n.t('Binding'), detail: () => vscode.l10n.t('Two species bind and come apart until they are at rest') },
  { file: 'enzyme.crn', label: () => vscode.l10n.t('Enzyme'), detail: () => vscode.l10n.t('Michaelis–Menten as mass action, with what is conserved') },
  { file: 'oscillator.crn', label: () => vscode.l10n.t('Oscillator'), detail: () => vscode.l10n.t('The Brusselator, which never comes to rest') },
  { file: 'neuron.crn', label: () => vscode.l10n.t('Neuron'), detail: () => vscode.l10n.t('A smoothed ReLU as a fixed point') },
  { file: 'network.crn', label: () => vscode.l10n.t('Network that learns'), detail: () => vscode.l10n.t('XOR, trained by reactions in one pot') },
];

/**
 * Opens a template as a new, unsaved text.
 * @param file which; asked for when left out, or when there is no such template
 */
export async function newNetwork(extension: vscode.Uri, file?: string): Promise<void> {
  const items = templates.map((template) => ({ label: template.label(), detail: template.detail(), file: template.file }));
  const chosen = items.find((item) => item.file === file) ?? await vscode.window.showQuickPick(items, { title: vscode.l10n.t('New Reaction Network'), placeHolder: vscode.l10n.t('What to begin with'), matchOnDetail: true });
  if (chosen === undefined) return;
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, 'extension/templates', chosen.file)));
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content }));
}
