// Makes the package without a program, or those for platforms with the program in it.
//
//   node package.mjs [--target TARGET]... [--all] [--out FOLDER]
//
// COLOPHON_SOURCE is where the program's source is, if not two folders up.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import vsce from '@vscode/vsce';
import { licences } from './licences.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const source = resolve(process.env.COLOPHON_SOURCE ?? join(here, '../..'));

/** VS Code's names of platforms, and Go's. The program needs no C library: Alpine's is Linux. */
const targets = {
  'linux-x64': ['linux', 'amd64'],
  'linux-arm64': ['linux', 'arm64'],
  'alpine-x64': ['linux', 'amd64'],
  'alpine-arm64': ['linux', 'arm64'],
  'darwin-x64': ['darwin', 'amd64'],
  'darwin-arm64': ['darwin', 'arm64'],
  'win32-x64': ['windows', 'amd64'],
  'win32-arm64': ['windows', 'arm64'],
};

const { values: asked } = parseArgs({ options: { target: { type: 'string', multiple: true, default: [] }, all: { type: 'boolean' }, out: { type: 'string', default: '.' } } });
const out = resolve(asked.out);
process.chdir(here);
try {
  const named = asked.all ? [undefined, ...Object.keys(targets)] : asked.target;
  for (const target of named.length > 0 ? named : [undefined]) {
    rmSync('bin', { recursive: true, force: true });
    if (target !== undefined) {
      program(target);
    }
    const packagePath = join(out, target === undefined ? 'colophon.vsix' : `colophon-${target}.vsix`);
    await vsce.createVSIX({ packagePath, target, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
  }
} catch (e) {
  console.error(e.message);
  process.exitCode = 1;
} finally {
  rmSync('bin', { recursive: true, force: true }); // the next package is without it
}

/** Builds the program into bin, with the licences of what is in it. */
function program(target) {
  const [GOOS, GOARCH] = targets[target] ?? fail(`no target ${target}; there are ${Object.keys(targets).join(', ')}`);
  const go = (...args) => {
    try {
      return execFileSync('go', args, { cwd: source, env: { ...process.env, GOOS, GOARCH, CGO_ENABLED: '0' }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
    } catch (e) {
      return fail(e.code === 'ENOENT' ? `a package for ${target} needs Go, which builds the program: there is no go on PATH, or no folder ${source}` : e.message);
    }
  };
  mkdirSync('bin');
  go('build', '-trimpath', '-ldflags=-s -w', '-gcflags=github.com/goccy/go-yaml/...=-l', '-gcflags=github.com/spf13/...=-l', '-o', join(here, 'bin', GOOS === 'windows' ? 'colophon.exe' : 'colophon'), './cmd/colophon');
  const modules = go('list', '-deps', '-f', '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}', './cmd/colophon');
  const [root, version] = go('env', 'GOROOT', 'GOVERSION').split('\n');
  const lines = [`Go and its library, ${version}\t${root}`, ...new Set(modules.split('\n').filter(Boolean).sort())];
  writeFileSync('bin/LICENSES.txt', licences('The program colophon', lines.map((l) => l.split('\t')).map(([title, folder]) => ({ title, folder }))));
}

function fail(message) {
  throw new Error(message);
}
