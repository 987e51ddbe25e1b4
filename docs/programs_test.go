package docs_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// otherPrograms are the headings whose commands need a repository of that program.
var otherPrograms = []string{"Jujutsu", "Mercurial", "StGit"}

// section is what the page says below a heading of the third level.
func section(t *testing.T, heading string) string {
	t.Helper()
	page, err := os.ReadFile("integration.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, ok := strings.Cut(string(page), "\n### "+heading+"\n")
	if !ok {
		t.Fatalf("the page has no heading %q", heading)
	}
	text, _, _ = strings.Cut(text, "\n## ")
	text, _, _ = strings.Cut(text, "\n### ")
	return text
}

// recipe runs the commands of a section.
func (p *project) recipe(heading string) {
	p.Helper()
	blocks := fence.FindAllStringSubmatch(section(p.T, heading), -1)
	if len(blocks) == 0 {
		p.Fatalf("%s has no commands", heading)
	}
	for _, b := range blocks {
		p.must(b[2])
	}
}

// with is the environment with a program, which is called as it is everywhere.
func (p *project) with(program, install string) {
	p.Helper()
	if _, err := exec.LookPath(program); err == nil {
		return
	}
	if install == "" {
		p.Fatalf("this test needs %s: run scripts/install mercurial stgit, or install your system's packages", program)
	}
	out, err := exec.Command(install).Output()
	if err != nil {
		p.Fatalf("%s: %v", install, err)
	}
	path := filepath.Dir(strings.TrimSpace(string(out)))
	p.env = append(p.env, "PATH="+path+string(os.PathListSeparator)+p.variable("PATH"))
}

func (p *project) variable(name string) (value string) {
	for _, v := range p.env {
		if v, ok := strings.CutPrefix(v, name+"="); ok {
			value = v
		}
	}
	return value
}

const badMessage = "net: x\n\nIt is better so.\n\nCo-authored-by: Claude <noreply@anthropic.com>\nSigned-off-by: Jo Doe <jo@example.org>\n"

// editing has a description written and then edited, with `colophon fix` for a person, and
// compares what the program has made of it: the project's trailer for these kinds, and
// nothing of a remark. It returns what `colophon show` says of the buffer.
func (p *project) editing(edit, made, file, kinds string) (shown string) {
	p.Helper()
	dir := p.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "editor"), []byte(`#!/bin/sh
set -eu
basename "$1" >"`+dir+`/file"
colophon check --fail-on never "$1" >"`+dir+`/checked"
colophon show --format json "$1" >"`+dir+`/shown"
colophon fix --write "$1"
case $1 in *.stgit*) ;; *) # a person says in a remark that it was read
	remark=$(sed -n 's/^\([A-Z][A-Z]:\).*/\1/p' "$1" | head -n 1)
	printf '%s a remark\n' "$remark" | cat - "$1" >"`+dir+`/text"
	cat "`+dir+`/text" >"$1" ;;
esac
`), 0o777); err != nil {
		p.Fatal(err)
	}
	editor := filepath.Join(dir, "editor")
	p.must(edit, "JJ_EDITOR="+editor, "HGEDITOR="+editor, "GIT_EDITOR="+editor)
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			p.Fatal(err)
		}
		return string(text)
	}
	if ok, err := filepath.Match(file, strings.TrimSpace(read("file"))); err != nil || !ok {
		p.Errorf("the file is called %q, the page says %q", strings.TrimSpace(read("file")), file)
	}
	if !strings.Contains(section(p.T, strings.TrimPrefix(p.Name(), "Test")), strings.ReplaceAll(file, "*", "…")) {
		p.Errorf("the page does not name %s", file)
	}
	want := "net: x\n\nIt is better so.\n\nAI-used-for: " + kinds + "\nSigned-off-by: Jo Doe <jo@example.org>"
	if got := strings.TrimSpace(p.must(made)); got != want {
		p.Errorf("the description is\n%s\nwant\n%s", got, want)
	}
	if checked := read("checked"); !strings.Contains(checked, "[trailer-forbidden]") {
		p.Errorf("it says %s", checked)
	}
	return read("shown")
}

