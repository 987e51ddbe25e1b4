// A client that is no editor: it asks a server for everything that it advertises, in
// each of the documents that it is given: once in UTF-8, once in UTF-16, once as a
// client that takes nothing but commands, and once as one that can nothing. It asks for
// everything else, too. It says what is wrong and ends with status 1.
//
//   node main.mjs PLAN.json FOLDER   the sessions are recorded in FOLDER
import fs from 'node:fs';
import path from 'node:path';
import { lsp, messages } from './libraries.mjs';
import * as features from './features.mjs';
import { full } from './capabilities.mjs';
import { Session } from './session.mjs';
import { plain } from './text.mjs';
import { check, right, wrong } from './types.mjs';

const plan = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const folder = process.argv[3];

// Requests that a client may make, with the capability that announces each.
const requests = [...messages.values()].filter(m => m.request && m.direction !== lsp.MessageDirection.serverToClient);
const capabilityOf = m => m.capabilities.server ?? features.ownCapability[m.method];
const advertised = (caps, m) => {
  const value = capabilityOf(m)?.split('.').reduce((v, key) => v?.[key], caps);
  return value !== undefined && value !== false && value !== null;
};

// Visit is a client that asks for everything in one session.
class Visit {
  constructor(name, capabilities) {
    this.name = name;
    this.capabilities = capabilities;
    this.able = capabilities.textDocument !== undefined;
    this.session = new Session(name, plan.command, plan.root);
    this.seen = new Map(); // method: answers that said something
    this.answers = new Map(); // what was asked: the answer, without an encoding
    this.found = new Map(); // method: the things that resolve requests are about
    this.commands = new Map(); // as the server named them, with their arguments
    this.ran = new Set(); // commands that were run as they were meant
    this.kinds = new Set(); // of code actions
  }

  fault(text) {
    this.session.fault(text);
  }

  async run() {
    const s = this.session;
    await s.start({
      processId: process.pid, clientInfo: { name: 'neutral' }, rootUri: plan.rootUri,
      workspaceFolders: [{ uri: plan.rootUri, name: 'repository' }],
      capabilities: this.capabilities, initializationOptions: plan.settings,
    }, plan.settings);
    this.caps = s.capabilities;
    if (this.capabilities.workspace?.configuration) await s.until('a question for settings', m => m.method === 'workspace/configuration');
    for (const document of plan.documents) await this.read(document);
    await this.reconfigure();
    await this.runUnnamed();
    await this.askWhatIsNotOffered();
    if (this.capabilities.window?.workDoneProgress) await this.waitForProgress();
    await s.stop();
    this.judge();
  }

  // ask makes a request that must be answered, and keeps what it says.
  async ask(method, params, place, uri) {
    const { result, error } = await this.session.ask(method, params);
    if (error) {
      this.fault(`${method} ${place}: error ${error.code}: ${error.message}`);
      return null;
    }
    if (features.says(result)) this.seen.set(method, (this.seen.get(method) ?? 0) + 1);
    this.note(result);
    try {
      const options = {
        legend: method.startsWith('textDocument/semanticTokens') ? this.caps.semanticTokensProvider.legend : undefined,
        loose: method === 'textDocument/codeLens', // they are kept apart by where they start, also on an empty line
      };
      this.answers.set(`${method} ${place}`, JSON.stringify(plain(result, uri, this.session.texts, options)));
    } catch (e) {
      this.fault(`${method} ${place}: ${e.message}: ${JSON.stringify(result)}`);
    }
    return result;
  }

  // note remembers the commands that an answer names.
  note(value) {
    if (value === null || typeof value !== 'object') return;
    if (typeof value.command === 'string' && typeof value.title === 'string') this.commands.set(JSON.stringify(value), value);
    for (const v of Object.values(value)) this.note(v);
  }

