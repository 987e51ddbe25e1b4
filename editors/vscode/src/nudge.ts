// The nudge: what is open is shown before the commit goes through, to those who
// asked for that.
import * as vscode from 'vscode';
import type { Server } from './client';
import type { Repositories, Repository } from './git';
import { boxOf, isBox, rootOf } from './messages';
import { appended, summary } from './nudgetext';
import { nudges } from './settings';
import type { StatusBar } from './statusbar';

export class Nudge implements vscode.Disposable {
  private readonly open = new Map<string, { text: string; sentences: string[] }>(); // what was last in a box
  private asked: string | undefined; // the repository whose person has seen what is open
  private readonly all: vscode.Disposable[];

  constructor(
    private readonly server: Server,
    private readonly repositories: Repositories,
    private readonly bar: StatusBar,
  ) {
    this.all = [
      vscode.languages.onDidChangeDiagnostics((e) => e.uris.forEach((uri) => this.note(uri))),
      repositories.onDidCommit((r) => void this.committed(r)),
    ];
  }

  /** Shows what is open and commits, at once where nothing is. */
  async commit(root: vscode.Uri | undefined): Promise<void> {
    const repository = this.repositories.of(root) ?? this.repositories.selected;
    if (repository === undefined) {
      void vscode.window.showInformationMessage('There is no repository in this window to commit to.');
      return;
    }
    if (await this.agrees(repository)) {
      this.asked = repository.rootUri.toString();
      await vscode.commands.executeCommand('git.commit', repository.rootUri);
    }
  }

  private async agrees(repository: Repository): Promise<boolean> {
    const box = boxOf(repository);
    if (box === undefined || box.getText().trim() === '' || !this.server.running) {
      return true; // an empty message is written in an editor, where the findings show
    }
    const sentences = await this.server.findings(box.uri).then(weighty, () => []);
    if (sentences.length === 0) {
      return true;
    }
    const commit = 'Commit Anyway';
    const { message, detail } = summary(sentences);
    return (await vscode.window.showWarningMessage(message, { modal: true, detail }, commit)) === commit;
  }

  private note(uri: vscode.Uri): void {
    const box = vscode.workspace.textDocuments.find((d) => isBox(d) && d.uri.toString() === uri.toString());
    const root = box && rootOf(uri)?.toString();
    if (box === undefined || root === undefined || box.getText().trim() === '') {
      return; // a commit has emptied it
    }
    const found = vscode.languages.getDiagnostics(uri).filter((d) => d.source === 'colophon');
    this.open.set(root, { text: box.getText(), sentences: weighty(found) });
  }

  /** A commit by VS Code's own button cannot be held up; it can be taken back. */
  private async committed(repository: Repository): Promise<void> {
    const root = repository.rootUri.toString();
    const last = this.open.get(root);
    const asked = this.asked === root;
    this.open.delete(root);
    this.asked = undefined;
    const box = boxOf(repository);
    if (!nudges() || last === undefined || box === undefined || !this.bar.knows(box.uri)) {
      return; // where there is no policy, nothing is said
    }
    const more = appended(last.text, (await repository.getCommit('HEAD')).message);
    if (more === undefined) {
      return; // written elsewhere
    }
    // git.addAICoAuthor adds it after the box is read.
    const copilot = 'Co-authored-by: Copilot <copilot@github.com>';
    const sentences = [...(asked ? [] : last.sentences), ...(more.includes(copilot) ? [`VS Code added “${copilot}”.`] : [])];
    if (sentences.length === 0) {
      return;
    }
    const undo = 'Undo Commit';
    const chosen = await vscode.window.showWarningMessage(`Committed. ${summary(sentences).line}`, undo);
    if (chosen === undo) {
      await vscode.commands.executeCommand('git.undoCommit', repository.rootUri);
    }
  }

  dispose(): void {
    this.all.forEach((d) => d.dispose());
  }
}

/** The sentences of errors and warnings. */
function weighty(found: vscode.Diagnostic[]): string[] {
  return found.filter((d) => d.severity <= vscode.DiagnosticSeverity.Warning).map((d) => d.message);
}
