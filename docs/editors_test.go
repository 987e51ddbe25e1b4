package docs_test

import (
	"cmp"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// editor is a row of the table: what a person does to have it, and by which name its
// test, if there is one, says what works.
type editor struct {
	name, test, install, setUp, waits string
}

var editorRows = []editor{
	{"[VS Code](../editors/vscode/README.md), also its commit box", "vscode", "the package of your platform", "none", "`code --wait`"},
	{"[Neovim](../editors/neovim/README.md)", "neovim", "the plug-in", "`vim.lsp.enable('colophon')`; before 0.11 `require('colophon').setup()`", "`nvim`"},
	{"[Vim](../editors/vim/README.md)", "vim", "ALE", "`filetype plugin on`, `set runtimepath+=…/editors/vim`", "`vim`"},
	{"[Emacs](../editors/emacs/README.md)", "emacs", "before 29: Eglot or lsp-mode", "`(load \"…/editors/emacs/colophon\")`, `(colophon-mode 1)`", "`emacs`, `emacsclient`"},
	{"[Helix](../editors/helix/README.md)", "helix", "nothing", "`languages.toml`", "`hx`"},
	{"[Kate](../editors/kate/README.md)", "kate", "its LSP Client plug-in", "copy `settings.json`, `syntax/*.xml`", "`kate -b -n`"},
	{"[Zed](../editors/zed/README.md)", "", "the extension, as a dev extension", "none", "`zed --wait`"},
	{"[Sublime Text](../editors/sublime/README.md)", "", "its LSP package", "see there", "`subl -n -w`"},
	{"[Kakoune](../editors/kakoune/README.md)", "", "kakoune-lsp", "see there", "`kak`"},
	{"[JetBrains](../editors/jetbrains/README.md)", "", "LSP4IJ", "import the template", "`idea --wait`"},
}

// features are the columns in the middle: as the tests name them, and as people do.
var features = [][2]string{
	{"findings", "findings"}, {"fixes", "fixes"}, {"hover", "hover"}, {"completion", "completion"}, {"glance", "one glance"},
	{"hints", "hints"}, {"policy file", "policy file"}, {"ends", "no server stays"},
}

// What works where is what the tests in the real programs have seen, which
// `make prove-editors` writes down and `make test-editors` compares.
func TestEditorsTable(t *testing.T) {
	raw, err := os.ReadFile("../editors/proved.json")
	if err != nil {
		t.Fatal(err)
	}
	proved := make(map[string]map[string][]string)
	if err := json.Unmarshal(raw, &proved); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	row := func(cells ...string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	head := []string{"editor", "install", "set-up", "tested"}
	for _, f := range features {
		head = append(head, f[1])
	}
	row(append(head, "an editor that waits")...)
	b.WriteString(strings.Repeat("|---", len(head)+1) + "|\n")
	for _, e := range editorRows {
		cells := []string{e.name, e.install, e.setUp}
		if e.test == "" {
			cells = append(cells, "not tested by us")
			cells = append(cells, make([]string, len(features))...)
		} else {
			versions := slices.SortedFunc(maps.Keys(proved[e.test]), byVersion)
			if len(versions) == 0 {
				t.Errorf("no test has proved anything of %s", e.test)
			}
			cells = append(cells, strings.Join(versions, ", "))
			for _, f := range features {
				works := slices.DeleteFunc(slices.Clone(versions), func(v string) bool { return !slices.Contains(proved[e.test][v], f[0]) })
				switch len(works) {
				case 0:
					cells = append(cells, "no")
				case len(versions):
					cells = append(cells, "yes")
				default:
					cells = append(cells, strings.Join(works, ", "))
				}
			}
			delete(proved, e.test)
		}
		row(append(cells, e.waits)...)
	}
	for name := range proved {
		t.Errorf("%s is proved, and has no row", name)
	}
	compareTable(t, "editors.md", "editors", b.String())
}

// byVersion has 0.7 before 0.10.
func byVersion(a, b string) int {
	return slices.CompareFunc(strings.Split(a, "."), strings.Split(b, "."), func(a, b string) int {
		x, _ := strconv.Atoi(a) // what is no number comes first
		y, _ := strconv.Atoi(b)
		return cmp.Or(cmp.Compare(x, y), strings.Compare(a, b))
	})
}