// files are the paths that `colophon show` has; nil where they are not known.
func files(t *testing.T, shown string) (paths []string) {
	t.Helper()
	var doc struct {
		Change *struct{ Files []struct{ Path string } }
	}
	if err := json.Unmarshal([]byte(shown), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Change == nil {
		return nil
	}
	for _, f := range doc.Change.Files {
		paths = append(paths, f.Path)
	}
	return paths
}

func TestJujutsu(t *testing.T) {
	p := newProject(t)
	p.with("jj", "../scripts/install-jj")
	p.must("jj config set --user user.name 'Jo Doe' && jj config set --user user.email jo@example.org\n" +
		"jj git init --colocate && jj describe -m \"$(cat message.txt)\"")
	const edit, made = "jj describe", "jj log --no-graph -r @ -T description"
	p.must("jj describe -m \"$TEXT\"", "TEXT="+badMessage)
	if shown := p.editing(edit, made, "editor-*.jjdescription", "code"); files(t, shown) != nil {
		t.Errorf("without a patch it is taken to have %q", files(t, shown))
	}
	p.recipe("Jujutsu")
	p.must("jj describe -m \"$TEXT\"", "TEXT="+badMessage)
	if shown := p.editing(edit, made, "editor-*.jjdescription", "code, docs"); !strings.Contains(strings.Join(files(t, shown), " "), "b.c") {
		t.Errorf("with the patch it has %q", files(t, shown))
	}
	// In a repository of its own.
	p.must("jj git init --no-colocate own && cp .colophon.yaml own && cd own && jj describe -m \"$TEXT\"", "TEXT="+badMessage)
	p.editing("cd own && jj describe", "cd own && "+made, "editor-*.jjdescription", "code")
}

func TestMercurial(t *testing.T) {
	p := newProject(t)
	p.with("hg", "")
	hook, err := os.ReadFile("../integrations/mercurial/hgrc")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(section(t, "Mercurial"), "```ini\n"+string(hook)+"```\n") {
		t.Error("the page and the file differ")
	}
	p.must("mkdir own && cp .colophon.yaml message.txt own && cd own && hg init && printf '[ui]\\nusername = Jo Doe <jo@example.org>\\n' >.hg/hgrc\n" +
		"echo 1 >a.c && hg commit -q -A -l message.txt")
	p.dir = filepath.Join(p.dir, "own")
	p.recipe("Mercurial")
	p.must("echo 2 >>a.c && hg commit -q -m \"$TEXT\"", "TEXT="+badMessage)
	if shown := p.editing("hg commit --amend --edit", "hg log -r . -T '{desc}'", "hg-editor-*.commit.hg.txt", "code"); files(t, shown) != nil {
		t.Errorf("it is taken to have %q", files(t, shown))
	}
	p.must("cat >>.hg/hgrc <<'EOF'\n" + string(hook) + "EOF\n")
	if out, err := p.run("echo 3 >>a.c && hg commit -m \"$TEXT\"", "TEXT="+badMessage); err == nil || !strings.Contains(out, "[trailer-forbidden]") {
		t.Errorf("the hook takes it: %v\n%s", err, out)
	}
	p.must("hg commit -l message.txt && test \"$(hg log -T x)\" = xxx")
}

func TestStGit(t *testing.T) {
	p := newProject(t)
	p.with("stg", "")
	p.must("git config user.name 'Jo Doe' && git config user.email jo@example.org && git reset -q --hard origin/main\n"+
		"stg init && stg new -m \"$TEXT\" one && echo 1 >own.c && git add own.c && stg refresh && echo 2 >staged.c && git add staged.c", "TEXT="+badMessage)
	const made = "git log -1 --format=%B"
	if shown := p.editing("stg edit", made, ".stgit-edit.txt", "code"); files(t, shown) != nil {
		t.Errorf("it is taken to have %q", files(t, shown))
	}
	p.must("stg edit -m \"$TEXT\"", "TEXT="+badMessage)
	if shown := p.editing("stg edit --diff", made, ".stgit-edit.patch", "code"); strings.Join(files(t, shown), " ") != "own.c" {
		t.Errorf("with the patch it has %q", files(t, shown))
	}
	p.recipe("StGit")
}

// The ready files of hook managers are what the page says, and what pre-commit finds here
// runs after its own way of building it.
func TestHookManagers(t *testing.T) {
	page, err := os.ReadFile("integration.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"pre-commit/pre-commit-config.yaml", "lefthook/lefthook.yml", "husky/commit-msg"} {
		text, err := os.ReadFile("../integrations/" + file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(page), "\n"+string(text)+"```\n") {
			t.Errorf("%s is not on the page as it is", file)
		}
	}
	p := newProject(t)
	var hooks []struct {
		ID, Entry, Language string
		Stages              []string
	}
	raw, err := os.ReadFile("../.pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(raw, &hooks); err != nil {
		t.Fatal(err)
	}
	if len(hooks) != 1 || hooks[0].Language != "golang" || hooks[0].Stages[0] != "commit-msg" {
		t.Fatalf("the hooks are %+v", hooks)
	}
	bin := t.TempDir()
	build := exec.Command("go", "install", "./...")
	build.Dir, build.Env = "..", append(os.Environ(), "GOBIN="+bin)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go install: %v\n%s", err, out)
	}
	p.must(filepath.Join(bin, hooks[0].Entry) + " message.txt")
	if out, err := p.run("printf '%s' \"$TEXT\" >bad.txt && "+filepath.Join(bin, hooks[0].Entry)+" bad.txt", "TEXT="+badMessage); err == nil {
		t.Errorf("a bad message is taken: %s", out)
	}
}

