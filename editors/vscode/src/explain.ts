// The explanation, as a page of VS Code's Markdown preview.
import * as vscode from 'vscode';

export class Explanation implements vscode.Disposable, vscode.TextDocumentContentProvider {
  private readonly page = vscode.Uri.from({ scheme: 'colophon', path: '/Colophon.md' });
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly provider = vscode.workspace.registerTextDocumentContentProvider('colophon', this);
  private text = '';
  readonly onDidChange = this.changed.event;

  provideTextDocumentContent(): string {
    return this.text;
  }

  async show(markdown: string): Promise<void> {
    this.text = markdown;
    this.changed.fire(this.page);
    await vscode.commands.executeCommand('markdown.showPreview', this.page);
  }

  dispose(): void {
    this.provider.dispose();
    this.changed.dispose();
  }
}
