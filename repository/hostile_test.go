package repository_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"colophon/repository"
)

// canary is a program that leaves a file behind. It takes the part of any
// program that a configuration may name.
func canary(s *sandbox) (command, trace string) {
	s.t.Helper()
	if runtime.GOOS == "windows" {
		s.t.Fatal("the canary is a shell script; run this test where there is sh")
	}
	dir, trace := filepath.Dir(s.dir), filepath.Join(filepath.Dir(s.dir), "canary-was-here")
	command = filepath.Join(dir, "canary")
	script := "#!/bin/sh\necho \"$0 $*\" >> '" + trace + "'\nexit 1\n"
	if err := os.WriteFile(command, []byte(script), 0o777); err != nil {
		s.t.Fatal(err)
	}
	return command, trace
}

func ran(trace string) string {
	b, err := os.ReadFile(trace)
	if errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	return string(b) + "."
}

// useAll calls what runs git.
func useAll(t *testing.T, r *repository.Repository) error {
	t.Helper()
	cfg, configErr := r.Config(t.Context())
	_, stagedErr := r.Diff(t.Context(), r.Source(), nil)
	r.Fingerprint()
	if cfg == nil {
		return errors.Join(configErr, stagedErr)
	}
	madeErr := r.Log(t.Context(), cfg, repository.Range{Revisions: "HEAD"}, func(l repository.Logged) error {
		_, err := r.DiffCommit(t.Context(), l.ID, nil)
		return err
	})
	return errors.Join(configErr, stagedErr, madeErr)
}

func TestConfiguredProgramsDoNotRun(t *testing.T) {
	cases := []struct {
		name    string
		make    func(s *sandbox, canary string)
		control []string // by this git itself runs the canary, so the case is real
	}{
		{"file system monitor", func(s *sandbox, c string) { s.git("config", "core.fsmonitor", c) }, []string{"status"}},
		{"external diff", func(s *sandbox, c string) { s.git("config", "diff.external", c) }, []string{"diff", "--cached"}},
		{"diff driver", func(s *sandbox, c string) {
			s.write(".git/info/attributes", "* diff=d\n")
			s.git("config", "diff.d.command", c)
		}, []string{"diff", "--cached"}},
		{"text conversion", func(s *sandbox, c string) {
			s.write(".gitattributes", "* diff=d\n")
			s.git("config", "diff.d.textconv", c)
			s.git("config", "diff.d.cachetextconv", "true")
		}, []string{"diff", "--cached"}},
		{"hooks", func(s *sandbox, c string) {
			s.mkdir("hooks")
			for _, hook := range []string{"post-index-change", "fsmonitor-watchman", "reference-transaction", "post-checkout"} {
				if err := os.Symlink(c, s.path("hooks/"+hook)); err != nil {
					s.t.Fatal(err)
				}
			}
			s.git("config", "core.hooksPath", "hooks")
		}, []string{"update-index", "--force-write-index"}},
		{"filters", func(s *sandbox, c string) {
			s.write(".git/info/attributes", "* filter=f\n")
			for _, key := range []string{"clean", "smudge", "process"} {
				s.git("config", "filter.f."+key, c)
			}
			s.git("config", "--unset", "filter.f.process")
			s.write("other", "touched\n")
		}, []string{"diff"}},
		{"signatures", func(s *sandbox, c string) {
			text := strings.Replace(s.git("cat-file", "commit", "HEAD"), "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n", 1)
			s.git("update-ref", "HEAD", strings.TrimSpace(s.gitWith(text, nil, "hash-object", "-t", "commit", "-w", "--stdin")))
			s.git("config", "log.showSignature", "true")
			s.git("config", "gpg.program", c)
		}, []string{"log"}},
		{"alias", func(s *sandbox, c string) {
			for _, name := range []string{"diff-index", "config", "rev-parse", "staged"} {
				s.git("config", "alias."+name, "!"+c)
			}
		}, []string{"staged"}},
		{"pager, editor and others", func(s *sandbox, c string) {
			for _, key := range []string{
				"core.pager", "pager.diff-index", "pager.config", "core.editor", "sequence.editor", "core.sshCommand",
				"core.alternateRefsCommand", "core.askPass", "credential.helper", "core.gitProxy", "gpg.program",
				"interactive.diffFilter", "trailer.x.command", "trailer.x.cmd", "uploadpack.packObjectsHook",
			} {
				s.git("config", key, c)
			}
		}, []string{"-c", "alias.edit=!\"$(git config core.editor)\"", "edit"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newSandbox(t)
			base(s)
			command, trace := canary(s)
			s.stage("100644", "text", lines(2, 39))
			c.make(s, command)
			r := s.open(".git/COMMIT_EDITMSG")
			if err := useAll(t, r); err != nil {
				t.Error(err)
			}
			if what := ran(trace); what != "" {
				t.Errorf("a configured program ran: %s", what)
			}
			_ = s.command(c.control...).Run() // what it returns is the canary's
			if ran(trace) == "" {
				t.Errorf("git %q does not run it either: the test shows nothing", c.control)
			}
		})
	}
}

// A program that the environment sets for git must not run either: it may come
// with a project's folder settings.
func TestConfigurationByEnvironment(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	base(s)
	command, trace := canary(s)
	s.stage("100644", "text", lines(2, 39))
	s.env = append(s.env, "GIT_CONFIG_COUNT=2",
		"GIT_CONFIG_KEY_0=core.fsmonitor", "GIT_CONFIG_VALUE_0="+command,
		"GIT_CONFIG_KEY_1=diff.external", "GIT_CONFIG_VALUE_1="+command,
		"GIT_EXTERNAL_DIFF="+command, "GIT_PAGER="+command, "GIT_SSH_COMMAND="+command, "GIT_CONFIG_PARAMETERS='core.fsmonitor'='"+command+"'")
	if err := useAll(t, s.open(".")); err != nil {
		t.Error(err)
	}
	if what := ran(trace); what != "" {
		t.Errorf("a configured program ran: %s", what)
	}
}

