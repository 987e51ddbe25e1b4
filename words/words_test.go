package words_test

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"colophon/diagnostics"
	"colophon/words"
)

func TestWith(t *testing.T) {
	for _, c := range []struct {
		sentence words.Sentence
		pairs    []string
		want     string
	}{
		{"as it is.", nil, "as it is."},
		{"{Project} wants `{trailer}`.", []string{"trailer", "Cc", "Project", "Git's policy"}, "Git's policy wants `Cc`."},
		{"{a}{a}, {b}", []string{"a", "{b}", "b", "2"}, "{b}{b}, 2"},
		{"{a} {open", []string{"a", "{"}, "{ {open"},
		{"{other} {a}", []string{"a", "1", "a", "2"}, "{other} 1"},
	} {
		if got := c.sentence.With(c.pairs...); got != c.want {
			t.Errorf("%q with %q: %q, not %q", c.sentence, c.pairs, got, c.want)
		}
	}
}

// constant is a sentence of the catalogue.
type constant struct {
	name, text string
	rule       bool // it stands in a group of the rules
	group      int  // the place of that rule among all, from 1
	at         token.Position
}

// places are the names of what is filled in.
func (c constant) places() []string {
	var names []string
	for _, m := range place.FindAllStringSubmatch(c.text, -1) {
		if !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	return names
}

var place = regexp.MustCompile(`\{([^{}]*)\}`)

// is tells whether a constant's name says that it is of a kind, such as Title.
func (c constant) is(kinds ...string) bool {
	return slices.ContainsFunc(kinds, func(k string) bool { return strings.HasSuffix(c.name, k) })
}

// finding tells whether a constant is the message of a finding.
func (c constant) finding() bool {
	return c.rule && !c.is("Title", "Label", "Piece", "Text") && c.name != "And" && c.name != "Or"
}

// catalogue reads the sentences from the source. The groups of the rules begin with
// a rule's id, or with "All rules".
func catalogue(t *testing.T) map[string]constant {
	t.Helper()
	all := make(map[string]constant)
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "catalogue.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		if g.Doc == nil {
			t.Errorf("%s: a group without a comment", fset.Position(g.Pos()))
		}
		head := strings.TrimSpace(g.Doc.Text())
		group := 1 + slices.IndexFunc(diagnostics.Rules(), func(r *diagnostics.Rule) bool {
			return strings.HasPrefix(head, r.ID+":") || strings.HasPrefix(head, r.ID+",")
		})
		rule := group > 0 || strings.HasPrefix(head, "All rules")
		for _, s := range g.Specs {
			v := s.(*ast.ValueSpec)
			for i, name := range v.Names {
				typed, _ := v.Type.(*ast.Ident)
				text, ok := v.Values[i].(*ast.BasicLit)
				if typed == nil || typed.Name != "Sentence" || !ok {
					t.Errorf("%s: %s is no Sentence with its text", fset.Position(v.Pos()), name.Name)
					continue
				}
				all[name.Name] = constant{name.Name, unquote(t, text), rule, group, fset.Position(v.Pos())}
			}
		}
	}
	return all
}

func unquote(t *testing.T, l *ast.BasicLit) string {
	t.Helper()
	s, err := strconv.Unquote(l.Value)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// house is the project's own code, without its tests.
func house(t *testing.T, fset *token.FileSet) map[string]*ast.File {
	t.Helper()
	all := make(map[string]*ast.File)
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := d.Name(); d.IsDir() && name != ".." && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "testdata") {
			return filepath.SkipDir
		}
		path = filepath.ToSlash(path)
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "../words/") {
			return nil
		}
		f, err := parser.ParseFile(fset, path, nil, 0)
		all[strings.TrimPrefix(path, "../")] = f
		return err
	})
	if err != nil || len(all) < 50 {
		t.Fatalf("%d files of Go: %v", len(all), err)
	}
	return all
}

// named are the sentences of the catalogue that stand in a piece of code.
func named(n ast.Node) []string {
	var names []string
	ast.Inspect(n, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "words" && ast.IsExported(s.Sel.Name) {
				names = append(names, s.Sel.Name)
			}
		}
		return true
	})
	return names
}

