// The language client: one server for the window, started when a message or a
// policy is first there.
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, State, type StaticFeature } from 'vscode-languageclient/node';
import { check, find, safePath, type Places } from './binary';
import { concerns, selector } from './messages';
import { own, settings } from './settings';
import type { Status } from './statustext';

/** What the server has to say to the rest of the extension. */
export interface Listener {
  status(status: Status): void;
  explanation(markdown: string): void;
  missing(problem: string): void;
  stopped(): void;
}

export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private wanted = false;
  private work = Promise.resolve(); // one start or stop after the other
  private readonly all: vscode.Disposable[];

  constructor(
    private readonly bundled: string,
    private readonly log: vscode.LogOutputChannel,
    private readonly listener: Listener,
  ) {
    this.all = [
      vscode.workspace.onDidOpenTextDocument((doc) => this.see(doc)),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.restart()),
      vscode.workspace.onDidChangeConfiguration((e) => {
        if (e.affectsConfiguration('colophon.path') || e.affectsConfiguration('colophon.git')) {
          void this.restart();
        }
      }),
    ];
  }

  /** Starts the server once there is something for it. */
  see(doc: vscode.TextDocument): void {
    if (!this.wanted && concerns(doc)) {
      this.wanted = true;
      void this.next(() => this.start());
    }
  }

  restart(): Promise<void> {
    this.wanted = true;
    return this.next(async () => {
      await this.stop();
      await this.start();
    });
  }

  get running(): boolean {
    return this.client?.state === State.Running;
  }

  /** Runs one of the server's commands on an open message. */
  run(command: string, uri: vscode.Uri, ...more: string[]): Promise<unknown> {
    return this.request('workspace/executeCommand', { command, arguments: [this.name(uri), ...more] });
  }

  /** What the server finds in a message, once it knows the text and what will be committed. */
  async findings(uri: vscode.Uri): Promise<vscode.Diagnostic[]> {
    await this.run('colophon.show', uri); // waits for what is staged
    await this.request('textDocument/codeLens', { textDocument: { uri: this.name(uri) } }); // lets the findings go first
    for (let turn = 0; turn < 8; turn++) {
      await new Promise((r) => setImmediate(r)); // the library hands them on two turns later
    }
    return vscode.languages.getDiagnostics(uri).filter((d) => d.source === 'colophon');
  }

  private async request<R>(method: string, params: unknown): Promise<R> {
    await this.work;
    if (this.client === undefined || !this.running) {
      throw new Error('Colophon is not running.');
    }
    return this.client.sendRequest<R>(method, params);
  }

  private name(uri: vscode.Uri): string {
    return this.client?.code2ProtocolConverter.asUri(uri) ?? uri.toString();
  }

  private next(step: () => Promise<void>): Promise<void> {
    this.work = this.work.then(step).catch((e: unknown) => this.log.error(String(e)));
    return this.work;
  }

  private places(): Places {
    const folders = vscode.workspace.workspaceFolders ?? [];
    return {
      configured: own('path').trim(),
      bundled: this.bundled,
      searchPath: process.env.PATH ?? '', // on Windows, whatever the case of its letters
      folders: folders.filter((f) => f.uri.scheme === 'file').map((f) => f.uri.fsPath),
      trusted: vscode.workspace.isTrusted,
      home: os.homedir(),
    };
  }

  private async start(): Promise<void> {
    const places = this.places();
    const found = find(places);
    const problem = 'problem' in found ? found.problem : await check(found.file);
    if ('problem' in found || problem !== '') {
      this.log.error(problem);
      this.listener.missing(problem);
      return;
    }
    this.log.info(`${found.file} (${found.from})`);
    const client = this.connect(found.file, safePath(places));
    this.client = client;
    client.onNotification('colophon/status', (s: Status) => this.listener.status(s));
    client.onDidChangeState((e) => {
      if (e.newState === State.Stopped) {
        this.listener.stopped();
      }
    });
    await client.start();
  }

  private connect(file: string, searchPath: string): LanguageClient {
    const client = new LanguageClient(
      'colophon',
      'Colophon',
      // The folder is not the window's: there, a program of any name may lie.
      { command: file, args: ['lsp', '--stdio'], options: { cwd: path.dirname(file), env: { ...process.env, PATH: searchPath } } },
      {
        documentSelector: selector,
        outputChannel: this.log,
        initializationOptions: () => ({ ...settings(), git: own('git') }),
        synchronize: { configurationSection: 'colophon' },
        middleware: {
          workspace: {
            configuration: (params) => params.items.map((item) => (item.section === 'colophon' ? settings() : null)),
          },
          // The line above the subject runs this one; its answer is a page.
          executeCommand: async (command, args, next) => {
            const answer: unknown = await next(command, args);
            if (command === 'colophon.explain' && typeof answer === 'string') {
              this.listener.explanation(answer);
            }
            return answer;
          },
        },
      },
    );
    client.registerFeature(announce);
    return client;
  }

  private async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client !== undefined) {
      await client.dispose(5000);
      this.listener.stopped();
    }
  }

  async dispose(): Promise<void> {
    this.all.forEach((d) => d.dispose());
    await this.next(() => this.stop());
  }
}

/** What the server is told of this client beside what the library says. */
const announce: StaticFeature = {
  fillClientCapabilities(capabilities) {
    capabilities.experimental = { ...capabilities.experimental, colophonStatus: true };
    // The library asks for the diagnostics of documents in tabs only, and the commit
    // box is in none. What the server pushes reaches all of them.
    delete capabilities.textDocument?.diagnostic;
    delete capabilities.workspace?.diagnostics;
  },
  preInitialize() {},
  initialize() {},
  getState: () => ({ kind: 'static' }),
  clear() {},
};
