// Bundles the extension, and writes the licences of what is in the bundle beside it.
import { build } from 'esbuild';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { licences } from './licences.mjs';

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
writeFileSync('dist/licenses.txt', licences("Colophon's extension", parts(Object.values(metafile.outputs)[0].inputs)));

function parts(inputs) {
  const folders = new Set();
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
    if (folder !== undefined && bytesInOutput > 0) {
      folders.add(folder);
    }
  }
  return [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { title: `${name} ${version} (${license})`, folder };
  });
}