  // read opens a document with a piece of its text missing, writes that, and asks.
  async read(document) {
    const s = this.session;
    const half = Math.floor(document.text.length / 2);
    s.open({ ...document, text: document.text.slice(0, half) });
    s.write(document.uri, document.text);
    const diagnostics = await this.diagnostics(document);
    const offers = method => advertised(this.caps, messages.get(method));
    const text = s.texts.get(document.uri);
    const whole = { start: text.position(0), end: text.position(text.text.length) };
    for (const [method, params] of Object.entries(features.ofDocuments)) {
      if (!offers(method)) continue;
      const found = await this.ask(method, params(document, whole, diagnostics), `of ${document.name}`, document.uri);
      this.keep(method, found);
    }
    for (const position of text.places(this.able ? document.lines : 12)) {
      for (const [method, params] of Object.entries(features.ofPlaces)) {
        if (!offers(method)) continue;
        const place = `at ${text.index(position)} of ${document.name}`;
        const found = await this.ask(method, params(document, position, diagnostics), place, document.uri);
        this.keep(method, found);
      }
    }
    await this.resolve(document);
    await this.type(document);
    await this.runNamed(document);
    s.close(document.uri);
  }

  // diagnostics are those of the document when all is known about it.
  async diagnostics(document) {
    const s = this.session;
    if (this.caps.executeCommandProvider?.commands.includes('colophon.show') && document.message) {
      await this.ask('workspace/executeCommand', { command: 'colophon.show', arguments: [document.uri] }, `of ${document.name}`);
    }
    if (this.caps.diagnosticProvider) {
      const params = features.ofDocuments['textDocument/diagnostic'](document);
      const report = await this.ask('textDocument/diagnostic', params, `of ${document.name}`, document.uri);
      const again = await s.ask('textDocument/diagnostic', { ...params, previousResultId: report.resultId });
      if (again.result?.kind !== 'unchanged') this.fault(`textDocument/diagnostic of ${document.name}, asked again, is ${again.result?.kind}`);
      return report.items;
    }
    const pushed = await s.until(`diagnostics of ${document.name}`, m =>
      m.method === 'textDocument/publishDiagnostics' && m.params.uri === document.uri && (m.params.version ?? 2) === 2);
    return pushed.params.diagnostics;
  }

  keep(method, result) {
    const things = Array.isArray(result) ? result : result?.items ?? [];
    this.found.set(method, [...this.found.get(method) ?? [], ...things]);
    if (method !== 'textDocument/codeAction') return;
    for (const a of things) if (a.kind !== undefined) this.kinds.add(a.kind);
  }

  // resolve asks for the rest of everything that was found in a document.
  async resolve(document) {
    for (const [method, [source]] of Object.entries(features.ofAnswers)) {
      if (!advertised(this.caps, messages.get(method))) continue;
      const things = new Map((this.found.get(source) ?? []).map(t => [JSON.stringify(t), t]));
      let n = 0;
      for (const thing of [...things.values()].slice(0, 60)) await this.ask(method, thing, `of ${n++} in ${document.name}`, document.uri);
    }
    this.found.clear();
  }

  // type writes each character that the server waits for, and asks what follows.
  async type(document) {
    const s = this.session;
    const completion = this.caps.completionProvider?.triggerCharacters ?? [];
    const format = this.caps.documentOnTypeFormattingProvider;
    const formatting = format ? [format.firstTriggerCharacter, ...format.moreTriggerCharacter ?? []] : [];
    for (const typed of document.typed ?? []) {
      const ch = typed.at(-1);
      const at = document.text.indexOf(document.behind) + document.behind.length;
      s.write(document.uri, document.text.slice(0, at) + typed + document.text.slice(at));
      const index = at + typed.length;
      const params = { textDocument: { uri: document.uri }, position: s.texts.get(document.uri).position(index) };
      const place = `behind ${JSON.stringify(typed)} in ${document.name}`;
      if (completion.includes(ch)) {
        await this.ask('textDocument/completion', { ...params, context: { triggerKind: 2, triggerCharacter: ch } }, place, document.uri);
      }
      if (formatting.includes(ch)) {
        await this.ask('textDocument/onTypeFormatting', { ...params, ch, options: { tabSize: 8, insertSpaces: false } }, place, document.uri);
      }
      for (const [list, what] of [[completion, 'completion'], [formatting, 'onTypeFormatting']]) {
        if (list.includes(ch)) this.seen.set(`${what} ${ch}`, 1);
      }
    }
    s.write(document.uri, document.text);
  }

