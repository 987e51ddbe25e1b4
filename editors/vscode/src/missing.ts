// What is said where the program is missing or too old.
import * as vscode from 'vscode';

/** Says it once; a person who closes the message does not want to read it again. */
export class MissingMessage {
  private said = '';

  async show(problem: string): Promise<void> {
    if (problem === this.said) {
      return;
    }
    this.said = problem;
    const choose = 'Choose Program…';
    const how = 'How to Install';
    switch (await vscode.window.showErrorMessage(problem, choose, how)) {
      case choose:
        await choosePath();
        break;
      case how:
        await vscode.commands.executeCommand('colophon.showWalkthrough');
        break;
    }
  }

  /** The next problem is said, whatever it is. */
  reset(): void {
    this.said = '';
  }
}

async function choosePath(): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({ title: 'The program "colophon"', openLabel: 'Use', canSelectMany: false });
  if (chosen?.[0] !== undefined) {
    // Saved for the user or, in a remote window, for that machine.
    await vscode.workspace.getConfiguration('colophon').update('path', chosen[0].fsPath, vscode.ConfigurationTarget.Global);
  }
}