// The rules' groups come in the order of the rules.
func TestOrder(t *testing.T) {
	var all []constant
	for _, c := range catalogue(t) {
		if c.rule {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b constant) int {
		return cmp.Or(cmp.Compare(a.at.Filename, b.at.Filename), cmp.Compare(a.at.Line, b.at.Line))
	})
	for i := 1; i < len(all); i++ {
		if all[i].group < all[i-1].group {
			t.Errorf("%s: %s stands behind another rule's", all[i].at, all[i].name)
		}
	}
}

// Nothing stands in the catalogue that nobody can see.
func TestEverySentenceIsUsed(t *testing.T) {
	used := make(map[string]bool)
	for _, f := range house(t, token.NewFileSet()) {
		for _, name := range named(f) {
			used[name] = true
		}
	}
	for name, c := range catalogue(t) {
		if !used[name] {
			t.Errorf("%s: %s is not used", c.at, name)
		}
	}
}

// unfollowed are the functions that fill in what stands in a table, where the test
// below does not look.
var unfollowed = []string{
	"lsp: explain",    // by name, as the client sends it back
	"lsp: sayAI",      // the pairs of all states together
	"lsp: tool",       // one sentence for each part of a grammar
	"policy: classes", // one sentence for each class
}

// A sentence gets what it has places for, by literal names. Where one of several is
// chosen, each place of them is filled in, and nothing that none of them has.
func TestEveryPlaceIsFilled(t *testing.T) {
	all := catalogue(t)
	fset := token.NewFileSet()
	code := read(house(t, fset))
	filled := make(map[string]bool) // sentences that were seen with what is filled in
	met := make(map[string]bool)    // functions that are not followed
	for _, in := range code {
		ast.Inspect(in.decl, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			s, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			at := fset.Position(call.Pos())
			if which := named(s.X); s.Sel.Name == "String" && len(which) == 1 && len(all[which[0]].places()) > 0 {
				t.Errorf("%s: nothing is filled in in %s", at, which[0])
			}
			if s.Sel.Name != "With" {
				return true
			}
			which := code.chosen(in, s.X, 0)
			if name := in.folder + ": " + in.name(); len(which) == 0 && slices.Contains(unfollowed, name) {
				met[name] = true
				return true
			}
			checkPlaces(t, at, all, which, call.Args)
			for _, w := range which {
				filled[w] = true
			}
			return true
		})
	}
	for _, name := range unfollowed {
		if !met[name] {
			t.Errorf("%s need not be listed any more", name)
		}
	}
	for name, c := range all {
		if c.rule && len(c.places()) > 0 && !filled[name] {
			t.Errorf("%s: nobody fills in %s", c.at, name)
		}
	}
}

// function is a declaration with the folder it stands in.
type function struct {
	folder string
	decl   ast.Decl
}

func (f function) name() string {
	if fn, ok := f.decl.(*ast.FuncDecl); ok {
		return fn.Name.Name
	}
	return ""
}

type functions []function

func read(files map[string]*ast.File) (all functions) {
	for path, f := range files {
		for _, d := range f.Decls {
			all = append(all, function{filepath.Dir(path), d})
		}
	}
	return all
}

// chosen are the sentences that an expression can be: those named in it; or, for a
// variable, what it is set to; for a parameter, what the callers give; for a call,
// what the function names.
func (all functions) chosen(in function, x ast.Expr, depth int) []string {
	if names := named(x); len(names) > 0 || depth > 4 {
		return names
	}
	var names []string
	switch x := x.(type) {
	case *ast.CallExpr:
		for _, f := range all {
			if f.folder == in.folder && f.name() == calls(x) {
				names = append(names, named(f.decl)...)
			}
		}
	case *ast.Ident:
		ast.Inspect(in.decl, func(n ast.Node) bool {
			a, ok := n.(*ast.AssignStmt)
			if !ok || len(a.Lhs) != len(a.Rhs) {
				return true
			}
			for i, left := range a.Lhs {
				if id, ok := left.(*ast.Ident); ok && id.Name == x.Name {
					names = append(names, all.chosen(in, a.Rhs[i], depth+1)...)
				}
			}
			return true
		})
		at := parameter(in.decl, x.Name)
		for _, f := range all {
			if at < 0 || f.folder != in.folder {
				continue
			}
			ast.Inspect(f.decl, func(n ast.Node) bool {
				if c, ok := n.(*ast.CallExpr); ok && calls(c) == in.name() && at < len(c.Args) {
					names = append(names, all.chosen(f, c.Args[at], depth+1)...)
				}
				return true
			})
		}
	}
	return names
}