  // reconfigure has the settings change, in the way that the server asked for.
  async reconfigure() {
    const s = this.session;
    for (const r of s.registered.values()) {
      if (r.method !== 'workspace/didChangeConfiguration') this.fault(`${r.method} is registered, and this client does not know how to try it`);
    }
    const asks = s.told.filter(m => m.method === 'workspace/configuration').length;
    s.tell('workspace/didChangeConfiguration', { settings: this.capabilities.workspace?.configuration ? null : { colophon: plan.settings } });
    if (this.capabilities.workspace?.configuration) {
      await s.until('a second question for settings', () => s.told.filter(m => m.method === 'workspace/configuration').length > asks);
    }
  }

  // runNamed runs the commands that were named of a document. One may have changed what
  // another is about; that is an answer, too.
  async runNamed(document) {
    for (const c of this.commands.values()) {
      if (!this.caps.executeCommandProvider?.commands.includes(c.command)) {
        this.fault(`the command ${c.command} is named, but not advertised`);
        continue;
      }
      const { error } = await this.session.ask('workspace/executeCommand', { command: c.command, arguments: c.arguments });
      if (!error) this.ran.add(c.command);
      else if (error.code !== lsp.LSPErrorCodes.ContentModified) this.fault(`${JSON.stringify(c)} of ${document.name}: error ${error.code}: ${error.message}`);
    }
    this.commands.clear();
  }

  // runUnnamed runs the commands that are only advertised, with the address of a message.
  // They may want more than that, and say so.
  async runUnnamed() {
    const document = plan.documents.find(d => d.message);
    this.session.open(document);
    for (const command of this.caps.executeCommandProvider?.commands ?? []) {
      if (this.ran.has(command)) continue;
      const { error } = await this.session.ask('workspace/executeCommand', { command, arguments: [document.uri] });
      if (!error) this.ran.add(command);
      else if (error.code !== -32602) this.fault(`${command} is advertised, and answers ${error.code}: ${error.message}`);
    }
    this.session.close(document.uri);
  }

  // askWhatIsNotOffered makes every other request: it must be refused as unknown.
  async askWhatIsNotOffered() {
    const document = plan.documents[0];
    this.session.open(document);
    const text = this.session.texts.get(document.uri);
    for (const m of requests) {
      if (features.ofSessions.includes(m.method) || advertised(this.caps, m)) continue;
      const params = (features.ofPlaces[m.method] ?? features.ofDocuments[m.method])?.(document, m.method in features.ofPlaces ? text.position(0) : { start: text.position(0), end: text.position(1) }, [])
        ?? features.ofAnswers[m.method]?.[1] ?? features.ofWorkspaces[m.method];
      if (params === undefined) {
        this.fault(`${m.method} is a request that this client does not know how to make`);
        continue;
      }
      const { result, error } = await this.session.ask(m.method, params);
      if (error?.code !== -32601) this.fault(`${m.method} is not advertised, and answered: ${JSON.stringify(error ?? result)}`);
    }
    this.session.close(document.uri);
  }

  // waitForProgress holds git up until the server says that it takes long.
  async waitForProgress() {
    const s = this.session;
    const document = plan.documents.find(d => d.message);
    fs.writeFileSync(plan.hold, '');
    s.open(document);
    const begun = await s.until('progress', m => m.method === '$/progress' && m.params.value.kind === 'begin');
    fs.rmSync(plan.hold);
    await s.until('the end of progress', m => m.method === '$/progress' && m.params.value.kind === 'end' && m.params.token === begun.params.token);
    if (!s.told.some(m => m.method === 'window/workDoneProgress/create' && m.params.token === begun.params.token)) this.fault(`progress ${begun.params.token} was not created`);
    s.close(document.uri);
  }

