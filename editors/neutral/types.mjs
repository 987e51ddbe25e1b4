// Holds the messages of a session against the types of the protocol: each becomes
// a constant of its type, and the TypeScript compiler says which do not fit. Being
// literals, they must not have a property that their type does not know either.
import path from 'node:path';
import { home, messages, ts } from './libraries.mjs';

const head = `import * as lsp from 'vscode-languageserver-protocol';
type Params<T> = T extends lsp.ProtocolRequestType<infer P, any, any, any, any> ? P
  : T extends lsp.ProtocolNotificationType<infer P, any> ? P
  : T extends lsp.NotificationType<infer P> ? P : undefined;
type Answer<R> = 0 extends 1 & R ? any : [R] extends [void] ? null : R; // void is null on the wire
type Result<T> = T extends lsp.ProtocolRequestType<any, infer R, any, any, any> ? Answer<R>
  : T extends lsp.ProtocolRequestType0<infer R, any, any, any> ? Answer<R> : never;
type Progress = { token: lsp.ProgressToken; value: lsp.WorkDoneProgressBegin | lsp.WorkDoneProgressReport | lsp.WorkDoneProgressEnd };
type Fault = { code: lsp.integer; message: string; data?: lsp.LSPAny };
`;

// Not in the package's list: what JSON-RPC itself has, and what we have added for
// clients that announce it.
const base = {
  '$/progress': 'Progress',
  '$/cancelRequest': '{ id: lsp.integer | string }',
  'colophon/status': '{ uri: lsp.URI; text: string; tooltip: string; state: string; lens: boolean }',
};

// check takes [{ method, part: 'params' | 'result' | 'error', value }] and returns
// [{ index, fault }]. Of those that are alike it looks at one, but for planted ones.
export function check(values) {
  const file = path.join(home, 'session.ts');
  const faults = [];
  const lines = [];
  const seen = new Set();
  const owners = []; // of the lines
  values.forEach(({ method, part, value, planted }, index) => {
    const type = typeOf(method, part);
    if (!type) {
      faults.push({ index, fault: `the protocol knows no ${part} of ${method}` });
      return;
    }
    const line = `: ${type} = ${JSON.stringify(value) ?? 'undefined'};`;
    if (!planted) {
      if (seen.has(line)) return;
      seen.add(line);
    }
    owners.push(index);
    lines.push(`export const m${owners.length}${line}`);
  });
  const text = head + lines.join('\n');
  const first = head.split('\n').length - 1;

  const options = {
    strict: true, noEmit: true, skipLibCheck: true, types: [], lib: ['lib.es2022.d.ts'],
    target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = name => name === file || fileExists(name);
  host.readFile = name => (name === file ? text : readFile(name));
  host.getSourceFile = (name, ...rest) => (name === file ? ts.createSourceFile(name, text, rest[0]) : getSourceFile(name, ...rest));
  const program = ts.createProgram([file], options, host);
  for (const d of ts.getPreEmitDiagnostics(program)) {
    const fault = ts.flattenDiagnosticMessageText(d.messageText, ' ');
    const line = d.file?.fileName === file ? d.file.getLineAndCharacterOfPosition(d.start).line - first : -1;
    if (line < 0) throw new Error(`the types themselves: ${fault}`);
    faults.push({ index: owners[line], fault });
  }
  return faults;
}

function typeOf(method, part) {
  if (part === 'error') return 'Fault';
  if (base[method]) return part === 'params' ? base[method] : undefined;
  const m = messages.get(method);
  if (!m || part === 'result' && !m.request) return undefined;
  return `${part === 'params' ? 'Params' : 'Result'}<typeof lsp.${m.name}.type>`;
}

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
const values = list => list.map(([method, part, value]) => ({ method, part, value }));

// A checker that takes everything would be no proof: it must find fault with these,
export const wrong = values([
  ['textDocument/hover', 'result', { range }],
  ['textDocument/hover', 'result', { contents: 'text', colour: 'red' }],
  ['textDocument/hover', 'params', { textDocument: { uri: 'file:///a' } }],
  ['textDocument/completion', 'result', { isIncomplete: false, items: [{ label: 'a', kind: 26 }] }],
  ['textDocument/completion', 'result', { items: [] }],
  ['textDocument/codeAction', 'result', [{ title: 'a', isPreferred: null }]],
  ['textDocument/codeAction', 'result', [{ title: 'a', edit: { documentChanges: [{ edits: [] }] } }]],
  ['textDocument/publishDiagnostics', 'params', { uri: 'file:///a', diagnostics: null }],
  ['textDocument/publishDiagnostics', 'params', { uri: 'file:///a', diagnostics: [{ range, message: 'a', severity: 5 }] }],
  ['textDocument/diagnostic', 'result', { kind: '', items: [] }],
  ['textDocument/documentSymbol', 'result', [{ name: 'a', kind: 1, range }]],
  ['initialize', 'result', { capabilities: { hoverProvider: 'yes' } }],
  ['initialize', 'result', { capabilities: { hoverprovider: true } }],
  ['window/logMessage', 'params', { type: 0, message: 'a' }],
  ['workspace/configuration', 'params', {}],
  ['$/progress', 'params', { token: 1, value: { kind: 'begun' } }],
  ['colophon/unheard', 'params', {}],
]);

// and none with these.
export const right = values([
  ['textDocument/hover', 'result', null],
  ['textDocument/hover', 'result', { contents: { kind: 'markdown', value: 'a' }, range }],
  ['shutdown', 'result', null],
  ['shutdown', 'params', undefined],
  ['initialize', 'result', { capabilities: { hoverProvider: true }, serverInfo: { name: 'a' } }],
  ['workspace/executeCommand', 'result', { anything: [1, null] }],
]);
