// Which documents are Colophon's, and which message the person means.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as vscode from 'vscode';
import type { Repositories, Repository } from './git';

/** The system's folder for temporary files, in which `gh` has a person write, under every name that it has. */
const temporary = [...new Set([os.tmpdir(), fs.realpathSync(os.tmpdir())])].map((dir) => dir.replaceAll('\\', '/'));

/** The documents that the server is told of. */
export const selector = [
  { scheme: 'file', language: 'git-commit' },
  { scheme: 'vscode-scm', language: 'scminput' },
  { scheme: 'file', pattern: '**/.colophon.yaml' },
  { scheme: 'file', pattern: '**/PULLREQ_EDITMSG' },
  { scheme: 'file', pattern: '**/ISSUE_EDITMSG' },
  ...temporary.map((dir) => ({ scheme: 'file', language: 'markdown', pattern: `${dir}/[0-9]*.md` })),
];

export const concerns = (doc: vscode.TextDocument): boolean => vscode.languages.match(selector, doc) > 0;

export const isBox = (doc: vscode.TextDocument): boolean => doc.uri.scheme === 'vscode-scm' && doc.languageId === 'scminput';

const isMessage = (doc: vscode.TextDocument): boolean => isBox(doc) || (doc.uri.scheme === 'file' && doc.languageId === 'git-commit');

/** The repository that a commit box belongs to: its address says so. */
export function rootOf(box: vscode.Uri): vscode.Uri | undefined {
  const root = new URLSearchParams(box.query).get('rootUri');
  return root === null ? undefined : vscode.Uri.parse(root);
}

export function boxOf(repository: Repository | undefined): vscode.TextDocument | undefined {
  if (repository === undefined) {
    return undefined;
  }
  return vscode.workspace.textDocuments.find((d) => isBox(d) && rootOf(d.uri)?.toString() === repository.rootUri.toString());
}

/**
 * The box of the repository that is named; or else the message in the editor, or the
 * box of the repository that is selected.
 */
export function active(repositories: Repositories, root?: vscode.Uri): vscode.TextDocument | undefined {
  if (root !== undefined) {
    return boxOf(repositories.of(root));
  }
  const open = vscode.window.activeTextEditor?.document;
  return open !== undefined && isMessage(open) ? open : boxOf(repositories.selected);
}
