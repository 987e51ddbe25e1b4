package lsp

import (
	"encoding/json"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"colophon/commit"
	"colophon/diagnostics"
)

// client is what the client can do, as far as it matters to us. Of what it does not
// say that it takes, it is sent nothing.
type client struct {
	encoding      protocol.PositionEncodingKind
	versions      bool // it takes a version with pushed diagnostics
	configuration bool // it can be asked for settings
	toldSettings  bool // it can be asked to tell when settings change
	progress      bool // it shows how work goes on
	status        bool // it has a status line for us; see status.go
	refresh       refreshes

	// Diagnostics
	pull            bool // it asks for diagnostics; then none are pushed
	related         bool // it shows related places
	codeDescription bool // it shows where a rule is explained
	diagnosticData  bool // it sends data back
	tags            []protocol.DiagnosticTag

	// Edits and code actions
	documentChanges bool // it takes edits that name the document's version
	snippetEdits    bool // it takes edits with tab stops
	applyEdit       bool // it makes edits that the server asks for
	literals        bool // it takes code actions that are more than commands
	preferred       bool // it knows isPreferred
	lazyEdits       bool // it asks for an action's edit later, and sends its data back

	// Completion
	snippets         bool // it takes items with tab stops
	preselect        bool
	commitCharacters bool
	labelDetails     bool
	lazyDocs         bool // it asks for an item's documentation later
	itemMarkdown     bool // it shows Markdown in it

	// What it shows
	markdown      bool // in hovers
	symbolTree    bool // symbols within symbols
	foldingLimit  int  // ranges; 0 is no limit
	foldingText   bool // it shows a text of ours in place of what is folded
	linkTooltips  bool
	locationLinks bool // a definition with the range that it was asked from
	lens          bool
	lensBehind    bool // it shows lenses behind the line, not above it
	inlayHints    bool
	lazyTips      bool // it asks for a hint's tooltip later
	tokens        bool // semantic tokens of a whole document, relative
	tokenTypes    []string
}

// refreshes is what the client can be told to ask for again.
type refreshes struct{ diagnostics, lenses, inlayHints, tokens bool }

func readClient(p *protocol.InitializeParams) client {
	var c client
	caps := p.Capabilities
	var offered []protocol.PositionEncodingKind
	if g := caps.General; g != nil {
		offered = g.PositionEncodings
	}
	c.encoding = negotiate(offered)
	if t := caps.TextDocument; t != nil {
		c.readDiagnostics(t)
		c.readEditing(t)
		c.readShowing(t)
	}
	if w := caps.Workspace; w != nil {
		c.readWorkspace(w)
	}
	if w := caps.Window; w != nil {
		c.progress = yes(w.WorkDoneProgress)
	}
	var experimental struct {
		Status bool `json:"colophonStatus"`
	}
	_ = json.Unmarshal(caps.Experimental, &experimental) // of another form: other experiments
	c.status = experimental.Status
	c.lensBehind = lensBehind(p.ClientInfo)
	if p.ClientInfo.Name == "Neovim" && !c.refresh.diagnostics {
		// Neovim 0.10 asks only after edits and cannot be told to ask again, so a
		// `git add` beside it would not show; what is pushed does.
		c.pull = false
	}
	return c
}

func (c *client) readDiagnostics(t *protocol.TextDocumentClientCapabilities) {
	read := func(d protocol.DiagnosticsCapabilities) {
		c.related = c.related || yes(d.RelatedInformation)
		c.codeDescription = c.codeDescription || yes(d.CodeDescriptionSupport)
		c.diagnosticData = c.diagnosticData || yes(d.DataSupport)
		c.tags = append(c.tags, d.TagSupport.ValueSet...)
	}
	if d := t.Diagnostic; d != nil {
		c.pull = true
		read(d.DiagnosticsCapabilities)
	}
	if d := t.PublishDiagnostics; d != nil {
		read(d.DiagnosticsCapabilities)
		c.versions = yes(d.VersionSupport)
	}
}

func (c *client) readEditing(t *protocol.TextDocumentClientCapabilities) {
	if a := t.CodeAction; a != nil {
		c.literals = a.CodeActionLiteralSupport.CodeActionKind.ValueSet != nil
		c.preferred = yes(a.IsPreferredSupport)
		c.lazyEdits = yes(a.DataSupport) && slices.Contains(a.ResolveSupport.Properties, "edit")
	}
	if o := t.Completion; o != nil {
		if i := o.CompletionItem; i != nil {
			c.snippets = yes(i.SnippetSupport)
			c.preselect = yes(i.PreselectSupport)
			c.commitCharacters = yes(i.CommitCharactersSupport)
			c.labelDetails = yes(i.LabelDetailsSupport)
			c.lazyDocs = slices.Contains(i.ResolveSupport.Properties, "documentation")
			c.itemMarkdown = len(i.DocumentationFormat) > 0 && i.DocumentationFormat[0] == protocol.MarkupKindMarkdown
		}
	}
}