func TestPartialCloneFetchesNothing(t *testing.T) {
	cases := []struct {
		name   string
		config func(s *sandbox, canary string)
	}{
		{"ext transport", func(s *sandbox, c string) {
			s.git("config", "remote.origin.url", "ext::"+c)
			s.git("config", "protocol.ext.allow", "always")
		}},
		{"ssh command", func(s *sandbox, c string) {
			s.git("config", "remote.origin.url", "ssh://example.invalid/x")
			s.git("config", "core.sshCommand", c)
		}},
		{"local upload-pack", func(s *sandbox, c string) {
			s.git("config", "remote.origin.uploadpack", c)
			s.git("config", "protocol.allow", "always")
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			full := newSandbox(t)
			base(full)
			full.git("config", "uploadpack.allowFilter", "true")
			full.git("-c", "protocol.file.allow=always", "clone", "-q", "--no-checkout", "--filter=blob:none", "file://"+full.dir, "../partial")
			s := full.in("../partial")
			command, trace := canary(s)
			c.config(s, command)
			s.git("read-tree", "HEAD")
			s.stage("100644", "text", "its old content is missing\n")

			r := s.open(".git/COMMIT_EDITMSG")
			if _, err := r.Diff(t.Context(), r.Source(), nil); err == nil {
				t.Error("no error about the missing file")
			} else if !strings.Contains(err.Error(), "git diff-index") {
				t.Errorf("error %q does not say what was tried", err)
			}
			if what := ran(trace); what != "" {
				t.Errorf("a configured program ran: %s", what)
			}
			_ = s.command("diff", "--cached").Run()
			if ran(trace) == "" {
				t.Error("git itself does not run it either: the test shows nothing")
			}
		})
	}
}

// Settings for people's eyes must not change what is read.
func TestHostileDiffSettings(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	base(s)
	s.git("mv", "other", "renamed")
	s.stage("100644", "text", "new\n"+lines(3, 20)+"\nmore\n\n"+lines(21, 38))
	s.stage("100644", "binary", "\x00\x03")
	want := s.staged()
	s.write(".git/order", "text\n")
	settings := [][2]string{
		{"diff.noprefix", "true"}, {"diff.mnemonicPrefix", "true"}, {"diff.srcPrefix", "x\n"}, {"diff.renames", "false"},
		{"diff.renames", "copies"}, {"diff.renameLimit", "1"}, {"diff.algorithm", "patience"}, {"diff.context", "7"},
		{"diff.interHunkContext", "50"}, {"diff.indentHeuristic", "false"}, {"color.ui", "always"}, {"color.diff", "always"},
		{"diff.colorMoved", "zebra"}, {"diff.wsErrorHighlight", "all"}, {"diff.orderFile", s.path(".git/order")},
		{"diff.ignoreSubmodules", "all"}, {"diff.submodule", "log"}, {"diff.relative", "true"}, {"diff.suppressBlankEmpty", "true"},
		{"diff.wordRegex", "."}, {"diff.statNameWidth", "1"}, {"diff.dirstat", "lines"}, {"core.quotePath", "false"},
		{"core.abbrev", "4"}, {"core.whitespace", "cr-at-eol"}, {"core.attributesFile", "/nonexistent"}, {"core.preloadIndex", "true"},
		{"core.untrackedCache", "true"}, {"core.commentChar", "@"}, {"i18n.logOutputEncoding", "utf-16"}, {"diff.autoRefreshIndex", "true"},
	}
	for _, setting := range settings {
		s.git("config", setting[0], setting[1])
		if got := s.staged(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s=%s: got %+v\nwant %+v", setting[0], setting[1], got, want)
		}
		s.git("config", "--unset", setting[0])
	}
}

func TestNothingIsWritten(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	base(s)
	s.stage("100644", "text", "x\n")
	s.write("other", "a\nb\n\nc\n") // same content, other time: git status would refresh the index
	before := snapshot(t, s.dir)
	if err := useAll(t, s.open(".")); err != nil {
		t.Fatal(err)
	}
	after := snapshot(t, s.dir)
	for path, was := range before {
		if after[path] != was {
			t.Errorf("%s is %q, was %q", path, after[path], was)
		}
	}
	for path := range after {
		if before[path] == "" {
			t.Errorf("%s is new", path)
		}
	}
}

// snapshot lists a folder with all that a stat tells but the time of access.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil {
			files[path] = fmt.Sprint(info.Mode(), info.Size(), info.ModTime(), inode(info))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestEndOfContextEndsGit(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Fatal("the stand-in for git is a shell script; run this test where there is sh")
	}
	s := newSandbox(t)
	base(s)
	bin := t.TempDir()
	pid := filepath.Join(bin, "pid")
	script := "#!/bin/sh\nsleep 1000 &\necho $! > '" + pid + "'\nwait\n"
	if err := os.WriteFile(filepath.Join(bin, "git"), []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	r := s.open(".")
	t.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for !exists(pid) {
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	if _, err := r.Diff(ctx, r.Source(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that the context was cancelled", err)
	}
}

func exists(path string) bool {
	b, err := os.ReadFile(path)
	return err == nil && strings.HasSuffix(string(b), "\n")
}
