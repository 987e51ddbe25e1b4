package lsp

import (
	"net/url"
	"path/filepath"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// client is what the client can do, as far as it matters to us.
type client struct {
	encoding        protocol.PositionEncodingKind
	pull            bool // it asks for diagnostics; then none are pushed
	refresh         bool // it can be told to ask again
	related         bool // it shows related places
	documentChanges bool // it takes edits that name the document's version
	markdown        bool // it shows Markdown in hovers
	versions        bool // it takes a version with pushed diagnostics
	configuration   bool // it can be asked for settings
	preferred       bool // it knows isPreferred
	symbolTree      bool // it shows symbols within symbols
	snippetEdits    bool // it takes edits with tab stops
}

func readClient(p *protocol.InitializeParams) client {
	var c client
	caps := p.Capabilities
	var offered []protocol.PositionEncodingKind
	if g := caps.General; g != nil {
		offered = g.PositionEncodings
	}
	c.encoding = negotiate(offered)
	if t := caps.TextDocument; t != nil {
		c.pull = t.Diagnostic != nil
		if t.Diagnostic != nil {
			c.related = yes(t.Diagnostic.RelatedInformation)
		}
		if d := t.PublishDiagnostics; d != nil {
			c.related = c.related || yes(d.RelatedInformation)
			c.versions = yes(d.VersionSupport)
		}
		if h := t.Hover; h != nil && len(h.ContentFormat) > 0 {
			c.markdown = h.ContentFormat[0] == protocol.MarkupKindMarkdown
		}
		if a := t.CodeAction; a != nil {
			c.preferred = yes(a.IsPreferredSupport)
		}
		c.symbolTree = t.DocumentSymbol != nil && yes(t.DocumentSymbol.HierarchicalDocumentSymbolSupport)
	}
	if w := caps.Workspace; w != nil {
		c.refresh = w.Diagnostics != nil && yes(w.Diagnostics.RefreshSupport)
		c.configuration = yes(w.Configuration)
		c.documentChanges = w.WorkspaceEdit != nil && yes(w.WorkspaceEdit.DocumentChanges)
		c.snippetEdits = c.documentChanges && yes(w.WorkspaceEdit.SnippetEditSupport)
	}
	if p.ClientInfo.Name == "Neovim" && !c.refresh {
		// Neovim 0.10 asks only after edits and cannot be told to ask again, so a
		// `git add` beside it would not show; what is pushed does.
		c.pull = false
	}
	return c
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

// location is where a commit message belongs.
type location struct {
	path     string // its own file, or a folder of the repository
	comments bool   // whether lines that start with the comment character are comments
}

// locate tells whether a document is a commit message, and of which repository.
// Editors give tags, notes and branch descriptions the same language, and may
// take a commit message for another one; the file's name decides.
func (s *server) locate(doc *document) (location, bool) {
	if doc.languageID == "scminput" {
		// The commit box of VS Code is no file, and has no comments.
		if root := boxRoot(string(doc.uri)); root != "" {
			return location{root, false}, true
		}
		if len(s.folders) > 0 {
			return location{s.folders[0], false}, true
		}
		return location{}, false
	}
	path, ok := localPath(doc.uri)
	if !ok {
		return location{}, false
	}
	switch filepath.Base(path) {
	case "COMMIT_EDITMSG", "MERGE_MSG":
		return location{path, true}, true
	case "final-commit": // of `git am --interactive`, which strips no comments
		return location{path, false}, filepath.Base(filepath.Dir(path)) == "rebase-apply"
	}
	return location{}, false
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
