// Bundles the extension, and writes the licences of what is in the bundle beside it.
import { build } from 'esbuild';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const options = { bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning' };

const { metafile } = await build({
  ...options,
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.js',
  external: ['vscode'],
  minify: true,
  keepNames: true,
  metafile: true,
  // The library's modules for ES would be taken twice otherwise.
  mainFields: ['main'],
});
writeFileSync('dist/licenses.txt', licences(Object.values(metafile.outputs)[0].inputs));

function licences(inputs) {
  const folders = new Set();
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
    if (folder !== undefined && bytesInOutput > 0) {
      folders.add(folder);
    }
  }
  const parts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((f) => /^licen[cs]e(\.|$)/i.test(f));
    if (file === undefined) {
      throw new Error(`${name} comes without its licence`);
    }
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  return `Colophon's extension contains these parts, under these licences.\n\n${parts.join('\n' + '-'.repeat(72) + '\n\n')}`;
}
