// The status bar item: the commit at one glance.
import * as vscode from 'vscode';
import type { Repositories } from './git';
import { active } from './messages';
import { label, warns, type Status } from './statustext';

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('colophon.status', vscode.StatusBarAlignment.Left, 40);
  private readonly known = new Map<string, Status>();
  private readonly all: vscode.Disposable[];

  constructor(private readonly repositories: Repositories) {
    this.item.name = 'Colophon';
    this.item.command = 'colophon.showExplanation';
    const show = () => this.show();
    this.all = [
      this.item,
      repositories.onDidChange(show),
      vscode.window.onDidChangeActiveTextEditor(show),
      vscode.workspace.onDidOpenTextDocument(show),
      vscode.workspace.onDidCloseTextDocument((doc) => {
        this.known.delete(doc.uri.toString());
        show();
      }),
    ];
  }

  tell(status: Status): void {
    this.known.set(vscode.Uri.parse(status.uri).toString(), status);
    this.show();
  }

  /** Whether there is something to say of a message: a policy is there. */
  knows(uri: vscode.Uri): boolean {
    return (this.known.get(uri.toString())?.text ?? '') !== '';
  }

  /** The server that told is gone. */
  forget(): void {
    this.known.clear();
    this.show();
  }

  private show(): void {
    const doc = active(this.repositories);
    const status = doc && this.known.get(doc.uri.toString());
    if (status === undefined || status.text === '') {
      this.item.hide();
      return;
    }
    this.item.text = label(status);
    this.item.tooltip = status.tooltip;
    this.item.accessibilityInformation = { label: `Colophon: ${status.text}`, role: 'button' };
    this.item.backgroundColor = warns(status) ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.show();
  }

  dispose(): void {
    this.all.forEach((d) => d.dispose());
  }
}
