/** The language that VS Code found texts of this extension for; the server and the labs are told it when they start. */
import * as vscode from 'vscode';
import type { Language } from '../l10n/index.ts';

/** Undefined for English, and for a language without a bundle. */
export function languageInForce(): Language | undefined {
  const texts = vscode.l10n.bundle;
  return texts === undefined ? undefined : { tag: vscode.env.language, texts };
}