func (c *client) readShowing(t *protocol.TextDocumentClientCapabilities) {
	if h := t.Hover; h != nil && len(h.ContentFormat) > 0 {
		c.markdown = h.ContentFormat[0] == protocol.MarkupKindMarkdown
	}
	c.symbolTree = t.DocumentSymbol != nil && yes(t.DocumentSymbol.HierarchicalDocumentSymbolSupport)
	if f := t.FoldingRange; f != nil {
		c.foldingText = f.FoldingRange != nil && yes(f.FoldingRange.CollapsedText)
		if f.RangeLimit != nil {
			c.foldingLimit = int(min(*f.RangeLimit, 1<<20))
		}
	}
	c.linkTooltips = t.DocumentLink != nil && yes(t.DocumentLink.TooltipSupport)
	c.locationLinks = t.Definition != nil && yes(t.Definition.LinkSupport)
	c.lens = t.CodeLens != nil
	if h := t.InlayHint; h != nil {
		c.inlayHints = true
		c.lazyTips = slices.Contains(h.ResolveSupport.Properties, "tooltip")
	}
	k := t.SemanticTokens
	c.tokenTypes = k.TokenTypes
	c.tokens = slices.Contains(k.Formats, protocol.TokenFormatRelative)
}

func (c *client) readWorkspace(w *protocol.WorkspaceClientCapabilities) {
	c.configuration = yes(w.Configuration)
	c.toldSettings = w.DidChangeConfiguration != nil && yes(w.DidChangeConfiguration.DynamicRegistration)
	c.applyEdit = yes(w.ApplyEdit)
	c.documentChanges = w.WorkspaceEdit != nil && yes(w.WorkspaceEdit.DocumentChanges)
	c.snippetEdits = c.documentChanges && yes(w.WorkspaceEdit.SnippetEditSupport)
	// lsp-mode announces them only here.
	c.lens = c.lens || w.CodeLens != nil
	c.inlayHints = c.inlayHints || w.InlayHint != nil
	c.refresh = refreshes{
		diagnostics: w.Diagnostics != nil && yes(w.Diagnostics.RefreshSupport),
		lenses:      w.CodeLens != nil && yes(w.CodeLens.RefreshSupport),
		inlayHints:  w.InlayHint != nil && yes(w.InlayHint.RefreshSupport),
		tokens:      w.SemanticTokens != nil && yes(w.SemanticTokens.RefreshSupport),
	}
}

func yes(b *bool) bool { return b != nil && *b }

// folders are the client's open folders, for documents that are no files.
func folders(p *protocol.InitializeParams) []string {
	var paths []string
	add := func(u uri.URI) {
		if path, ok := localPath(u); ok {
			paths = append(paths, path)
		}
	}
	if w, ok := p.WorkspaceFolders.Get(); ok {
		for _, f := range w {
			add(f.URI)
		}
	}
	//lint:ignore SA1019 clients from before workspace folders, and some of today's, send nothing else
	if root := p.RootURI; len(paths) == 0 && root != nil {
		add(*root)
	}
	return paths
}

// location is where a text that is judged belongs.
type location struct {
	path     string // its own file, or a folder of the repository
	comments bool   // whether lines that start with the comment character are comments
	kind     diagnostics.Kind
	perhaps  bool // only what stands in it tells whether it is of that kind, or of an issue
	other    bool // another program than git has opened it
}

// locate tells whether a document is a text that is judged, and of which repository.
// Editors give tags, notes and branch descriptions the same language, and may
// take a commit message for another one; the file's name decides.
func (s *server) locate(doc *document) (location, bool) {
	if doc.languageID == "scminput" {
		// The commit box of VS Code is no file, and has no comments.
		if root := boxRoot(string(doc.uri)); root != "" {
			return location{path: root}, true
		}
		if len(s.folders) > 0 {
			return location{path: s.folders[0]}, true
		}
		return location{}, false
	}
	path, ok := localPath(doc.uri)
	if !ok {
		return location{}, false
	}
	if at, ok := s.locateCover(path); ok {
		return at, true
	}
	switch filepath.Base(path) {
	case "COMMIT_EDITMSG", "MERGE_MSG":
		return location{path: path, comments: true}, true
	case "final-commit": // of `git am --interactive`, which strips no comments
		return location{path: path}, filepath.Base(filepath.Dir(path)) == "rebase-apply"
	}
	if other, several := commit.OtherProgram(path, doc.text); other {
		return location{path: path, comments: true, other: true}, !several
	}
	return s.locateRequest(doc, path)
}

// maxPath is more than the longest path that any system opens, in bytes. To look for
// a repository above a longer one could take minutes.
const maxPath = 32 << 10

// localPath is the file on this machine that a URI names. One with a host names a
// file elsewhere: even to look whether it is there would go over the network.
func localPath(u uri.URI) (path string, ok bool) {
	if !u.IsFile() || u.Authority() != "" {
		return "", false
	}
	path = u.FsPath()
	if len(path) > maxPath || !filepath.IsAbs(path) || strings.HasPrefix(path, "//") || strings.HasPrefix(path, `\\`) || strings.ContainsRune(path, 0) {
		return "", false
	}
	return path, true
}

// boxRoot reads the repository from the URI of a commit box:
// vscode-scm:git/scm0/input?rootUri=file:///path. The inner URI is escaped, the
// outer one may be escaped once more, and decoding has escaped what was not.
func boxRoot(u string) string {
	_, query, _ := strings.Cut(u, "?")
	for range 3 {
		plain, err := url.PathUnescape(query) // which leaves a + alone
		if err != nil {
			return ""
		}
		query = plain
		_, root, ok := strings.Cut(query, "rootUri=")
		if ok && strings.HasPrefix(root, "file:") {
			file, err := uri.Parse(root)
			if err != nil {
				return ""
			}
			path, _ := localPath(file)
			return path
		}
	}
	return ""
}
