// The libraries of package.json, wherever the test has installed them.
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const home = process.env.COLOPHON_NEUTRAL ?? path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(path.join(home, 'package.json'));

export const rpc = require('vscode-jsonrpc/node');
export const lsp = require('vscode-languageserver-protocol/node');
export const ts = require('typescript');

// Every message of the protocol, as the package describes it: its method, who sends
// it, and the capabilities that a client and a server announce it by.
export const messages = new Map();
for (const [name, value] of Object.entries(lsp)) {
  if (typeof value?.type !== 'object' || typeof value.type.method !== 'string' || !/(Request|Notification)$/.test(name)) continue;
  messages.set(value.type.method, {
    name,
    method: value.type.method,
    request: name.endsWith('Request'),
    direction: value.messageDirection ?? lsp.MessageDirection.both,
    capabilities: value.capabilities ?? {},
  });
}
