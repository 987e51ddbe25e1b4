// Colophon in VS Code: the server's answers, in every place where a commit message
// is written.
import * as vscode from 'vscode';
import { Server } from './client';
import { Explanation } from './explain';
import { chooseFix, FindingsContext } from './fixes';
import { Repositories } from './git';
import { active } from './messages';
import { MissingMessage } from './missing';
import { Nudge } from './nudge';
import { StatusBar } from './statusbar';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('Colophon', { log: true });
  const repositories = new Repositories();
  const explanation = new Explanation();
  const bar = new StatusBar(repositories);
  const missing = new MissingMessage();
  const running = new Server(vscode.Uri.joinPath(context.extensionUri, 'bin').fsPath, log, {
    status: (s) => bar.tell(s),
    explanation: (markdown) => void explanation.show(markdown),
    missing: (problem) => void missing.show(problem),
    stopped: () => bar.forget(),
  });
  server = running;
  const nudge = new Nudge(running, repositories, bar);

  /** Does something to the message that the person means. */
  const onMessage = (act: (doc: vscode.TextDocument) => Promise<unknown>) => async (source?: vscode.SourceControl) => {
    const doc = active(repositories, source?.rootUri);
    if (doc === undefined) {
      void vscode.window.showInformationMessage('There is no commit message here. Open the Source Control view, or a commit message.');
      return undefined;
    }
    try {
      return await act(doc);
    } catch (e) {
      void vscode.window.showErrorMessage(e instanceof Error ? e.message : String(e));
      return undefined;
    }
  };
  const ask = (command: string) => onMessage((doc) => running.run(command, doc.uri));
  const explain = ask('colophon.explain');
  const commands: Record<string, (source?: vscode.SourceControl) => unknown> = {
    'colophon.showExplanation': async (source) => {
      const page = await explain(source);
      if (typeof page === 'string') {
        await explanation.show(page);
      }
    },
    'colophon.checkAndCommit': (source) => nudge.commit(source?.rootUri),
    'colophon.chooseFix': onMessage((doc) => chooseFix(running, doc, (markdown) => explanation.show(markdown))),
    'colophon.applyFixes': ask('colophon.fixAll'),
    'colophon.sayNoAI': ask('colophon.noAI'),
    'colophon.sayAI': ask('colophon.ai'),
    'colophon.showLog': () => log.show(),
    'colophon.restart': () => {
      missing.reset();
      return running.restart();
    },
    'colophon.showWalkthrough': () => vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`),
  };
  for (const [name, run] of Object.entries(commands)) {
    context.subscriptions.push(vscode.commands.registerCommand(name, run));
  }
  context.subscriptions.push(log, repositories, explanation, bar, nudge, new FindingsContext());
  vscode.workspace.textDocuments.forEach((doc) => running.see(doc));
  await repositories.open();
}

export async function deactivate(): Promise<void> {
  await server?.dispose();
}
