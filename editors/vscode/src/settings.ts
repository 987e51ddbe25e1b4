// The settings that the server is told.
import * as vscode from 'vscode';

/** What the server knows; docs/editors.md has what each is for. */
const told = ['policy', 'ai', 'ask', 'severity', 'lens', 'hints', 'tokens', 'logLevel'];

/**
 * Only what the person has set: a default sent along would hide what
 * `git config colophon.*` says.
 */
export function settings(): Record<string, unknown> {
  const config = vscode.workspace.getConfiguration('colophon');
  const set: Record<string, unknown> = {};
  for (const name of told) {
    const where = config.inspect(name);
    if (where?.globalValue !== undefined || where?.workspaceValue !== undefined || where?.workspaceFolderValue !== undefined) {
      set[name] = config.get(name);
    }
  }
  return set;
}

/** A setting that names a program is the user's, whatever a folder says. */
export function own(name: 'path' | 'git'): string {
  const value = vscode.workspace.getConfiguration('colophon').inspect(name)?.globalValue;
  return typeof value === 'string' ? value : '';
}

export const nudges = (): boolean => vscode.workspace.getConfiguration('colophon').get('nudgeOnCommit') === 'warn';