// calls is the name of the function or method that is called.
func calls(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// parameter is the place of a function's parameter, or -1.
func parameter(d ast.Decl, name string) int {
	fn, ok := d.(*ast.FuncDecl)
	if !ok {
		return -1
	}
	at := 0
	for _, field := range fn.Type.Params.List {
		for _, id := range field.Names {
			if id.Name == name {
				return at
			}
			at++
		}
	}
	return -1
}

func checkPlaces(t *testing.T, at token.Position, all map[string]constant, which []string, args []ast.Expr) {
	t.Helper()
	if len(which) == 0 {
		t.Errorf("%s: which sentence is this? Choose it where it can be seen", at)
		return
	}
	wanted := make(map[string]bool)
	for _, name := range which {
		for _, p := range all[name].places() {
			wanted[p] = true
		}
	}
	given := make(map[string]bool)
	for i := 0; i < len(args); i += 2 {
		l, ok := args[i].(*ast.BasicLit)
		if !ok || l.Kind != token.STRING || i+1 == len(args) {
			t.Errorf("%s: a name is no literal, or has no value", at)
			return
		}
		given[unquote(t, l)] = true
	}
	if !maps.Equal(wanted, given) {
		t.Errorf("%s: %s has the places %q and gets %q", at, strings.Join(which, ", "), slices.Sorted(maps.Keys(wanted)), slices.Sorted(maps.Keys(given)))
	}
}

// blame are words that no text has: they blame, or they ask for a favour.
var blame = regexp.MustCompile(`(?i)\b(lied?|cheat\w*|illegal|fail\w*|violat\w*|forgot\w*|please|sorry|oops|simply|obviously)\b|%[sdqv]`)

// unwelcome are words that a rule does not say, since they command, speak to
// somebody, or are ours alone.
var unwelcome = regexp.MustCompile(`(?i)\b(you|yours?|must|wrong|bad|invalid|errors?|forbidden|just|span|claims?|ring|regex\w*|nil|null|boolean|enum|pars(?:e|ing)|syntax|grammar|LSP|AST)\b|!|\.\.\.`)

// A finding is a sentence, and what stands beside it is not. The rest of the
// catalogue is only held to its words.
func TestStyle(t *testing.T) {
	const most = 240 // bytes
	for name, c := range catalogue(t) {
		if w := blame.FindString(c.text); w != "" {
			t.Errorf("%s: %s says %q", c.at, name, w)
		}
		if !c.rule {
			continue
		}
		if w := unwelcome.FindString(c.text); w != "" {
			t.Errorf("%s: %s says %q", c.at, name, w)
		}
		if len(c.text) > most || strings.TrimSpace(c.text) != c.text || strings.Contains(c.text, "  ") || strings.Contains(c.text, "\n") {
			t.Errorf("%s: %s is too long, or has blanks too many", c.at, name)
		}
		if strings.Count(c.text, "{") != strings.Count(c.text, "}") || slices.ContainsFunc(c.places(), func(p string) bool { return !placeName.MatchString(p) }) {
			t.Errorf("%s: %s has a place without a name", c.at, name)
		}
		switch begins, ends := first.MatchString(c.text), last.MatchString(c.text); {
		case c.finding():
			if !begins || !ends {
				t.Errorf("%s: %s is no sentence: %s", c.at, name, c.text)
			}
			if n := len(sentenceEnd.FindAllString(c.text, -1)); n > 2 {
				t.Errorf("%s: %s has %d sentences", c.at, name, n)
			}
		case c.is("Title") && !begins, c.is("Title", "Label", "Piece") && strings.HasSuffix(c.text, "."):
			t.Errorf("%s: %s is written like another kind of text: %s", c.at, name, c.text)
		}
	}
}

var (
	first       = regexp.MustCompile("^[(`\"]?(?:[A-Z]|\\{|`)")
	last        = regexp.MustCompile(`(?:[.?]|[.?]\)|”)$`)
	sentenceEnd = regexp.MustCompile(`[.?]\)?(?: |$)`)
	placeName   = regexp.MustCompile(`^[A-Za-z]+$`)
)

// In diagnostics, what a person sees is not written where it is used.
func TestRulesTakeTheirWordsFromHere(t *testing.T) {
	fset := token.NewFileSet()
	for path, f := range house(t, fset) {
		if !strings.HasPrefix(path, "diagnostics/") {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				id, ok := n.Type.(*ast.Ident)
				if ok && (id.Name == "Rule" || id.Name == "Example") {
					return false // the page stands with its rule
				}
				if ok && id.Name == "Evidence" && len(n.Elts) > 1 {
					checkMade(t, fset, n.Elts[1]) // behind where it comes from, what it says
				}
			case *ast.KeyValueExpr:
				if id, ok := n.Key.(*ast.Ident); ok && visible(id.Name) {
					checkMade(t, fset, n.Value)
				}
			case *ast.AssignStmt:
				for i, left := range n.Lhs {
					if s, ok := left.(*ast.SelectorExpr); ok && visible(s.Sel.Name) && len(n.Rhs) == len(n.Lhs) {
						checkMade(t, fset, n.Rhs[i])
					}
				}
			case *ast.FuncDecl:
				checkProse(t, fset, n)
			}
			return true
		})
	}
}

