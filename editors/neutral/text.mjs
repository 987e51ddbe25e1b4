// The text of a document with positions in the encoding that was agreed on. It shares
// no code with the server; places are indices into a JavaScript string.
const width = {
  'utf-8': c => Buffer.byteLength(c),
  'utf-16': c => c.length,
  'utf-32': () => 1,
};

export class Text {
  constructor(text, encoding) {
    this.text = text;
    this.width = width[encoding];
    this.starts = [0];
    for (const m of text.matchAll(/\r\n|\n|\r/g)) this.starts.push(m.index + m[0].length);
  }

  // position is where the index is.
  position(index) {
    let line = this.starts.length - 1;
    while (this.starts[line] > index) line--;
    let character = 0;
    for (const c of this.text.slice(this.starts[line], index)) character += this.width(c);
    return { line, character };
  }

  // index is where a position is. One that is not in the text, or inside a character,
  // is an error. Behind the end of a line is its end, as the protocol has it; only who
  // is loose may rely on that.
  index({ line, character }, loose = false) {
    if (line === this.starts.length && character === 0) return this.text.length; // the end of a last line without a break
    if (!(line < this.starts.length)) throw new Error(`there is no line ${line}`);
    let at = this.starts[line];
    const end = this.lineEnd(line);
    while (character > 0) {
      if (at >= end && loose) return end;
      if (at >= end) throw new Error(`line ${line} is shorter, by ${character}`);
      const c = String.fromCodePoint(this.text.codePointAt(at));
      character -= this.width(c);
      at += c.length;
    }
    if (character < 0) throw new Error(`a position inside a character of line ${line}`);
    return at;
  }

  lineEnd(line) {
    const end = this.starts[line + 1] ?? this.text.length;
    return this.starts[line] + this.text.slice(this.starts[line], end).replace(/[\r\n]+$/, '').length;
  }

  // places are where a person may be: on the first words of a line, and at its end.
  places(most) {
    const at = new Set();
    for (const [line, start] of this.starts.slice(0, most).entries()) {
      const text = this.text.slice(start, this.lineEnd(line));
      const words = [...text.matchAll(/[^\s:,()]+/g)].map(m => start + m.index);
      for (const i of [start, ...words.slice(0, 3), start + text.length]) at.add(i);
    }
    return [...at].sort((a, b) => a - b).map(i => this.position(i));
  }

  // change is an edit as a client sends it, which makes this text of the other one.
  static change(before, after) {
    let from = 0;
    while (from < before.text.length && before.text[from] === after[from]) from++;
    let same = 0;
    while (same < before.text.length - from && same < after.length - from && before.text.at(-1 - same) === after.at(-1 - same)) same++;
    return {
      range: { start: before.position(from), end: before.position(before.text.length - same) },
      text: after.slice(from, after.length - same),
    };
  }
}

const isPosition = v => typeof v?.line === 'number' && typeof v?.character === 'number';

// plain puts indices in the place of an answer's positions, and lines in the place of
// their numbers, so that answers in two encodings can be compared. What is wrong with a
// position becomes an error. Positions in documents that are not open stay.
export function plain(value, uri, texts, { legend, loose }) {
  const walk = (v, uri) => {
    if (Array.isArray(v)) return v.map(x => walk(x, uri));
    if (v === null || typeof v !== 'object') return v;
    const text = texts.get(uri);
    if (isPosition(v)) return text ? text.index(v, loose) : v;
    if (isPosition(v.start) && isPosition(v.end)) {
      if (!text) return v;
      const [start, end] = [text.index(v.start, loose), text.index(v.end, loose)];
      if (start > end) throw new Error(`a range ends before it starts: ${JSON.stringify(v)}`);
      return { start, end };
    }
    const out = {};
    for (const [key, x] of Object.entries(v)) {
      if (key === 'resultId' || key === 'data' && legend === undefined) continue; // the server's own
      if (key === 'data' && Array.isArray(x)) out.tokens = tokens(x, text, legend);
      else if (key === 'changes') out[key] = Object.fromEntries(Object.entries(x).map(([u, edits]) => [u, walk(edits, u)]));
      else if (/^target.*Range$/.test(key)) out[key] = walk(x, v.targetUri);
      else if (/^(start|end)Character$/.test(key)) out[key] = text.index({ line: v[key.replace('Character', 'Line')], character: x });
      else out[key] = walk(x, typeof v.uri === 'string' ? v.uri : v.textDocument?.uri ?? uri);
    }
    return out;
  };
  return walk(value, uri);
}

// tokens are semantic tokens as [text, type, modifiers].
function tokens(data, text, legend) {
  if (data.length % 5) throw new Error(`${data.length} numbers are no semantic tokens`);
  const out = [];
  let line = 0, character = 0;
  for (let i = 0; i < data.length; i += 5) {
    const [lines, ahead, length, type, modifiers] = data.slice(i, i + 5);
    if (lines) character = 0;
    line += lines;
    character += ahead;
    const start = text.index({ line, character }), end = text.index({ line, character: character + length });
    if (!legend.tokenTypes[type] || modifiers >= 1 << legend.tokenModifiers.length) throw new Error(`token ${type}/${modifiers} is not in the legend`);
    if (start >= end) throw new Error(`an empty token at ${line}:${character}`);
    out.push([text.text.slice(start, end), legend.tokenTypes[type], modifiers]);
  }
  return out;
}
