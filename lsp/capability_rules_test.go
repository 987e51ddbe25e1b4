package lsp

import (
	"slices"
	"strings"
)

// announced is what a client says that it can take.
type announced struct{ caps object }

// at is what stands at a path, nil if there is nothing.
func (a announced) at(path string) any {
	var v any = a.caps
	for name := range strings.SplitSeq(path, ".") {
		o, ok := v.(object)
		if !ok {
			return nil
		}
		v = o[name]
	}
	return v
}

func (a announced) list(path string) []string {
	var out []string
	l, _ := a.at(path).([]any)
	for _, v := range l {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// rule is one thing that a client must have announced before it gets it.
type rule struct {
	name      string
	method    string         // in messages of this kind (of several); "" is all
	keys      []string       // the properties that it speaks about
	use       func(any) bool // whether a message makes use of it
	announced func(announced) bool
	spare     bool // nothing makes use of it as yet
	slow      bool // only where git takes long, as on a busy machine
}

// each goes through all objects of a message, but for what is ours alone.
func eachObject(v any, f func(object)) {
	switch v := v.(type) {
	case object:
		f(v)
		for key, x := range v {
			if key != "data" && key != "arguments" {
				eachObject(x, f)
			}
		}
	case []any:
		for _, x := range v {
			eachObject(x, f)
		}
	}
}

// some tells whether an object of a message is such.
func someObject(is func(object) bool) func(any) bool {
	return func(v any) (found bool) {
		eachObject(v, func(o object) { found = found || is(o) })
		return found
	}
}

func hasKey(keys ...string) func(any) bool {
	return someObject(func(o object) bool {
		return slices.ContainsFunc(keys, func(k string) bool { _, ok := o[k]; return ok })
	})
}

// hasIn is has, in the objects that have another property, too.
func hasKeyWith(mark string, keys ...string) func(any) bool {
	return someObject(func(o object) bool {
		_, ok := o[mark]
		return ok && slices.ContainsFunc(keys, func(k string) bool { _, ok := o[k]; return ok })
	})
}

func holds(key string, want any) func(any) bool {
	return someObject(func(o object) bool { return o[key] == want })
}

func anything(any) bool { return true }

// says tells whether one of the paths says yes.
func announcesYes(paths ...string) func(announced) bool {
	return func(a announced) bool {
		return slices.ContainsFunc(paths, func(p string) bool { return a.at(p) == true })
	}
}

func announces(paths ...string) func(announced) bool {
	return func(a announced) bool {
		return slices.ContainsFunc(paths, func(p string) bool { return a.at(p) != nil })
	}
}

func announcesOne(path, want string) func(announced) bool {
	return func(a announced) bool { return slices.Contains(a.list(path), want) }
}

// kinds tells whether the numbers that came late are in the client's set. Without one
// it knows those up to 18.
func lateKinds(method, mark, path string) rule {
	late := someObject(func(o object) bool {
		n, ok := o["kind"].(float64)
		_, is := o[mark]
		return ok && is && n > 18
	})
	return rule{
		name: "kinds of " + mark + " above 18", method: method, use: late,
		spare: true,
		announced: func(a announced) bool {
			set, _ := a.at(path).([]any)
			return slices.Contains(set, any(26.0)) || slices.Contains(set, any(25.0))
		},
	}
}

const (
	completing = "textDocument/completion completionItem/resolve"
	acting     = "textDocument/codeAction codeAction/resolve"
	editing    = acting + " workspace/applyEdit"
	diagnosing = "textDocument/publishDiagnostics textDocument/diagnostic " + acting
)

func both(rest string) []string {
	return []string{"textDocument.publishDiagnostics." + rest, "textDocument.diagnostic." + rest}
}

// rules are one for each capability.
var clientRules = []rule{
	// What the server sends of its own
	{name: "questions for settings", method: "workspace/configuration", use: anything, announced: announcesYes("workspace.configuration")},
	{name: "registration for changed settings", method: "client/registerCapability", use: holds("method", "workspace/didChangeConfiguration"), announced: announcesYes("workspace.didChangeConfiguration.dynamicRegistration")},
	{name: "registration of anything else", method: "client/registerCapability", use: someObject(func(o object) bool {
		m, ok := o["method"].(string)
		return ok && m != "workspace/didChangeConfiguration"
	}), announced: func(announced) bool { return false }, spare: true},
	{name: "diagnostics asked again", method: "workspace/diagnostic/refresh", use: anything, announced: announcesYes("workspace.diagnostics.refreshSupport")},
	{name: "lenses asked again", method: "workspace/codeLens/refresh", use: anything, announced: announcesYes("workspace.codeLens.refreshSupport")},
	{name: "inlay hints asked again", method: "workspace/inlayHint/refresh", use: anything, announced: announcesYes("workspace.inlayHint.refreshSupport")},
	{name: "semantic tokens asked again", method: "workspace/semanticTokens/refresh", use: anything, announced: announcesYes("workspace.semanticTokens.refreshSupport")},
	{name: "folding asked again", method: "workspace/foldingRange/refresh", use: anything, announced: announcesYes("workspace.foldingRange.refreshSupport"), spare: true},
	{name: "progress", method: "window/workDoneProgress/create $/progress", use: anything, announced: announcesYes("window.workDoneProgress"), spare: true, slow: true},
	{name: "edits by the server", method: "workspace/applyEdit", use: anything, announced: announcesYes("workspace.applyEdit"), spare: true},
	{name: "documents to show", method: "window/showDocument", use: anything, announced: announcesYes("window.showDocument.support"), spare: true},
	{name: "status line", method: "colophon/status", use: anything, announced: announcesYes("experimental.colophonStatus"), spare: true},

	// Diagnostics
	{name: "pushed diagnostics", method: "textDocument/publishDiagnostics", use: anything, announced: announces("textDocument.publishDiagnostics")},
	{name: "pulled diagnostics", method: "textDocument/diagnostic", use: anything, announced: announces("textDocument.diagnostic")},
	{name: "version of diagnostics", method: "textDocument/publishDiagnostics", keys: []string{"version"}, use: hasKey("version"), announced: announcesYes("textDocument.publishDiagnostics.versionSupport")},
	{name: "link to the rule", method: diagnosing, keys: []string{"codeDescription", "href"}, use: hasKey("codeDescription"), announced: announcesYes(both("codeDescriptionSupport")...)},
	{name: "related places", method: diagnosing, keys: []string{"relatedInformation", "location", "uri"}, use: hasKey("relatedInformation"), announced: announcesYes(both("relatedInformation")...)},
	{name: "tags of diagnostics", method: diagnosing, keys: []string{"tags"}, use: hasKeyWith("severity", "tags"), announced: announces(both("tagSupport")...), spare: true},
	{name: "data of diagnostics", method: diagnosing, keys: []string{"data"}, use: hasKeyWith("severity", "data"), announced: announcesYes(both("dataSupport")...)},
	{name: "diagnostics in Markdown", method: diagnosing, use: someObject(func(o object) bool {
		_, is := o["severity"]
		_, plain := o["message"].(string)
		return is && !plain
	}), announced: announcesYes("textDocument.diagnostic.markupMessageSupport"), spare: true},
	{name: "diagnostics of other documents", method: diagnosing, keys: []string{"relatedDocuments"}, use: hasKey("relatedDocuments"), announced: announcesYes("textDocument.diagnostic.relatedDocumentSupport"), spare: true},

	// Code actions and edits
	{name: "actions that are more than commands", method: acting, use: someObject(func(o object) bool {
		_, title := o["title"]
		_, command := o["command"].(string)
		_, edit := o["edit"]
		_, kind := o["kind"]
		return title && !command || edit || kind && title
	}), announced: announces("textDocument.codeAction.codeActionLiteralSupport")},
	{name: "preferred actions", method: acting, keys: []string{"isPreferred"}, use: hasKey("isPreferred"), announced: announcesYes("textDocument.codeAction.isPreferredSupport")},
	{name: "disabled actions", method: acting, keys: []string{"disabled", "reason"}, use: hasKey("disabled"), announced: announcesYes("textDocument.codeAction.disabledSupport"), spare: true},
	{name: "tags of actions", method: acting, keys: []string{"tags"}, use: hasKeyWith("title", "tags"), announced: announces("textDocument.codeAction.tagSupport"), spare: true},
	{name: "data of actions", method: acting, keys: []string{"data"}, use: hasKeyWith("title", "data"), announced: announcesYes("textDocument.codeAction.dataSupport")},
	{name: "actions whose edit is asked for later", method: "textDocument/codeAction", use: someObject(func(o object) bool {
		_, title := o["title"]
		_, edit := o["edit"]
		_, command := o["command"]
		return title && !edit && !command
	}), announced: announcesOne("textDocument.codeAction.resolveSupport.properties", "edit")},
	{name: "edits of a version", method: editing, keys: []string{"documentChanges", "edits", "version"}, use: hasKey("documentChanges"), announced: announcesYes("workspace.workspaceEdit.documentChanges")},
	{name: "edits with tab stops", method: editing, keys: []string{"snippet", "value"}, use: hasKey("snippet"), announced: announcesYes("workspace.workspaceEdit.snippetEditSupport")},
	{name: "labelled edits", method: editing, keys: []string{"annotationId", "changeAnnotations"}, use: hasKey("annotationId", "changeAnnotations"), announced: announces("workspace.workspaceEdit.changeAnnotationSupport"), spare: true},
	{name: "edits of files", method: editing, use: holds("kind", "create"), announced: announces("workspace.workspaceEdit.resourceOperations"), spare: true},

	// Completion
	{name: "completion with tab stops", method: completing, use: holds("insertTextFormat", 2.0), announced: announcesYes("textDocument.completion.completionItem.snippetSupport")},
	{name: "documentation in Markdown", method: completing, use: holds("kind", "markdown"), announced: announcesOne("textDocument.completion.completionItem.documentationFormat", "markdown")},
	{name: "chosen items", method: completing, keys: []string{"preselect"}, use: hasKey("preselect"), announced: announcesYes("textDocument.completion.completionItem.preselectSupport")},
	{name: "commit characters", method: completing, keys: []string{"commitCharacters"}, use: hasKey("commitCharacters"), announced: announcesYes("textDocument.completion.completionItem.commitCharactersSupport")},
	{name: "details of labels", method: completing, keys: []string{"labelDetails", "description"}, use: hasKey("labelDetails"), announced: announcesYes("textDocument.completion.completionItem.labelDetailsSupport")},
	{name: "tags of items", method: completing, keys: []string{"tags"}, use: hasKey("tags"), announced: announces("textDocument.completion.completionItem.tagSupport"), spare: true},
	{name: "two ranges of an item", method: completing, keys: []string{"insert", "replace"}, use: hasKey("insert", "replace"), announced: announcesYes("textDocument.completion.completionItem.insertReplaceSupport"), spare: true},
	{name: "indentation of items", method: completing, keys: []string{"insertTextMode"}, use: hasKey("insertTextMode"), announced: announces("textDocument.completion.completionItem.insertTextModeSupport"), spare: true},
	{name: "edit range for all items", method: completing, keys: []string{"itemDefaults", "editRange"}, use: hasKey("editRange"), announced: announcesOne("textDocument.completion.completionList.itemDefaults", "editRange"), spare: true},
	{name: "commit characters for all items", method: completing, use: someObject(func(o object) bool {
		d, ok := o["itemDefaults"].(object)
		return ok && d["commitCharacters"] != nil
	}), announced: announcesOne("textDocument.completion.completionList.itemDefaults", "commitCharacters"), spare: true},
	lateKinds(completing, "label", "textDocument.completion.completionItemKind.valueSet"),

	// What is shown
	{name: "hover in Markdown", method: "textDocument/hover", use: holds("kind", "markdown"), announced: announcesOne("textDocument.hover.contentFormat", "markdown")},
	{name: "symbols within symbols", method: "textDocument/documentSymbol", keys: []string{"selectionRange", "children"}, use: hasKey("selectionRange", "children"), announced: announcesYes("textDocument.documentSymbol.hierarchicalDocumentSymbolSupport")},
	lateKinds("textDocument/documentSymbol", "name", "textDocument.documentSymbol.symbolKind.valueSet"),
	{name: "text of folded lines", method: "textDocument/foldingRange", keys: []string{"collapsedText"}, use: hasKey("collapsedText"), announced: announcesYes("textDocument.foldingRange.foldingRange.collapsedText")},
	{name: "tips of links", method: "textDocument/documentLink documentLink/resolve", keys: []string{"tooltip"}, use: hasKey("tooltip"), announced: announcesYes("textDocument.documentLink.tooltipSupport")},
	{name: "definitions with their origin", method: "textDocument/definition", keys: []string{"originSelectionRange", "targetUri", "targetRange", "targetSelectionRange"}, use: hasKey("targetUri"), announced: announcesYes("textDocument.definition.linkSupport")},
}

const (
	positionKeys = "range start end line character "
	editKeys     = positionKeys + "changes textDocument uri newText "
	// Those of a diagnostic, with the action that it comes with
	diagnosticKeys = positionKeys + "severity code source message "
)

// plainKeys are the properties that every client takes, by the kind of message.
var plainKeys = func() map[string][]string {
	out := make(map[string][]string)
	for methods, keys := range map[string]string{
		"$/cancelRequest":                  "id",
		"workspace/configuration":          "items section scopeUri",
		"client/registerCapability":        "registrations id method registerOptions section",
		"workspace/diagnostic/refresh":     "",
		"workspace/codeLens/refresh":       "",
		"workspace/inlayHint/refresh":      "",
		"workspace/semanticTokens/refresh": "",
		"workspace/foldingRange/refresh":   "",
		"window/workDoneProgress/create":   "token",
		"$/progress":                       "token value kind title message percentage cancellable",
		"window/logMessage":                "type message",
		"textDocument/publishDiagnostics":  diagnosticKeys + "uri diagnostics",
		"textDocument/diagnostic":          diagnosticKeys + "kind resultId items",
		acting:                             diagnosticKeys + editKeys + "title kind edit command diagnostics arguments",
		"workspace/applyEdit":              editKeys + "label edit",
		"window/showDocument":              "uri external takeFocus selection " + positionKeys,
		completing:                         editKeys + "isIncomplete items label kind detail documentation value sortText filterText insertText insertTextFormat textEdit additionalTextEdits command title arguments data",
		"textDocument/hover":               positionKeys + "contents kind value",
		"textDocument/documentSymbol":      positionKeys + "name detail kind containerName location uri",
		"textDocument/foldingRange":        "startLine startCharacter endLine endCharacter kind",
		"textDocument/selectionRange":      positionKeys + "parent",
		"textDocument/documentHighlight":   positionKeys + "kind",
		"textDocument/linkedEditingRange":  positionKeys + "ranges wordPattern",
		"textDocument/onTypeFormatting":    positionKeys + "newText",
		"textDocument/definition":          positionKeys + "uri",
		"textDocument/semanticTokens/full textDocument/semanticTokens/range": "resultId data",
		"textDocument/documentLink documentLink/resolve":                     positionKeys + "target data",
		"textDocument/codeLens codeLens/resolve":                             positionKeys + "command title arguments data",
		"textDocument/inlayHint inlayHint/resolve":                           positionKeys + "position label value kind tooltip paddingLeft paddingRight textEdits newText data",
	} {
		for m := range strings.FieldsSeq(methods) {
			out[m] = strings.Fields(keys)
		}
	}
	return out
}()
