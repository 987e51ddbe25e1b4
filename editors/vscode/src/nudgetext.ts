// The words of the nudge. Nothing here knows VS Code.

const most = 5;

export function summary(sentences: string[]): { message: string; detail: string; line: string } {
  const different = [...new Set(sentences)];
  const message = different.length === 1 ? 'One thing is open in this commit message.' : `${different.length} things are open in this commit message.`;
  const shown = different.slice(0, most);
  if (different.length > most) {
    shown.push(`and ${different.length - most} more`);
  }
  const first = different[0] ?? '';
  return {
    message,
    detail: shown.map((s) => `• ${s}`).join('\n\n'),
    line: different.length === 1 ? first : `${message} ${first}`,
  };
}

/** What a commit's message has after the text of the box; undefined where it is another message. */
export function appended(box: string, message: string): string | undefined {
  const text = box.trim();
  return message.startsWith(text) ? message.slice(text.length).trim() : undefined;
}
