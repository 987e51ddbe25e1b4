// The list of findings and fixes. Nothing here knows VS Code.

/** A finding as the server tells it; its data names its fixes. */
export interface Finding {
  message: string;
  severity: number; // 0 an error, 3 a hint
  rule: string;
  data?: unknown;
}

/** A line of the list. */
export interface Choice {
  label: string;
  kind?: -1; // a line between two findings
  fix?: string; // what it applies
  rule?: string; // what it explains
}

/** About what a line of VS Code's list has room for, which breaks none. */
const columns = 76;

const icons = ['error', 'warning', 'info', 'lightbulb'];

/** For each finding, the worst first: its fixes, and then its sentence in full. */
export function choices(findings: Finding[]): Choice[] {
  return [...findings].sort((a, b) => a.severity - b.severity).flatMap((f) => {
    const fixes = fixesOf(f.data).map(({ id, title }) => ({ label: `$(lightbulb-autofix) ${title}`, fix: id }));
    const beside = fixes.length === 0 ? f.rule.length + 2 : 0; // the rule's name stands in the first line
    const lines = wrap(f.message, columns - beside);
    const sentence = lines.map((line, i) => ({ label: `$(${i === 0 ? (icons[f.severity] ?? 'info') : 'blank'}) ${line}`, rule: f.rule }));
    return [{ label: f.rule, kind: -1 as const }, ...fixes, ...sentence];
  });
}

function fixesOf(data: unknown): { id: string; title: string }[] {
  const fixes = (data as { fixes?: unknown } | null | undefined)?.fixes;
  return Array.isArray(fixes) ? fixes.filter((f) => typeof f?.id === 'string' && typeof f?.title === 'string') : [];
}

/** The lines of a sentence; the first may have to be shorter. */
export function wrap(text: string, first = columns): string[] {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last !== '' && last.length + 1 + word.length > (lines.length === 1 ? first : columns)) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
    }
  }
  return lines;
}
