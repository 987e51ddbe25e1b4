// Repositories for the flows.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { patience } from './vscode.mjs';

/** What a person does, in a server of a kind: see main.mjs. */
export const flow = (name, run, server = 'trusting') => ({ name, run, server });

/** The status bar's item. */
export const item = '.statusbar-item[id*="colophon.status"]';

export const policy = `version: 1
project: Example
status: in-force
as_of: 2026-11-21
source: https://example.org/ai
extends: qemu-2026-09
zones:
  - {name: core, paths: ["core/**"], ring: inner, why: a maintainer's agreement, asks: [approval]}
approval:
  trailer: AI-exception-granted-by
  by: maintainers
`;

/** What an assistant leaves, and several projects forbid. */
export const written = `net: drop the queue lock

The lock is held by the caller.

Co-authored-by: Copilot <copilot@github.com>
Signed-off-by: Jo Doe <jo@example.org>
`;

const lines = (n, word) => Array.from({ length: n }, (_, i) => `${word}_${i};\n`).join('');

export class Repository {
  constructor(dir, env, text = policy) {
    this.dir = dir;
    this.env = env;
    fs.mkdirSync(dir, { recursive: true });
    this.git('init', '-q', '-b', 'main');
    this.write('net/queue.c', 'int main;\n');
    this.write('core/main.c', 'int main;\n');
    if (text !== undefined) {
      this.write('.colophon.yaml', text);
    }
    this.git('add', '-A');
    this.git('commit', '-q', '-m', 'Start');
    this.write('net/queue.c', lines(14, 'int queue'));
    this.write('tests/test-queue.c', lines(6, 'test'));
    this.git('add', '-A');
  }

  git(...args) {
    return execFileSync('git', args, { cwd: this.dir, env: this.env, encoding: 'utf8', timeout: patience });
  }

  write(name, text) {
    const file = path.join(this.dir, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }

  change(n) {
    this.write('net/queue.c', lines(n, 'int other'));
  }

  /** The message of the newest commit. */
  get message() {
    return this.git('log', '-1', '--format=%B').trim();
  }
}
