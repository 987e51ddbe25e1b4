// How each request of the protocol is made: of a document, of a place, of a range, or
// of what another request has answered. A request that is in no table here fails the
// test by its name, should the server come to advertise it.

const at = (document, position) => ({ textDocument: { uri: document.uri }, position });
const formatting = { tabSize: 8, insertSpaces: false };

// Of a place in a document.
export const ofPlaces = {
  'textDocument/hover': at,
  'textDocument/completion': (d, p) => ({ ...at(d, p), context: { triggerKind: 1 } }),
  'textDocument/definition': at,
  'textDocument/declaration': at,
  'textDocument/typeDefinition': at,
  'textDocument/implementation': at,
  'textDocument/references': (d, p) => ({ ...at(d, p), context: { includeDeclaration: true } }),
  'textDocument/documentHighlight': at,
  'textDocument/linkedEditingRange': at,
  'textDocument/selectionRange': (d, p) => ({ textDocument: { uri: d.uri }, positions: [p] }),
  'textDocument/signatureHelp': at,
  'textDocument/prepareRename': at,
  'textDocument/rename': (d, p) => ({ ...at(d, p), newName: 'name' }),
  'textDocument/moniker': at,
  'textDocument/prepareCallHierarchy': at,
  'textDocument/prepareTypeHierarchy': at,
  'textDocument/inlineCompletion': (d, p) => ({ ...at(d, p), context: { triggerKind: 1 } }),
  'textDocument/onTypeFormatting': (d, p) => ({ ...at(d, p), ch: ':', options: formatting }),
  // One on the line, as for a light bulb, is asked for here; the whole text, below.
  'textDocument/codeAction': (d, p, diagnostics) => ({
    textDocument: { uri: d.uri }, range: { start: p, end: p },
    context: { diagnostics: diagnostics.filter(x => x.range.start.line <= p.line && p.line <= x.range.end.line), triggerKind: 2 },
  }),
};

const of = document => ({ textDocument: { uri: document.uri } });

// Of a whole document.
export const ofDocuments = {
  'textDocument/documentSymbol': of,
  'textDocument/foldingRange': of,
  'textDocument/documentLink': of,
  'textDocument/codeLens': of,
  'textDocument/documentColor': of,
  'textDocument/semanticTokens/full': of,
  'textDocument/diagnostic': d => ({ ...of(d), identifier: 'colophon' }),
  'textDocument/formatting': d => ({ ...of(d), options: formatting }),
  'textDocument/willSaveWaitUntil': d => ({ ...of(d), reason: 1 }),
  'textDocument/inlayHint': (d, range) => ({ ...of(d), range }),
  'textDocument/semanticTokens/range': (d, range) => ({ ...of(d), range }),
  'textDocument/semanticTokens/full/delta': d => ({ ...of(d), previousResultId: '0' }),
  'textDocument/rangeFormatting': (d, range) => ({ ...of(d), range, options: formatting }),
  'textDocument/rangesFormatting': (d, range) => ({ ...of(d), ranges: [range], options: formatting }),
  'textDocument/inlineValue': (d, range) => ({ ...of(d), range, context: { frameId: 0, stoppedLocation: range } }),
  'textDocument/colorPresentation': (d, range) => ({ ...of(d), range, color: { red: 0, green: 0, blue: 0, alpha: 1 } }),
  'textDocument/codeAction': (d, range, diagnostics) => ({ ...of(d), range, context: { diagnostics, triggerKind: 1 } }),
};

const zero = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const item = { name: 'name', kind: 12, uri: 'file:///name', range: zero, selectionRange: zero };

// Of what another request has answered: [that request, what a client without an answer
// asks]. Only the protocol's table of capabilities does not tell.
export const ofAnswers = {
  'completionItem/resolve': ['textDocument/completion', { label: 'label' }],
  'codeAction/resolve': ['textDocument/codeAction', { title: 'title' }],
  'codeLens/resolve': ['textDocument/codeLens', { range: zero }],
  'documentLink/resolve': ['textDocument/documentLink', { range: zero }],
  'inlayHint/resolve': ['textDocument/inlayHint', { position: zero.start, label: 'label' }],
  'workspaceSymbol/resolve': ['workspace/symbol', { name: 'name', kind: 12, location: { uri: 'file:///name' } }],
  'callHierarchy/incomingCalls': ['textDocument/prepareCallHierarchy', { item }],
  'callHierarchy/outgoingCalls': ['textDocument/prepareCallHierarchy', { item }],
  'typeHierarchy/subtypes': ['textDocument/prepareTypeHierarchy', { item }],
  'typeHierarchy/supertypes': ['textDocument/prepareTypeHierarchy', { item }],
};

// Of the whole workspace.
export const ofWorkspaces = {
  'workspace/symbol': { query: '' },
  'workspace/diagnostic': { previousResultIds: [] },
  'workspace/willCreateFiles': { files: [{ uri: 'file:///name' }] },
  'workspace/willRenameFiles': { files: [{ oldUri: 'file:///name', newUri: 'file:///other' }] },
  'workspace/willDeleteFiles': { files: [{ uri: 'file:///name' }] },
  'workspace/textDocumentContent': { uri: 'colophon:name' },
  'workspace/executeCommand': { command: 'name', arguments: [] },
};

// What every session does anyway.
export const ofSessions = ['initialize', 'shutdown'];

// Capabilities that stand for no request of the client: how the two understand each
// other, notifications, and what is said in answers.
export const ofNothing = ['positionEncoding', 'textDocumentSync', 'experimental'];

// The requests whose capability the package's table leaves out.
export const ownCapability = {
  'typeHierarchy/subtypes': 'typeHierarchyProvider',
  'typeHierarchy/supertypes': 'typeHierarchyProvider',
};

// says tells whether an answer says anything.
export function says(result) {
  if (result === null || result === undefined) return false;
  const list = [result, result.items, result.data, result.ranges].find(Array.isArray);
  return list === undefined || list.length > 0;
}
