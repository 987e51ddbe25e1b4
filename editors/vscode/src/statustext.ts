// What the status bar says. Nothing here knows VS Code.

/** What the server says of a message; see docs/editors.md. */
export interface Status {
  uri: string;
  text: string; // facts, the most important first; empty where there is nothing to show
  tooltip: string;
  state: string;
}

/** What stands between two facts. */
const apart = ' | ';

/** The bar is shared by all extensions. */
const widest = 72;

const icons: Record<string, string> = {
  open: 'question',
  request: 'git-pull-request',
  none: 'check',
  declared: 'check',
  evident: 'check',
  undeclared: 'warning',
  declined: 'warning',
  declines: 'circle-slash',
};

/** The whole facts that fit, at least one, behind an icon. */
export function label(s: Status): string {
  const facts = s.text.split(apart);
  let text = facts[0];
  for (const fact of facts.slice(1)) {
    if ((text + apart + fact).length > widest) {
      break;
    }
    text += apart + fact;
  }
  return `$(${icons[s.state] ?? 'law'}) ${plain(text)}`;
}

/** A project's own words must not become icons. */
const plain = (text: string): string => text.replaceAll('$(', '$\u200B(');

export const warns = (s: Status): boolean => s.state === 'undeclared' || s.state === 'declined';
