import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { test } from 'node:test';
import { oldest } from '../src/binary';

const read = (file: string) => JSON.parse(fs.readFileSync(file, 'utf8'));
const manifest = read('package.json');
const settings: Record<string, { scope?: string; markdownDescription?: string; default?: unknown }> = manifest.contributes.configuration.properties;

test('settings that name a program are the machine’s, and restricted in untrusted folders', () => {
  const programs = ['colophon.path', 'colophon.git'];
  assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, programs);
  for (const name of programs) {
    assert.equal(settings[name].scope, 'machine', name);
  }
  assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
});

test('every setting is described and has a default', () => {
  for (const [name, s] of Object.entries(settings)) {
    assert.ok(s.markdownDescription && s.default !== undefined && s.scope, name);
  }
  assert.equal(settings['colophon.nudgeOnCommit'].default, 'off');
});

test('every command in menus, keys and the walkthrough is there', () => {
  const source = fs.readFileSync('src/extension.ts', 'utf8');
  const commands: string[] = manifest.contributes.commands.map((c: { command: string }) => c.command);
  for (const c of commands) {
    assert.ok(source.includes(`'${c}':`), c);
  }
  const used = [...JSON.stringify(manifest.contributes).matchAll(/"command":"(colophon\.\w+)"|command:(colophon\.\w+)/g)].map((m) => m[1] ?? m[2]);
  used.forEach((c) => assert.ok(commands.includes(c), c));
});

test('versions are pinned, and the lock file names no registry', () => {
  for (const file of ['', 'e2e/']) {
    const { dependencies = {}, devDependencies = {} } = read(`${file}package.json`);
    for (const [name, version] of Object.entries<string>({ ...dependencies, ...devDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
    }
    const lock = fs.readFileSync(`${file}package-lock.json`, 'utf8');
    assert.ok(!lock.includes('"resolved"'), `${file}package-lock.json`);
  }
});

test('the extension needs no newer program than its own version', () => {
  assert.equal(oldest, manifest.version);
});
