package docs_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// project is a repository on a branch of two commits that pass, with what the page
// names beside it, and the program on PATH.
type project struct {
	*testing.T
	dir string
	env []string
}

func newProject(t *testing.T) *project {
	t.Helper()
	p := &project{T: t, dir: t.TempDir()}
	bin, home := t.TempDir(), t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(bin, "colophon"), "colophon/cmd/colophon").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); !strings.HasPrefix(name, "GIT_") && !strings.HasPrefix(name, "GITHUB_") && name != "PATH" && name != "HOME" && name != "XDG_CONFIG_HOME" && name != "CLAUDECODE" && name != "AI_AGENT" {
			p.env = append(p.env, v)
		}
	}
	p.env = append(p.env, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "HOME="+home, "GIT_CONFIG_GLOBAL="+filepath.Join(home, ".gitconfig"), "GIT_CONFIG_NOSYSTEM=1", "SOURCE_DATE_EPOCH=1795478400",
		"GIT_AUTHOR_NAME=Jo Doe", "GIT_AUTHOR_EMAIL=jo@example.org", "GIT_COMMITTER_NAME=Jo Doe", "GIT_COMMITTER_EMAIL=jo@example.org")
	source, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	p.env = append(p.env, "COLOPHON_SOURCE="+source)
	p.must(`
git init -q -b main
cat >message.txt <<'EOF'
net: drop a dead store

The value is never read.

AI-used-for: code
Signed-off-by: Jo Doe <jo@example.org>
EOF
cat >.colophon.yaml <<'EOF'
version: 1
project: Example
extends: qemu-2026-09
pull_request: {section: AI use, none: No AI tools used}
issue: {section: AI use, none: No AI tools used}
EOF
git add .colophon.yaml && git commit -q -F message.txt
git update-ref refs/remotes/origin/main HEAD
echo 'int a;' >a.c && git add a.c && git commit -q -F message.txt
git format-patch -q origin/main
git format-patch --stdout origin/main >series.mbox
printf '## AI use\n\nNo AI tools used\n' >body.md
cp body.md report.md
echo 'int b;' >b.c && git add b.c
`)
	return p
}

// run runs a script as a person does.
func (p *project) run(script string, env ...string) (string, error) {
	c := exec.Command("sh", "-euc", script, "sh", "message.txt")
	c.Dir, c.Env = p.dir, append(p.env, env...)
	out, err := c.CombinedOutput()
	return string(out), err
}

func (p *project) must(script string, env ...string) string {
	p.Helper()
	out, err := p.run(script, env...)
	if err != nil {
		p.Fatalf("%s\n%v\n%s", script, err, out)
	}
	return out
}

var fence = regexp.MustCompile("(?s)```(sh|yaml)\n(.*?)```")

// Every command on the page works, in the order in which they stand there; of what is
// for another program, the command of ours that it runs does.
func TestIntegrations(t *testing.T) {
	page, err := os.ReadFile("integration.md")
	if err != nil {
		t.Fatal(err)
	}
	p := newProject(t)
	text := string(page)
	for _, program := range otherPrograms {
		text = strings.Replace(text, section(t, program), "", 1)
	}
	p.must(publish)
	blocks := fence.FindAllStringSubmatch(text, -1)
	if len(blocks) < 10 {
		t.Fatalf("the page has %d blocks", len(blocks))
	}
	for _, b := range blocks {
		if b[1] == "sh" {
			p.must(b[2])
			continue
		}
		var doc any
		if err := yaml.Unmarshal([]byte(b[2]), &doc); err != nil {
			t.Errorf("%v:\n%s", err, b[2])
		}
		for line := range strings.Lines(b[2]) {
			_, command, ok := strings.Cut(line, ": colophon ")
			if !ok {
				continue
			}
			// pre-commit appends the file, lefthook puts it where {1} is.
			if command = strings.TrimSpace(command); !strings.Contains(command, "{1}") {
				command += " {1}"
			}
			p.must("colophon " + strings.ReplaceAll(command, "{1}", "message.txt"))
		}
	}
}

// The command that b4 is told of reads a patch from standard input, and refuses one.
func TestB4(t *testing.T) {
	p := newProject(t)
	p.must("git config b4.prep-perpatch-check-cmd 'colophon check --patch -'")
	p.must("sh -c \"$(git config b4.prep-perpatch-check-cmd)\" <0001-net-drop-a-dead-store.patch")
	if out, err := p.run("sed 's/AI-used-for: .*/Co-authored-by: Claude <noreply@anthropic.com>/' 0001-*.patch | sh -c \"$(git config b4.prep-perpatch-check-cmd)\""); err == nil {
		t.Errorf("a patch that does not pass is taken: %s", out)
	}
}

const badCommit = "git commit -q --no-verify --allow-empty -m 'net: x' -m 'Co-authored-by: Claude <noreply@anthropic.com>'\n"

