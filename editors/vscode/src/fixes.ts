// The fixes as a list to choose from, with the findings in full. In the commit box
// VS Code shows no light bulb, cuts the titles in its menu off, and lists what is
// found there in no panel.
import * as vscode from 'vscode';
import type { Server } from './client';
import { choices } from './fixestext';

export async function chooseFix(server: Server, doc: vscode.TextDocument, explain: (markdown: string) => Promise<void>): Promise<void> {
  const found = await server.findings(doc.uri);
  if (found.length === 0) {
    void vscode.window.showInformationMessage('Nothing is open in this commit message.');
    return;
  }
  const items = choices(found.map((d) => ({ message: d.message, severity: d.severity, rule: ruleOf(d), data: (d as { data?: unknown }).data })));
  const chosen = await vscode.window.showQuickPick(items, { title: 'Colophon: Findings and Fixes', placeHolder: 'Choose a fix to apply it, or a finding to read about its rule' });
  if (chosen?.fix !== undefined) {
    await server.run('colophon.fix', doc.uri, chosen.fix);
  } else if (chosen?.rule !== undefined) {
    const page = await server.run('colophon.explain', doc.uri, chosen.rule);
    await explain(String(page));
  }
}

const ruleOf = (d: vscode.Diagnostic): string => String(typeof d.code === 'object' ? d.code.value : (d.code ?? ''));

/** Tells menus whether something is open in a commit box. */
export class FindingsContext implements vscode.Disposable {
  private before = false;
  private readonly listener = vscode.languages.onDidChangeDiagnostics((e) => {
    if (e.uris.some((u) => u.scheme === 'vscode-scm')) {
      this.look();
    }
  });

  private look(): void {
    const now = vscode.languages.getDiagnostics().some(([uri, found]) => uri.scheme === 'vscode-scm' && found.some((d) => d.source === 'colophon'));
    if (now !== this.before) {
      this.before = now;
      void vscode.commands.executeCommand('setContext', 'colophon.boxFindings', now);
    }
  }

  dispose(): void {
    this.listener.dispose();
  }
}
