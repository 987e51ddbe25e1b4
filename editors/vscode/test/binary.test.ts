import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { check, find, judge, oldest, safePath, within, type Places } from '../src/binary';

const name = process.platform === 'win32' ? 'colophon.exe' : 'colophon';
let dir: string;

beforeEach(() => {
  dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'colophon-binary-')));
});
afterEach(() => fs.rmSync(dir, { recursive: true }));

/** A program in a folder of the test's. */
function program(folder: string, mode = 0o755, script = '#!/bin/sh\necho colophon 0.1.0\n'): string {
  const file = path.join(dir, folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, script, { mode });
  return file;
}

function places(more: Partial<Places>): Places {
  return { configured: '', bundled: path.join(dir, 'extension', 'bin'), searchPath: '', folders: [path.join(dir, 'project')], trusted: true, home: dir, ...more };
}

const searchPath = (...folders: string[]) => folders.map((f) => (f.startsWith('.') || f === '' ? f : path.join(dir, f))).join(path.delimiter);

/** The problem, where there must be one. */
function problem(p: Places): string {
  const found = find(p);
  assert.ok('problem' in found, JSON.stringify(found));
  return found.problem;
}

test('the setting comes first, then what is bundled, then PATH in its order', () => {
  const [set, bundled, first] = [program('set'), program('extension/bin'), program('one')];
  program('two');
  const p = places({ configured: set, searchPath: searchPath('none', 'one', 'two') });
  assert.deepEqual(find(p), { file: set, from: 'setting' });
  assert.deepEqual(find({ ...p, configured: '' }), { file: bundled, from: 'extension' });
  fs.rmSync(bundled);
  assert.deepEqual(find({ ...p, configured: '' }), { file: first, from: 'PATH' });
});

test('a setting that is wrong is said, and nothing else is run instead', () => {
  program('one');
  const p = places({ searchPath: searchPath('one') });
  assert.match(problem({ ...p, configured: 'bin/colophon' }), /must be an absolute path/);
  assert.match(problem({ ...p, configured: path.join(dir, 'nowhere') }), /is not a program/);
  assert.match(problem({ ...p, configured: dir }), /is not a program/);
});

test('a setting may start at home', () => {
  const file = program('bin');
  assert.deepEqual(find(places({ configured: `~/bin/${name}` })), { file, from: 'setting' });
});

test('nothing is found', () => {
  assert.match(problem(places({ searchPath: searchPath('none') })), /not on your PATH/);
});

test('a folder, and a file that may not be run, are no programs', () => {
  fs.mkdirSync(path.join(dir, 'one', name), { recursive: true });
  program('two', 0o644);
  assert.match(problem(places({ searchPath: searchPath('one', 'two') })), /not on your PATH/);
});

test('relative folders of PATH are never looked into', () => {
  program('project');
  const before = process.cwd();
  process.chdir(path.join(dir, 'project'));
  try {
    for (const folder of ['', '.', './']) {
      assert.match(problem(places({ searchPath: folder })), /not on your PATH/, folder);
    }
    assert.equal(safePath(places({ searchPath: searchPath('', '.', 'one') })), path.join(dir, 'one'));
  } finally {
    process.chdir(before);
  }
});

test('in a folder that is not trusted, its programs are refused by every way', () => {
  const inside = program('project/bin');
  fs.symlinkSync(path.join(dir, 'project', 'bin'), path.join(dir, 'link')); // a folder outside, the program inside
  fs.mkdirSync(path.join(dir, 'outside'));
  fs.symlinkSync(inside, path.join(dir, 'outside', name)); // a file outside, the program inside
  const p = places({ trusted: false });
  for (const folder of ['project/bin', 'link', 'outside', 'outside/../project/bin']) {
    assert.match(problem({ ...p, searchPath: searchPath(folder) }), /not trusted/, folder);
    assert.match(problem({ ...p, configured: path.join(dir, folder, name) }), /not trusted/, folder);
  }
  const outside = program('two');
  assert.deepEqual(find({ ...p, searchPath: searchPath('project/bin', 'link', 'two') }), { file: outside, from: 'PATH' });
  assert.deepEqual(find({ ...p, trusted: true, searchPath: searchPath('project/bin') }), { file: inside, from: 'PATH' });
});

test('an untrusted folder that is itself a link is known by both names', () => {
  program('real/bin');
  fs.symlinkSync(path.join(dir, 'real'), path.join(dir, 'project'));
  assert.match(problem(places({ trusted: false, searchPath: searchPath('real/bin') })), /not trusted/);
  assert.match(problem(places({ trusted: false, searchPath: searchPath('project/bin') })), /not trusted/);
});

test('git is not looked for in an untrusted folder either', () => {
  const p = places({ searchPath: searchPath('project/bin', 'one', 'project') });
  assert.equal(safePath({ ...p, trusted: false }), path.join(dir, 'one'));
  assert.equal(safePath(p), p.searchPath);
});

test('what is within a folder', () => {
  const work = path.join(dir, 'project');
  assert.ok(within(path.join(work, 'a'), [work]));
  assert.ok(within(work, [work]));
  assert.ok(within(path.join(work, '..a'), [work]));
  assert.ok(!within(dir, [work]));
  assert.ok(!within(work + 'bench', [work]));
});

test('versions', () => {
  assert.equal(judge('c', `colophon ${oldest}-dev abc go1.26 linux/amd64`), '');
  assert.equal(judge('c', 'colophon 0.10.0'), '');
  assert.equal(judge('c', 'colophon 12.0.0'), '');
  assert.match(judge('c', 'colophon 0.0.9'), /needs 0\.1\.0 or later/);
  for (const said of ['', 'usage: colophon', 'colophon dev', 'xcolophon 1.0.0']) {
    assert.match(judge('c', said), /is not Colophon/, said);
  }
});

test('the program is asked for its version', async () => {
  assert.equal(await check(program('good')), '');
  assert.match(await check(program('old', 0o755, '#!/bin/sh\necho colophon 0.0.1\n')), /needs/);
  assert.match(await check(program('other', 0o755, '#!/bin/sh\necho hello\n')), /is not Colophon/);
  assert.match(await check(program('broken', 0o755, '#!/nowhere\n')), /does not run/);
  assert.match(await check(program('loud', 0o755, '#!/bin/sh\nyes colophon\n')), /is not Colophon|does not run|needs/);
});
