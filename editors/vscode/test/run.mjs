// Bundles the tests, which need no VS Code, and runs them with node's own runner.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const out = mkdtempSync(join(tmpdir(), 'colophon-test-'));
try {
  const tests = readdirSync('test').filter((f) => f.endsWith('.test.ts'));
  await build({ entryPoints: tests.map((f) => join('test', f)), outdir: out, outExtension: { '.js': '.cjs' }, bundle: true, platform: 'node', target: 'node18', format: 'cjs', logLevel: 'warning' });
  const files = tests.map((f) => join(out, f.replace(/ts$/, 'cjs')));
  process.exitCode = spawnSync(process.execPath, ['--test', ...files], { stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(out, { recursive: true });
}
