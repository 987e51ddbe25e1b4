// What a client announces that can everything in LSP 3.18, as far as a server without
// projects, notebooks or debuggers can make use of it.

const dynamicRegistration = true;
const kinds = (from, to) => ({ valueSet: Array.from({ length: to - from + 1 }, (_, i) => from + i) });
const formats = ['markdown', 'plaintext'];
const tokenTypes = ['namespace', 'type', 'class', 'enum', 'interface', 'struct', 'typeParameter', 'parameter', 'variable', 'property', 'enumMember', 'event', 'function', 'method', 'macro', 'keyword', 'modifier', 'comment', 'string', 'number', 'regexp', 'operator', 'decorator', 'label'];
const tokenModifiers = ['declaration', 'definition', 'readonly', 'static', 'deprecated', 'abstract', 'async', 'modification', 'documentation', 'defaultLibrary'];
const diagnostics = { relatedInformation: true, tagSupport: kinds(1, 2), codeDescriptionSupport: true, dataSupport: true };

export const full = encoding => ({
  general: {
    positionEncodings: encoding === 'utf-16' ? [encoding] : [encoding, 'utf-16'],
    staleRequestSupport: { cancel: true, retryOnContentModified: [] },
    regularExpressions: { engine: 'ECMAScript', version: 'ES2020' },
    markdown: { parser: 'marked', version: '1.1.0' },
  },
  window: { workDoneProgress: true, showMessage: { messageActionItem: { additionalPropertiesSupport: true } }, showDocument: { support: true } },
  workspace: {
    applyEdit: true,
    workspaceEdit: {
      documentChanges: true, resourceOperations: ['create', 'rename', 'delete'], failureHandling: 'textOnlyTransactional', normalizesLineEndings: true,
      changeAnnotationSupport: { groupsOnLabel: true }, metadataSupport: true, snippetEditSupport: true,
    },
    didChangeConfiguration: { dynamicRegistration },
    didChangeWatchedFiles: { dynamicRegistration, relativePatternSupport: true },
    symbol: { dynamicRegistration, symbolKind: kinds(1, 26), tagSupport: kinds(1, 1), resolveSupport: { properties: ['location.range'] } },
    executeCommand: { dynamicRegistration },
    workspaceFolders: true,
    configuration: true,
    semanticTokens: { refreshSupport: true },
    codeLens: { refreshSupport: true },
    inlineValue: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    diagnostics: { refreshSupport: true },
    foldingRange: { refreshSupport: true },
    fileOperations: { dynamicRegistration, didCreate: true, willCreate: true, didRename: true, willRename: true, didDelete: true, willDelete: true },
    textDocumentContent: { dynamicRegistration },
  },
  textDocument: {
    synchronization: { dynamicRegistration, willSave: true, willSaveWaitUntil: true, didSave: true },
    completion: {
      dynamicRegistration, contextSupport: true, insertTextMode: 2,
      completionItem: {
        snippetSupport: true, commitCharactersSupport: true, documentationFormat: formats, deprecatedSupport: true, preselectSupport: true,
        tagSupport: kinds(1, 1), insertReplaceSupport: true, resolveSupport: { properties: ['documentation', 'detail', 'additionalTextEdits'] },
        insertTextModeSupport: kinds(1, 2), labelDetailsSupport: true,
      },
      completionItemKind: kinds(1, 25),
      completionList: { itemDefaults: ['commitCharacters', 'editRange', 'insertTextFormat', 'insertTextMode', 'data'], applyKindSupport: true },
    },
    hover: { dynamicRegistration, contentFormat: formats },
    signatureHelp: { dynamicRegistration, contextSupport: true, signatureInformation: { documentationFormat: formats, parameterInformation: { labelOffsetSupport: true }, activeParameterSupport: true } },
    declaration: { dynamicRegistration, linkSupport: true },
    definition: { dynamicRegistration, linkSupport: true },
    typeDefinition: { dynamicRegistration, linkSupport: true },
    implementation: { dynamicRegistration, linkSupport: true },
    references: { dynamicRegistration },
    documentHighlight: { dynamicRegistration },
    documentSymbol: { dynamicRegistration, symbolKind: kinds(1, 26), hierarchicalDocumentSymbolSupport: true, tagSupport: kinds(1, 1), labelSupport: true },
    codeAction: {
      dynamicRegistration, isPreferredSupport: true, disabledSupport: true, dataSupport: true, honorsChangeAnnotations: true, documentationSupport: true,
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'refactor.extract', 'refactor.inline', 'refactor.rewrite', 'source', 'source.fixAll', 'source.organizeImports'] } },
      resolveSupport: { properties: ['edit', 'command'] }, tagSupport: kinds(1, 1),
    },
    codeLens: { dynamicRegistration, resolveSupport: { properties: ['command'] } },
    documentLink: { dynamicRegistration, tooltipSupport: true },
    colorProvider: { dynamicRegistration },
    formatting: { dynamicRegistration },
    rangeFormatting: { dynamicRegistration, rangesSupport: true },
    onTypeFormatting: { dynamicRegistration },
    rename: { dynamicRegistration, prepareSupport: true, prepareSupportDefaultBehavior: 1, honorsChangeAnnotations: true },
    foldingRange: { dynamicRegistration, rangeLimit: 5000, foldingRangeKind: { valueSet: ['comment', 'imports', 'region'] }, foldingRange: { collapsedText: true } },
    selectionRange: { dynamicRegistration },
    publishDiagnostics: { ...diagnostics, versionSupport: true },
    callHierarchy: { dynamicRegistration },
    semanticTokens: {
      dynamicRegistration, requests: { range: true, full: { delta: true } }, tokenTypes, tokenModifiers, formats: ['relative'],
      overlappingTokenSupport: true, multilineTokenSupport: true, serverCancelSupport: true, augmentsSyntaxTokens: true,
    },
    linkedEditingRange: { dynamicRegistration },
    moniker: { dynamicRegistration },
    typeHierarchy: { dynamicRegistration },
    inlineValue: { dynamicRegistration },
    inlayHint: { dynamicRegistration, resolveSupport: { properties: ['tooltip', 'textEdits', 'label.tooltip', 'label.location', 'label.command'] } },
    diagnostic: { dynamicRegistration, relatedDocumentSupport: true, markupMessageSupport: true, ...diagnostics },
    inlineCompletion: { dynamicRegistration },
  },
  experimental: { colophonStatus: true },
});