  // judge compares what was advertised with what was answered.
  judge() {
    const known = new Set([...requests.map(capabilityOf), ...features.ofNothing].map(c => c?.split('.')[0]));
    for (const key of Object.keys(this.caps)) if (!known.has(key)) this.fault(`${key} is advertised, and this client does not know what for`);
    for (const m of requests) {
      if (!advertised(this.caps, m)) continue;
      if (m.method !== 'workspace/executeCommand' && !this.seen.get(m.method)) this.fault(`${m.method} is advertised (${capabilityOf(m)}), and said nothing anywhere`);
    }
    const missing = (what, list) => {
      for (const x of list ?? []) if (!this.seen.has(`${what} ${x}`)) this.fault(`${what} ${JSON.stringify(x)} is advertised, and was not tried`);
    };
    missing('completion', this.caps.completionProvider?.triggerCharacters);
    const format = this.caps.documentOnTypeFormattingProvider;
    missing('onTypeFormatting', format && [format.firstTriggerCharacter, ...format.moreTriggerCharacter ?? []]);
    const kinds = this.caps.codeActionProvider?.codeActionKinds ?? [];
    for (const k of kinds) if (![...this.kinds].some(x => x === k || x.startsWith(`${k}.`))) this.fault(`code actions of the kind ${k} are advertised, and there were none`);
    for (const k of this.kinds) if (kinds.length && !kinds.some(x => k === x || k.startsWith(`${x}.`))) this.fault(`there are code actions of the kind ${k}, which is not advertised`);
    if (!this.able) this.judgeSilence();
    for (const { from, message: m } of this.session.record) if (from === 'server') this.judgeNumbers(m.result ?? m.params, m.method ?? `answer ${m.id}`);
  }

  // judgeSilence: who announced nothing is asked nothing.
  judgeSilence() {
    const taken = ['textDocument/publishDiagnostics', 'window/logMessage', '$/cancelRequest'];
    if (this.capabilities.workspace?.applyEdit) taken.push('workspace/applyEdit');
    for (const m of this.session.told) if (!taken.includes(m.method)) this.fault(`${m.method} came to a client that did not announce it`);
  }

  // judgeNumbers: the types of TypeScript do not tell an integer from another number.
  judgeNumbers(value, where) {
    if (typeof value === 'number' && !(Number.isSafeInteger(value) && value >= 0)) this.fault(`${value} in ${where}`);
    if (value !== null && typeof value === 'object') for (const v of Object.values(value)) this.judgeNumbers(v, where);
  }

  save() {
    const lines = this.session.record.map(r => JSON.stringify(r).replaceAll(plan.rootUri, 'file:///repository').replaceAll(plan.root, '/repository').replaceAll(`"processId":${process.pid}`, '"processId":1'));
    fs.writeFileSync(path.join(folder, `${this.name}.jsonl`), lines.join('\n') + '\n');
  }
}

const visits = [new Visit('utf-8', full('utf-8')), new Visit('utf-16', full('utf-16')), new Visit('commands', { workspace: { applyEdit: true } }), new Visit('nothing', {})];
for (const v of visits) {
  try {
    await v.run();
  } catch (e) {
    v.fault(e.stack);
    v.session.server.kill();
    fs.rmSync(plan.hold, { force: true });
  }
  v.save();
}

// A command that no client was ever told how to run.
for (const c of visits[0].caps?.executeCommandProvider?.commands ?? []) {
  if (!visits.some(v => v.ran.has(c))) visits[0].fault(`the command ${c} is advertised, and nothing says how to run it`);
}

// What is said must not depend on how positions are counted.
const [one, other] = visits;
for (const [what, answer] of one.answers) {
  if (other.answers.get(what) !== answer) other.fault(`${what} differs from UTF-8:\n\t${answer}\n\t${other.answers.get(what)}`);
}

// Every message against its type, those of all sessions at once: most are alike.
const values = [...wrong, ...right].map(v => ({ ...v, planted: true }));
for (const v of visits) for (const value of v.session.typed()) values.push({ ...value, visit: v });
const missed = new Set(wrong.keys());
for (const { index, fault } of check(values)) {
  const { visit, method, part, value, at } = values[index];
  if (visit) visit.fault(`${part} of ${method} (message ${at}): ${fault}: ${JSON.stringify(value)}`);
  else if (index < wrong.length) missed.delete(index);
  else throw new Error(`the check of types refuses ${JSON.stringify(value)}: ${fault}`);
}
if (missed.size) throw new Error(`the check of types takes ${JSON.stringify([...missed].map(i => wrong[i]))}`);

let failed = false;
for (const v of visits) {
  const said = [...v.seen].filter(([m]) => messages.has(m)).map(([m, n]) => `${m} ${n}`);
  console.log(`${v.name}: ${v.session.record.length} messages; answers that say something: ${said.join(', ')}`);
  for (const f of new Set(v.session.faults)) console.log(`${v.name}: FAULT: ${f}`);
  failed ||= v.session.faults.length > 0;
}
process.exit(failed ? 1 : 0);
