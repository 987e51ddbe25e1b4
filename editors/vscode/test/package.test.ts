import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';

const content = [
  'dist/extension.js',
  'dist/licenses.txt',
  'LICENSE',
  'CHANGELOG.md',
  'media/icon.png',
  'package.json',
  'README.md',
  'walkthrough/box.md',
  'walkthrough/explain.md',
  'walkthrough/nudge.md',
  'walkthrough/program.md',
];

const parts = ['balanced-match', 'brace-expansion', 'minimatch', 'semver', 'vscode-jsonrpc', 'vscode-languageclient', 'vscode-languageserver-protocol', 'vscode-languageserver-textdocument', 'vscode-languageserver-types'];

/** Bytes; a part that comes in unseen does not fit. */
const largest = 160_000;

test('the package has what belongs in, and nothing else', (t) => {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), 'colophon-vsix-'));
  t.after(() => fs.rmSync(out, { recursive: true }));
  const vsix = path.join(out, 'colophon.vsix');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['run', '--silent', 'package', '--', '--out', vsix], { shell: process.platform === 'win32', stdio: 'pipe' });
  const bundled = fs.existsSync('bin') ? fs.readdirSync('bin').map((f) => `bin/${f}`) : [];
  const listed = execFileSync(process.execPath, ['node_modules/@vscode/vsce/vsce', 'ls', '--no-dependencies'], { encoding: 'utf8' });
  assert.deepEqual(listed.trim().split('\n').sort(), [...content, ...bundled].sort());
  const { size } = fs.statSync(vsix);
  t.diagnostic(`the package without a program: ${size} bytes`);
  assert.ok(bundled.length > 0 || size < largest, `${size} bytes`);
});

test('the licences of all bundled parts are in it', () => {
  const licences = fs.readFileSync('dist/licenses.txt', 'utf8');
  const named = [...licences.matchAll(/^(\S+) \d+\.\d+\.\d+\S* \([^)]+\)$/gm)].map((m) => m[1]);
  assert.deepEqual(named, parts);
});