// GitHub's action does what its script does, with what GitHub says.
func TestGitHub(t *testing.T) {
	raw, err := os.ReadFile("../integrations/github/action.yml")
	if err != nil {
		t.Fatal(err)
	}
	var action struct {
		Inputs map[string]any
		Runs   struct {
			Steps []struct {
				Env map[string]string
				Run string
			}
		}
	}
	if err := yaml.Unmarshal(raw, &action); err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile("../integrations/github/run")
	if err != nil {
		t.Fatal(err)
	}
	last := action.Runs.Steps[len(action.Runs.Steps)-1]
	if !strings.Contains(last.Run, "$GITHUB_ACTION_PATH/run") {
		t.Errorf("the action runs %q", last.Run)
	}
	for _, m := range regexp.MustCompile(`\$\{?(COLOPHON\w*)`).FindAllSubmatch(script, -1) {
		if last.Env[string(m[1])] == "" {
			t.Errorf("%s is not in the action", m[1])
		}
	}
	p := newProject(t)
	summary := filepath.Join(p.dir, "summary.md")
	base, head := "COLOPHON_BASE="+strings.TrimSpace(p.must("git rev-parse origin/main")), "COLOPHON_HEAD="+strings.TrimSpace(p.must("git rev-parse HEAD"))
	env := []string{"GITHUB_STEP_SUMMARY=" + summary, "COLOPHON_EVENT=pull_request", "COLOPHON_FAIL_ON=error", base, head}
	if out := p.must(string(script), append(env, "COLOPHON_BODY=## AI use\n\nNo AI tools used\n")...); out != "" {
		t.Errorf("where nothing is wrong it says %s", out)
	}
	if text, err := os.ReadFile(summary); err != nil || !bytes.Contains(text, []byte("1 commit by ")) {
		t.Errorf("the summary is %q, %v", text, err)
	}
	// The text alone, the commits alone, and what is none of a shell's business.
	evil := "COLOPHON_BODY=$(touch pwned) `touch pwned`; touch pwned\n'\""
	out, err := p.run(string(script), append(env, evil)...)
	if !strings.Contains(out, "AI use") {
		t.Errorf("an empty section gives %v: %s", err, out)
	}
	p.must(badCommit)
	if out, err := p.run(string(script), append(env[:4:4], "COLOPHON_HEAD=HEAD", "COLOPHON_BODY=## AI use\n\nNo AI tools used\n")...); err == nil || !strings.Contains(out, "::error title=Colophon%3A trailer-forbidden::") {
		t.Errorf("a bad commit gives %v: %s", err, out)
	}
	// What the branch brings contradicts the text, by whatever range says where it begins.
	said := []string{"COLOPHON_EVENT=pull_request", "COLOPHON_FAIL_ON=error", "COLOPHON_HEAD=HEAD", "COLOPHON_BODY=## AI use\n\nNo AI tools used\n"}
	for _, test := range []struct {
		commits string
		brings  bool
	}{
		{base, true}, {"COLOPHON_RANGE=origin/main..HEAD", true}, {"COLOPHON_RANGE=HEAD~1..", true},
		{"COLOPHON_RANGE=HEAD^!", false}, {"COLOPHON_RANGE=HEAD~1...HEAD", false}, {"COLOPHON_RANGE=HEAD", false}, {"COLOPHON_BASE=0000000000000000000000000000000000000000", false},
	} {
		out, err := p.run(string(script), append(said[:4:4], test.commits)...)
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 1 {
			t.Errorf("%s: %v: %s", test.commits, err, out)
		}
		if strings.Contains(out, "AI use is evident from commit ") != test.brings {
			t.Errorf("%s: %s", test.commits, out)
		}
	}
	if out, err := p.run(string(script), "COLOPHON_EVENT=push", "COLOPHON_BASE=0000000000000000000000000000000000000000", "COLOPHON_HEAD=HEAD", "COLOPHON_BODY=$(touch pwned)"); err == nil || !strings.Contains(out, "newest commit is checked") {
		t.Errorf("a new branch gives %v: %s", err, out)
	}
	if out, err := p.run(string(script), "COLOPHON_EVENT=push", "COLOPHON_RANGE=--output=pwned"); err == nil {
		t.Errorf("an option is taken for a range: %s", out)
	}
	if _, err := os.Stat(filepath.Join(p.dir, "pwned")); err == nil {
		t.Error("what comes from outside was run")
	}
}

// GitLab's template fails on errors, and reports.
func TestGitLab(t *testing.T) {
	raw, err := os.ReadFile("../integrations/gitlab/colophon.yml")
	if err != nil {
		t.Fatal(err)
	}
	var jobs map[string]struct {
		Script      []string
		AfterScript []string `yaml:"after_script"`
	}
	if err := yaml.Unmarshal(raw, &jobs); err != nil {
		t.Fatal(err)
	}
	job := jobs["colophon"]
	p := newProject(t)
	env := []string{"CI_MERGE_REQUEST_DIFF_BASE_SHA=origin/main", "CI_COMMIT_SHA=HEAD"}
	p.must(strings.Join(job.Script, "\n"), env...)
	p.must(badCommit)
	if out, err := p.run(strings.Join(job.Script, "\n"), env...); err == nil {
		t.Errorf("a bad commit is taken: %s", out)
	}
	p.must(strings.Join(job.AfterScript, "\n"), env...)
	if report, err := os.ReadFile(filepath.Join(p.dir, "gl-code-quality-report.json")); err != nil || !bytes.Contains(report, []byte(`"check_name": "trailer-forbidden"`)) {
		t.Errorf("the report is %s, %v", report, err)
	}
}