// publish puts the newest commit where Gerrit has the patch sets of a change, in a
// repository to fetch from.
const publish = `
mkdir -p path/to && ln -s "$COLOPHON_SOURCE" path/to/colophon
git init -q --bare remote.git && git remote add origin remote.git
git push -q origin HEAD:refs/changes/45/12345/3 origin/main:refs/changes/44/12344/1
git fetch -q origin refs/changes/45/12345/3
`

func TestGerrit(t *testing.T) {
	p := newProject(t)
	p.must(publish)
	const check = "path/to/colophon/integrations/gerrit/check"
	p.must(check, "GERRIT_REFSPEC=refs/changes/45/12345/3")
	p.must(check, "GERRIT_REFSPEC=refs/changes/44/12344/1") // the first of all commits
	p.must(badCommit + "git push -q origin HEAD:refs/changes/45/12345/4")
	if out, err := p.run(check, "GERRIT_REFSPEC=refs/changes/45/12345/4"); code(err) != 1 || !strings.Contains(out, "[trailer-forbidden]") {
		t.Errorf("a bad commit gives %v: %s", err, out)
	}
	p.must(check+" --fail-on never", "GERRIT_REFSPEC=refs/changes/45/12345/4")
	p.must("git commit -q --allow-empty -F message.txt && git push -q origin HEAD:refs/changes/46/12346/1")
	p.must(check, "GERRIT_REFSPEC=refs/changes/46/12346/1") // the one below is another change
	for _, ref := range []string{"", "HEAD", "--upload-pack=touch pwned", "refs/changes/45/12345/3:refs/heads/main", "refs/changes/$(touch pwned)"} {
		if out, err := p.run(check, "GERRIT_REFSPEC="+ref); code(err) != 2 {
			t.Errorf("%q gives %v: %s", ref, err, out)
		}
	}
	if out, err := p.run(check, "GERRIT_REFSPEC=refs/changes/99/99/1"); code(err) != 3 {
		t.Errorf("a change that is not there gives %v: %s", err, out)
	}
	if _, err := os.Stat(filepath.Join(p.dir, "pwned")); err == nil {
		t.Error("what comes from outside was run")
	}
}

func code(err error) int {
	if e, ok := err.(*exec.ExitError); ok {
		return e.ExitCode()
	}
	return 0
}

func TestPatchwork(t *testing.T) {
	p := newProject(t)
	p.must(publish)
	const check = "path/to/colophon/integrations/patchwork/check"
	result := func(args string, env ...string) (c struct {
		State, Context, Description string
		URL                         string `json:"target_url"`
	}) {
		t.Helper()
		out := p.must(check+" "+args, env...)
		if err := json.Unmarshal([]byte(out), &c); err != nil || strings.Count(out, "\n") != 1 {
			t.Fatalf("%v: %s", err, out)
		}
		return c
	}
	if c := result("0001-net-drop-a-dead-store.patch", "COLOPHON_TARGET_URL=https://ci.example.org/17?a=b&c=%20"); c.State != "success" || c.Context != "colophon" || c.Description != "" || c.URL != "https://ci.example.org/17?a=b&c=%20" {
		t.Errorf("a good patch gives %+v", c)
	}
	p.must("sed 's/^AI-used-for: .*/Co-authored-by: Claude <noreply@anthropic.com>/' 0001-*.patch >bad.patch\n" +
		"sed 's/^AI-used-for: .*/AI-Used-For: code/' 0001-*.patch >odd.patch && cat series.mbox bad.patch >both.mbox")
	if c := result("- <bad.patch", "COLOPHON_CONTEXT=ai-use"); c.State != "fail" || c.Context != "ai-use" || c.Description != "disclosure-missing trailer-forbidden" {
		t.Errorf("a bad patch gives %+v", c)
	}
	if c := result("both.mbox"); c.State != "fail" {
		t.Errorf("a series with a bad patch gives %+v", c)
	}
	if c := result("odd.patch"); c.State != "warning" || c.Description != "disclosure-key" {
		t.Errorf("an odd patch gives %+v", c)
	}
	if c := result("--policy linux-7.3 0001-net-drop-a-dead-store.patch"); c.State == "success" {
		t.Errorf("by another policy it is %+v", c)
	}
	for _, c := range []struct {
		args, env string
		code      int
	}{
		{"", "A=b", 2}, {"gone.patch", "A=b", 2}, {"--policy nonsense bad.patch", "A=b", 2},
		{"bad.patch", "COLOPHON_CONTEXT=a\"b", 2}, {"bad.patch", "COLOPHON_TARGET_URL=https://x/\"", 2}, {"bad.patch", "COLOPHON_TARGET_URL=https://x/\n", 2}, {"bad.patch", "COLOPHON_TARGET_URL=\\", 2},
	} {
		if out, err := p.run(check+" "+c.args+" 2>/dev/null", c.env); code(err) != c.code || out != "" {
			t.Errorf("%s with %q gives %v: %s", c.args, c.env, err, out)
		}
	}
}
