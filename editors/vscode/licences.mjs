// The licences of what a package contains, as one text.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Each part has a title, and a folder that its licence lies in. */
export function licences(whole, parts) {
  const texts = parts.map(({ title, folder }) => {
    const files = readdirSync(folder).filter((f) => /^(licen[cs]e|copying|notice|patents)([.-]|$)/i.test(f)).sort();
    if (!files.some((f) => /^(licen|copying)/i.test(f))) {
      throw new Error(`${title} comes without its licence`);
    }
    return `${title}\n\n${files.map((f) => readFileSync(join(folder, f), 'utf8').trim()).join('\n\n')}\n`;
  });
  return `${whole} contains these parts, under these licences.\n\n${texts.join('\n' + '-'.repeat(72) + '\n\n')}`;
}
