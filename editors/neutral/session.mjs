// One session of a client with a server of its own process, and the record of it.
import { spawn } from 'node:child_process';
import { lsp, rpc } from './libraries.mjs';
import { Text } from './text.mjs';

// Only runs out when something is broken.
const patience = 20_000;

export class Session {
  constructor(name, command, cwd) {
    this.name = name;
    this.record = []; // { from: 'client' | 'server', message }
    this.faults = [];
    this.texts = new Map(); // of open documents, by URI
    this.versions = new Map();
    this.registered = new Map(); // id: registration
    this.told = []; // what the server sent without being asked for it
    this.waiting = [];
    this.applied = 0;

    this.server = spawn(command[0], command.slice(1), { cwd, stdio: ['pipe', 'pipe', 'inherit'] });
    this.exited = new Promise(resolve => this.server.on('exit', resolve));
    const reader = new rpc.StreamMessageReader(this.server.stdout);
    const writer = new rpc.StreamMessageWriter(this.server.stdin);
    this.tap(reader, writer);
    this.connection = lsp.createProtocolConnection(reader, writer, { error: m => this.fault(m), warn() {}, info() {}, log() {} });
    this.connection.onError(([e]) => this.fault(`the connection: ${e.message}`));
    this.connection.onUnhandledNotification(() => {}); // tap has seen them
    for (const [method, answer] of Object.entries(this.answers())) {
      this.connection.onRequest(method, answer);
    }
    this.connection.listen();
  }

  tap(reader, writer) {
    const listen = reader.listen.bind(reader), write = writer.write.bind(writer);
    reader.listen = callback => listen(message => {
      this.record.push({ from: 'server', message });
      if (message.method !== undefined) this.arrived(message);
      callback(message);
    });
    writer.write = message => {
      this.record.push({ from: 'client', message });
      return write(message);
    };
  }

  fault(text) {
    this.faults.push(text);
  }

  // answers are this client's, to what the server asks.
  answers() {
    return {
      'client/registerCapability': p => {
        for (const r of p.registrations) this.registered.set(r.id, r);
        return null;
      },
      'client/unregisterCapability': p => {
        for (const r of p.unregisterations) {
          if (!this.registered.delete(r.id)) this.fault(`${r.id} (${r.method}) is taken back, but was not registered`);
        }
        return null;
      },
      'workspace/configuration': p => p.items.map(i => (i.section === 'colophon' ? this.settings ?? null : null)),
      'workspace/workspaceFolders': () => this.params.workspaceFolders ?? null,
      'workspace/applyEdit': () => ({ applied: true }),
      'window/showDocument': () => ({ success: true }),
      'window/showMessageRequest': () => null,
      'window/workDoneProgress/create': () => null,
      'workspace/codeLens/refresh': () => null,
      'workspace/diagnostic/refresh': () => null,
      'workspace/foldingRange/refresh': () => null,
      'workspace/inlayHint/refresh': () => null,
      'workspace/inlineValue/refresh': () => null,
      'workspace/semanticTokens/refresh': () => null,
    };
  }

  arrived(message) {
    this.told.push(message);
    this.waiting = this.waiting.filter(w => !w(message));
  }

  // until waits for a message of the server's, also one that has come.
  until(what, fits) {
    const found = this.told.find(fits);
    if (found) return Promise.resolve(found);
    return this.patiently(what, new Promise(resolve => this.waiting.push(m => fits(m) && (resolve(m), true))));
  }

  patiently(what, promise) {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${this.name}: ${what} did not come`)), patience);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
  }

  async start(params, settings) {
    this.params = params;
    this.settings = settings;
    const { result, error } = await this.ask('initialize', params);
    if (error) throw new Error(`initialize: ${error.message}`);
    this.capabilities = result.capabilities;
    this.encoding = result.capabilities.positionEncoding ?? 'utf-16';
    this.tell('initialized', {});
  }

  // ask returns { result } or { error }.
  ask(method, params) {
    const answer = params === undefined ? this.connection.sendRequest(method) : this.connection.sendRequest(method, params);
    return this.patiently(`an answer to ${method}`, answer.then(result => ({ result }), error => ({ error })));
  }

  tell(method, params) {
    if (params === undefined) this.connection.sendNotification(method);
    else this.connection.sendNotification(method, params);
  }

  open({ uri, languageId, text }) {
    this.versions.set(uri, 1);
    this.texts.set(uri, new Text(text, this.encoding));
    this.tell('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  // write changes a document to a text, by one edit.
  write(uri, text) {
    const before = this.texts.get(uri);
    const version = this.versions.get(uri) + 1;
    this.versions.set(uri, version);
    this.texts.set(uri, new Text(text, this.encoding));
    this.tell('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [Text.change(before, text)] });
  }

  close(uri) {
    this.tell('textDocument/didClose', { textDocument: { uri } });
    this.texts.delete(uri);
    this.versions.delete(uri);
  }

  async stop() {
    const { error } = await this.ask('shutdown');
    if (error) this.fault(`shutdown: ${error.message}`);
    await this.patiently('an end of the answers', this.answered()); // what was asked before may still be on its way through the library
    this.tell('exit');
    const code = await this.patiently('the end of the server', this.exited);
    if (code !== 0) this.fault(`the server ended with status ${code}`);
    this.connection.dispose();
  }

  // answered waits until this client has answered all that the server has asked it.
  async answered() {
    const open = () => {
      const ids = new Set();
      for (const { from, message: m } of this.record) {
        if (from === 'server' && m.method !== undefined && m.id !== undefined) ids.add(m.id);
        if (from === 'client' && m.method === undefined) ids.delete(m.id);
      }
      return ids.size > 0;
    };
    while (open()) await new Promise(setImmediate);
  }

  // typed is every message as types.mjs takes it, with its place in the record.
  typed() {
    const asked = { client: new Map(), server: new Map() };
    const values = [];
    this.record.forEach(({ from, message: m }, at) => {
      const other = from === 'client' ? 'server' : 'client';
      if (m.method !== undefined) {
        if (m.id !== undefined) asked[from].set(m.id, m.method);
        values.push({ at, method: m.method, part: 'params', value: m.params });
        return;
      }
      const method = asked[other].get(m.id);
      if (!method) {
        this.fault(`an answer to what nobody asked: ${JSON.stringify(m)}`);
        return;
      }
      asked[other].delete(m.id);
      if (m.error) values.push({ at, method, part: 'error', value: m.error });
      else if (m.result === undefined) this.fault(`an answer to ${method} has neither a result nor an error`);
      else values.push({ at, method, part: 'result', value: m.result });
    });
    for (const [from, open] of Object.entries(asked)) {
      for (const [id, method] of open) this.fault(`${method} (${id}) of the ${from} was not answered`);
    }
    return values;
  }
}
