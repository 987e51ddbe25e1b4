import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { after, test } from 'node:test';
import { inflateRawSync } from 'node:zlib';

const content = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/changelog.md',
  'extension/dist/extension.js',
  'extension/dist/licenses.txt',
  'extension/media/box.png',
  'extension/media/icon.png',
  'extension/package.json',
  'extension/readme.md',
  'extension/walkthrough/box.md',
  'extension/walkthrough/explain.md',
  'extension/walkthrough/nudge.md',
  'extension/walkthrough/program.md',
];

const parts = ['balanced-match', 'brace-expansion', 'minimatch', 'semver', 'vscode-jsonrpc', 'vscode-languageclient', 'vscode-languageserver-protocol', 'vscode-languageserver-textdocument', 'vscode-languageserver-types'];

/** Bytes; a part that comes in unseen does not fit. */
const largest = { 'colophon.vsix': 170_000, 'colophon-linux-x64.vsix': 6_500_000 };

const out = fs.mkdtempSync(path.join(os.tmpdir(), 'colophon-vsix-'));
after(() => fs.rmSync(out, { recursive: true }));

/** What package.mjs does; it packs what is built. */
const pack = (env: NodeJS.ProcessEnv, ...args: string[]) => spawnSync(process.execPath, ['package.mjs', '--out', out, ...args], { env, encoding: 'utf8' });

/** The files of a package: the rights that they have there, and what is in them. */
function files(name: keyof typeof largest): Map<string, { rights: number; content: () => Uint8Array }> {
  const zip = fs.readFileSync(path.join(out, name));
  assert.ok(zip.length < largest[name], `${name} has ${zip.length} bytes`);
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const found = new Map<string, { rights: number; content: () => Uint8Array }>();
  for (let at = zip.readUInt32LE(end + 16); at < end; ) {
    const [length, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    const [size, rights, local] = [20, 38, 42].map((field) => zip.readUInt32LE(at + field));
    const content = () => {
      const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      return new Uint8Array(inflateRawSync(new Uint8Array(zip.subarray(begin, begin + size))));
    };
    found.set(zip.toString('utf8', at + 46, at + 46 + length), { rights: (rights >>> 16) & 0o777, content });
    at += 46 + length + extra + comment;
  }
  return found;
}

test('the package has what belongs in, and nothing else', () => {
  const windows = process.platform === 'win32';
  execFileSync(windows ? 'npm.cmd' : 'npm', ['run', '--silent', 'package', '--', '--out', out], { shell: windows, stdio: 'pipe' });
  assert.deepEqual([...files('colophon.vsix').keys()].sort(), content);
});

test('the licences of all bundled parts are in it', () => {
  const licences = fs.readFileSync('dist/licenses.txt', 'utf8');
  const named = [...licences.matchAll(/^(\S+) \d+\.\d+\.\d+\S* \([^)]+\)$/gm)].map((m) => m[1]);
  assert.deepEqual(named, parts);
});

test('the package for a platform has the program and the licences of its parts besides', () => {
  const made = pack(process.env, '--target', 'linux-x64');
  assert.equal(made.status, 0, made.stderr);
  const found = files('colophon-linux-x64.vsix');
  assert.deepEqual([...found.keys()].sort(), [...content, 'extension/bin/LICENSES.txt', 'extension/bin/colophon'].sort());
  const { rights, content: program } = found.get('extension/bin/colophon')!;
  assert.equal(rights, 0o755);
  const file = path.join(out, 'colophon');
  fs.writeFileSync(file, program());
  const built = execFileSync('go', ['version', '-m', file], { encoding: 'utf8' });
  const licences = Buffer.from(found.get('extension/bin/LICENSES.txt')!.content()).toString();
  for (const [, name, version] of built.matchAll(/^\tdep\t(\S+)\t(\S+)/gm)) {
    assert.ok(licences.includes(`\n${name} ${version}\n\n`), name);
  }
  assert.match(licences, /^Go and its library, go1\.\S+\n\nCopyright/m);
  assert.ok(!fs.existsSync('bin'), 'the next package would have it, too');
});

test('a platform that is not known, and a machine without Go, are named', () => {
  const unknown = pack(process.env, '--target', 'amiga');
  assert.equal(unknown.status, 1);
  assert.match(unknown.stderr, /no target amiga; there are linux-x64, /);
  const bare = pack({ ...process.env, PATH: out }, '--target', 'linux-x64');
  assert.equal(bare.status, 1);
  assert.match(bare.stderr, /needs Go, which builds the program: there is no go on PATH/);
});