// visible tells whether a field is shown: of a Finding, a Related or a Fix.
func visible(field string) bool { return field == "Message" || field == "Title" }

func checkMade(t *testing.T, fset *token.FileSet, e ast.Expr) {
	t.Helper()
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if s, ok := n.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "With" {
				return false // the names of places are literals
			}
			if s, ok := n.Fun.(*ast.SelectorExpr); ok && strings.HasPrefix(s.Sel.Name, "Sprint") {
				t.Errorf("%s: made with %s", fset.Position(n.Pos()), s.Sel.Name)
			}
		case *ast.BasicLit:
			if n.Kind == token.STRING && letter.MatchString(n.Value) {
				t.Errorf("%s: the text %s is not in the catalogue", fset.Position(n.Pos()), n.Value)
			}
		}
		return true
	})
}

// checkProse finds texts of more than one word in a function, wherever they go.
// Patterns and tables stand outside functions.
func checkProse(t *testing.T, fset *token.FileSet, f *ast.FuncDecl) {
	t.Helper()
	ast.Inspect(f, func(n ast.Node) bool {
		if kv, ok := n.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok && id.Name == "ID" {
				return false // a name for machines
			}
		}
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING && prose.MatchString(unquote(t, l)) {
			t.Errorf("%s: the text %s is not in the catalogue", fset.Position(l.Pos()), l.Value)
		}
		return true
	})
}

var (
	letter = regexp.MustCompile(`[A-Za-z]`)
	prose  = regexp.MustCompile(`[A-Za-z][,:;]? +[A-Za-z]`)
)

// Every message of the rules is pinned: a golden file has it.
func TestEveryMessageIsPinned(t *testing.T) {
	var found strings.Builder
	for _, folder := range []string{"diagnostics", "presets", "series"} {
		files, err := filepath.Glob("../testdata/" + folder + "/*.txtar")
		if err != nil || len(files) < 5 {
			t.Fatalf("%d files in %s: %v", len(files), folder, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, findings, _ := strings.Cut(string(text), "-- findings --\n")
			findings, _, _ = strings.Cut(findings, "\n-- ")
			found.WriteString(findings + "\n")
		}
	}
	for _, c := range catalogue(t) {
		if (c.finding() || c.rule && c.is("Title", "Label")) && !c.pattern().MatchString(found.String()) {
			t.Errorf("%s: no case in testdata has %s: %s", c.at, c.name, c.text)
		}
	}
}

// pattern matches the text with its places filled in. Between quotes it stays within
// them.
func (c constant) pattern() *regexp.Regexp {
	var b strings.Builder
	b.WriteString(`(?m)`)
	at := 0
	for _, m := range place.FindAllStringIndex(c.text, -1) {
		b.WriteString(regexp.QuoteMeta(c.text[at:m[0]]))
		switch before := c.text[:m[0]]; {
		case strings.HasSuffix(before, "`"):
			b.WriteString("[^`]+")
		case strings.HasSuffix(before, `"`):
			b.WriteString(`[^"]+`)
		case before != "" && !strings.ContainsAny(before[len(before)-1:], " ("):
			b.WriteString(".*") // a piece that may be missing
		default:
			b.WriteString(".+")
		}
		at = m[1]
	}
	b.WriteString(regexp.QuoteMeta(c.text[at:]))
	if !strings.HasSuffix(c.text, "}") {
		b.WriteString(`(?:\s|$)`)
	}
	return regexp.MustCompile(b.String())
}
