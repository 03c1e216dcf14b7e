/** The user's settings, checked: what a settings file says may be of any type. */
import * as vscode from 'vscode';
import { isLabMethod, type LabSettings } from '../webview/index.ts';
import { settings } from './names.ts';

function read(name: string): unknown {
  return vscode.workspace.getConfiguration().get(name);
}

function positive(name: string, otherwise: number, most = Infinity): number {
  const value = read(name);
  return typeof value === 'number' && value > 0 && value <= most ? value : otherwise;
}

export function labSettings(): LabSettings {
  const method = read(settings.method);
  return {
    rtol: positive(settings.rtol, 1e-6, 0.1),
    atol: positive(settings.atol, 1e-9),
    method: isLabMethod(method) ? method : 'auto',
    points: Math.round(positive(settings.points, 2000, 100_000)),
  };
}

export function showsHoverEquations(): boolean {
  return read(settings.hoverEquations) !== false;
}

export function showsUnitHints(): boolean {
  return read(settings.unitHints) !== false;
}
