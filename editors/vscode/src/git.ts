// The part of VS Code's git extension that is used here, as its API version 1 has it.
import * as vscode from 'vscode';

export interface Repository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
  readonly ui: { readonly selected: boolean; readonly onDidChange: vscode.Event<void> };
  readonly onDidCommit: vscode.Event<void>;
  getCommit(ref: string): Promise<{ message: string }>;
}

interface API {
  readonly repositories: Repository[];
  readonly onDidOpenRepository: vscode.Event<Repository>;
  readonly onDidCloseRepository: vscode.Event<Repository>;
}

interface GitExtension {
  readonly enabled: boolean;
  readonly onDidChangeEnablement: vscode.Event<boolean>;
  getAPI(version: 1): API;
}

/** The repositories of this window, as long as git is switched on in it. */
export class Repositories implements vscode.Disposable {
  private api: API | undefined;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly committed = new vscode.EventEmitter<Repository>();
  private readonly all: vscode.Disposable[] = [this.changed, this.committed];

  /** Another repository was opened, closed or selected. */
  readonly onDidChange = this.changed.event;
  readonly onDidCommit = this.committed.event;

  async open(): Promise<void> {
    const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
    if (extension === undefined) {
      return;
    }
    const git = await extension.activate();
    const look = () => {
      if (git.enabled && this.api === undefined) {
        this.follow(git.getAPI(1));
      }
    };
    this.all.push(git.onDidChangeEnablement(look));
    look();
  }

  private follow(api: API): void {
    this.api = api;
    const follow = (r: Repository) => {
      this.all.push(
        r.ui.onDidChange(() => this.changed.fire()),
        r.onDidCommit(() => this.committed.fire(r)),
      );
      this.changed.fire();
    };
    this.all.push(
      api.onDidOpenRepository(follow),
      api.onDidCloseRepository(() => this.changed.fire()),
    );
    api.repositories.forEach(follow);
  }

  /** The repository that the person last turned to in the Source Control view. */
  get selected(): Repository | undefined {
    const all = this.api?.repositories ?? [];
    return all.find((r) => r.ui.selected) ?? all[0];
  }

  of(root: vscode.Uri | undefined): Repository | undefined {
    return this.api?.repositories.find((r) => r.rootUri.toString() === root?.toString());
  }

  dispose(): void {
    this.all.forEach((d) => d.dispose());
  }
}
