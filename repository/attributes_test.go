package repository_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"colophon/change"
	"colophon/repository"
)

// attributes asks as the program does, with the configuration that git has here.
func (s *sandbox) attributes(paths ...string) map[string]change.Attributes {
	s.t.Helper()
	r := s.open(".")
	cfg, err := r.Config(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	got, err := r.Attributes(s.t.Context(), cfg, paths)
	if err != nil {
		s.t.Fatal(err)
	}
	return got
}

// checkAttr is what git says, asked in another way.
func (s *sandbox) checkAttr(paths ...string) map[string]change.Attributes {
	s.t.Helper()
	values := make(map[string]map[string]string)
	fields := strings.Split(s.gitWith(strings.Join(paths, "\x00"), nil, "check-attr", "--all", "-z", "--stdin"), "\x00")
	for i := 0; i+2 < len(fields); i += 3 {
		if values[fields[i]] == nil {
			values[fields[i]] = make(map[string]string)
		}
		values[fields[i]][fields[i+1]] = fields[i+2]
	}
	all := make(map[string]change.Attributes)
	for path, v := range values {
		mark := func(names ...string) (m change.Mark) {
			for _, n := range names {
				switch {
				case v[n] == "set" || v[n] == "true":
					return change.Set
				case v[n] == "unset" || v[n] == "false":
					m = change.Unset
				}
			}
			return m
		}
		a := change.Attributes{
			Generated:     mark("linguist-generated", "gitlab-generated"),
			Vendored:      mark("linguist-vendored"),
			Documentation: mark("linguist-documentation"),
		}
		if a != (change.Attributes{}) {
			all[path] = a
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

// asks tells whether a process is started: with no time it ends with an error.
func (s *sandbox) asks(cfg *repository.Config, paths ...string) bool {
	s.t.Helper()
	r, err := repository.Open(s.dir, repository.Options{Env: s.env, TimeLimit: time.Nanosecond})
	if err != nil {
		s.t.Fatal(err)
	}
	_, err = r.Attributes(s.t.Context(), cfg, paths)
	return err != nil
}

func TestAttributes(t *testing.T) {
	t.Parallel()
	odd := []string{
		"a b.gen", " lead.gen", "new\nline.gen", "quote\".gen", "back\\slash.gen", "-f.gen", "--.gen", "tab\t.gen", "\xff.gen", "ä.gen",
		"a'b.gen", ":(top)x.gen", "*.gen", "~/x.gen", "#.gen", "!x.gen", "a b/c\nd/e.gen",
	}
	s := newSandbox(t)
	s.write(".gitattributes", `[attr]made linguist-generated -linguist-documentation
*.gen linguist-generated
*.macro made
*.lab gitlab-generated
*.labno -gitlab-generated
*.both -linguist-generated gitlab-generated
*.off -linguist-generated linguist-vendored=false
*.true linguist-generated=true linguist-documentation=True
*.odd linguist-generated=yes linguist-vendored=
vendor/** linguist-vendored
docs/** linguist-documentation
"quoted name" linguist-generated
`)
	s.write("sub/.gitattributes", "*.gen -linguist-generated\n*.macro !linguist-generated\nall/** made\n")
	s.write("sub/deep/.gitattributes", "*.gen !linguist-generated\nplain linguist-vendored\n")
	s.write(".git/info/attributes", "info.gen !linguist-generated\nby-info linguist-generated\n")
	paths := append([]string{
		"x.gen", "x.macro", "x.lab", "x.labno", "x.both", "x.off", "x.true", "x.odd", "x", "vendor/a/b", "docs/a.gen", "quoted name",
		"sub/x.gen", "sub/x.macro", "sub/all/x", "sub/deep/x.gen", "sub/deep/plain", "sub/not/there/x.gen", "info.gen", "sub/info.gen", "by-info",
	}, odd...)
	got := s.attributes(append(paths, "", ".", "/x.gen", "../x.gen", "a/../x.gen", "./y.gen", "d/", "nul\x00.gen", "x.gen")...)
	want := map[string]change.Attributes{
		"x.gen":          {Generated: change.Set},
		"x.macro":        {Generated: change.Set, Documentation: change.Unset},
		"x.lab":          {Generated: change.Set},
		"x.labno":        {Generated: change.Unset},
		"x.both":         {Generated: change.Set},
		"x.off":          {Generated: change.Unset, Vendored: change.Unset},
		"x.true":         {Generated: change.Set},
		"vendor/a/b":     {Vendored: change.Set},
		"docs/a.gen":     {Generated: change.Set, Documentation: change.Set},
		"quoted name":    {Generated: change.Set},
		"sub/x.gen":      {Generated: change.Unset},
		"sub/x.macro":    {Documentation: change.Unset},
		"sub/all/x":      {Generated: change.Set, Documentation: change.Unset},
		"sub/deep/plain": {Vendored: change.Set},
		// No folder of its own.
		"sub/not/there/x.gen": {Generated: change.Unset},
		"by-info":             {Generated: change.Set},
	}
	for _, p := range odd {
		want[p] = change.Attributes{Generated: change.Set}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if git := s.checkAttr(paths...); !reflect.DeepEqual(got, git) {
		t.Errorf("got %v\ngit %v", got, git)
	}
}

// Where nobody speaks of these attributes, no process is started.
func TestAttributesCostNothing(t *testing.T) {
	t.Parallel()
	const say = "* linguist-vendored\n"
	home := func(s *sandbox, more ...string) {
		s.env = append(s.env, "HOME="+s.path("home"), "XDG_CONFIG_HOME=")
		s.env = append(s.env, more...)
	}
	for _, c := range []struct {
		name string
		make func(s *sandbox)
		asks bool
	}{
		{"nothing", func(s *sandbox) {}, false},
		{"other attributes", func(s *sandbox) { s.write(".gitattributes", "* text=auto -diff\n"); s.write("a/.gitattributes", "") }, false},
		{"at the top", func(s *sandbox) { s.write(".gitattributes", say) }, true},
		{"gitlab", func(s *sandbox) { s.write(".gitattributes", "* gitlab-generated\n") }, true},
		{"on the way", func(s *sandbox) { s.write("a/b/.gitattributes", say) }, true},
		{"a macro is used on the way", func(s *sandbox) { s.write(".gitattributes", "[attr]x "+say[2:]); s.write("a/.gitattributes", "* x\n") }, true},
		{"off the way", func(s *sandbox) { s.write("a/b/c/.gitattributes", say); s.write("b/.gitattributes", say) }, false},
		{"in info", func(s *sandbox) { s.write(".git/info/attributes", say) }, true},
		{"a link", func(s *sandbox) {
			s.write("real", say)
			if err := os.Symlink("real", s.path(".gitattributes")); err != nil {
				s.t.Fatal(err)
			}
		}, false},
		{"a folder", func(s *sandbox) { s.mkdir(".gitattributes") }, false},
		{"behind a megabyte", func(s *sandbox) { s.write(".gitattributes", strings.Repeat("#\n", 1<<19)+say) }, false},
		{"a setting", func(s *sandbox) { s.git("config", "core.attributesFile", s.path("mine")); s.write("mine", say) }, true},
		{"a setting from the top", func(s *sandbox) { s.git("config", "core.attributesFile", "my/own"); s.write("my/own", say) }, true},
		{"a setting from home", func(s *sandbox) {
			home(s)
			s.git("config", "core.attributesFile", "~/own")
			s.write("home/own", say)
		}, true},
		{"a setting instead of home's file", func(s *sandbox) {
			home(s)
			s.git("config", "core.attributesFile", "own")
			s.write("home/.config/git/attributes", say)
		}, false},
		{"an empty setting", func(s *sandbox) {
			home(s)
			s.git("config", "core.attributesFile", "")
			s.write("home/.config/git/attributes", say)
		}, false},
		{"home", func(s *sandbox) { home(s); s.write("home/.config/git/attributes", say) }, true},
		{"home, other attributes", func(s *sandbox) { home(s); s.write("home/.config/git/attributes", "* text\n") }, false},
		{"the folder for settings", func(s *sandbox) {
			home(s, "XDG_CONFIG_HOME="+s.path("xdg"))
			s.write("xdg/git/attributes", say)
		}, true},
		{"the folder for settings instead of home", func(s *sandbox) {
			home(s, "XDG_CONFIG_HOME="+s.path("xdg"))
			s.write("home/.config/git/attributes", say)
		}, false},
		{"of more folders than anybody has", func(s *sandbox) { s.write("z/.gitattributes", say) }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSandbox(t)
			home(s)
			c.make(s)
			paths := []string{"a/b/c.go", "a/b/d.go", "x"}
			if strings.HasPrefix(c.name, "of more") {
				for i := range 5000 {
					paths = append(paths, fmt.Sprint("many/", i, "/x"))
				}
				paths = append(paths, "z/x")
			}
			cfg := config(t, s)
			if got := s.asks(cfg, paths...); got != c.asks {
				t.Errorf("a process is started: %v", got)
			}
			if s.asks(cfg) {
				t.Error("a process is started for no paths")
			}
			got := s.attributes("a/b/c.go")
			if (got != nil) != c.asks {
				t.Errorf("got %v", got)
			}
			// What is behind a megabyte is not looked for.
			if git := s.checkAttr("a/b/c.go"); !reflect.DeepEqual(got, git) && c.name != "behind a megabyte" {
				t.Errorf("got %v\ngit %v", got, git)
			}
		})
	}
}

func TestAttributesWithoutWorkTree(t *testing.T) {
	t.Parallel()
	s := newSandbox(t, "--bare")
	s.write("info/attributes", "* linguist-generated\n")
	if r := s.open("."); r.WorkTree != "" {
		t.Fatalf("work tree %s", r.WorkTree)
	}
	if got := s.attributes("x"); got != nil {
		t.Errorf("got %v", got)
	}
}

func TestAttributesElsewhere(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.write("x", "")
	s.commitAll()
	s.write(".git/info/attributes", "*.gen linguist-generated\n")
	want := map[string]change.Attributes{"x.gen": {Generated: change.Set}, "y.ven": {Vendored: change.Set}}

	s.git("worktree", "add", "-q", "../linked")
	linked := s.in("../linked")
	linked.write(".gitattributes", "*.ven linguist-vendored\n")
	if got := linked.attributes("x.gen", "y.ven"); !reflect.DeepEqual(got, want) {
		t.Errorf("linked work tree: %v", got)
	}

	s.write(".gitattributes", "*.ven linguist-vendored\n")
	s.git("config", "core.worktree", s.dir)
	if got := s.attributes("x.gen", "y.ven"); !reflect.DeepEqual(got, want) {
		t.Errorf("core.worktree: %v", got)
	}

	// As hooks of a repository for dotfiles see it.
	s.git("config", "--unset", "core.worktree")
	s.git("config", "core.bare", "true")
	s.env = append(s.env, "GIT_DIR="+s.path(".git"), "GIT_WORK_TREE="+s.dir)
	r, err := repository.Open("", repository.Options{Env: s.env})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := r.Attributes(t.Context(), nil, []string{"x.gen", "y.ven"}); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("GIT_WORK_TREE: %v, %v", got, err)
	}
}

// Many paths take more than one process, and each is answered.
func TestAttributesOfManyPaths(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.write(".gitattributes", "*7 linguist-generated\n")
	var paths []string
	for i := range 6000 {
		paths = append(paths, fmt.Sprintf("%s/%d", strings.Repeat("long", 20), i))
	}
	got := s.attributes(paths...)
	if len(got) != 600 || got[paths[5997]].Generated != change.Set {
		t.Errorf("%d paths are generated", len(got))
	}
}

// What git waits for forever is not given to it.
func TestAttributesOfPipes(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("mkfifo"); err != nil {
		t.Fatal("mkfifo is not installed; it is needed to hold git up")
	}
	for _, name := range []string{"a/.gitattributes", ".git/info/attributes", ".git/index", "home/.config/git/attributes"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSandbox(t)
			s.env = append(s.env, "HOME="+s.path("home"), "XDG_CONFIG_HOME=")
			s.mkdir(filepath.Dir(name))
			_ = os.Remove(s.path(name))
			if out, err := exec.Command("mkfifo", s.path(name)).CombinedOutput(); err != nil {
				t.Fatalf("mkfifo: %v\n%s", err, out)
			}
			r := s.open(".")
			start := time.Now()
			if got, err := r.Attributes(t.Context(), nil, []string{"a/x"}); got != nil || err != nil {
				t.Errorf("got %v, %v", got, err)
			}
			if name == "home/.config/git/attributes" {
				return // the person's own: git is the one to wait
			}
			s.write(".gitattributes", "* linguist-generated\n")
			_, err := r.Attributes(t.Context(), nil, []string{"a/x"})
			if err == nil || !strings.Contains(err.Error(), "not a regular file") {
				t.Errorf("error %v", err)
			}
			if took := time.Since(start); took > 8*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

func TestAttributesRunNoPrograms(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	base(s)
	command, trace := canary(s)
	s.write(".gitattributes", "* linguist-generated filter=f diff=d\n")
	for _, key := range []string{"core.fsmonitor", "filter.f.clean", "filter.f.smudge", "diff.d.command", "diff.d.textconv", "core.pager", "pager.check-attr"} {
		s.git("config", key, command)
	}
	before := snapshot(t, s.dir)
	if got := s.attributes("x"); len(got) != 1 {
		t.Errorf("got %v", got)
	}
	if what := ran(trace); what != "" {
		t.Errorf("a configured program ran: %s", what)
	}
	if after := snapshot(t, s.dir); !reflect.DeepEqual(after, before) {
		t.Errorf("something was written: %v, was %v", after, before)
	}
}

func TestAttributesErrors(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.write(".gitattributes", "* linguist-generated\n")
	s.write(".git/index", "not an index")
	_, err := s.open(".").Attributes(t.Context(), nil, []string{"x"})
	if err == nil || !strings.Contains(err.Error(), "read attributes: run git check-attr: exit status 128: ") {
		t.Errorf("error %v", err)
	}
}

// Whatever the files say, the answer is git's.
func TestAttributesAreGits(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	pattern := rapid.SampledFrom([]string{"*", "*.c", "a", "/a", "a/", "a/**", "**/b", "b/*", "[ab]", "\"a b\"", "!a", "#", "\\!a", "[attr]made", "[attr]m2", "*.c\r"})
	name := rapid.SampledFrom([]string{"linguist-generated", "gitlab-generated", "linguist-vendored", "linguist-documentation", "made", "m2", "text", "binary", "linguist-language"})
	form := rapid.SampledFrom([]string{"%s", "%s", "-%s", "!%s", "%s=true", "%s=false", "%s=x", "%s=", "%s=set", "%s=unset"})
	line := rapid.Custom(func(t *rapid.T) string {
		l := pattern.Draw(t, "pattern")
		for range rapid.IntRange(0, 3).Draw(t, "attributes") {
			l += " " + fmt.Sprintf(form.Draw(t, "form"), name.Draw(t, "name"))
		}
		return l
	})
	files := []string{".gitattributes", "a/.gitattributes", "a/b/.gitattributes", ".git/info/attributes", "own"}
	paths := []string{"a", "b", "x.c", "a/a", "a/b", "a/x.c", "a/b/a", "a/b/x.c", "a b", "!a", "b/a", "a/b/c/d/x.c"}
	s.git("config", "core.attributesFile", "own")
	cfg := config(t, s)
	s.mkdir("a/b/c")
	rapid.Check(t, func(t *rapid.T) {
		var all []string
		for _, f := range files {
			lines := rapid.SliceOfN(line, 0, 4).Draw(t, f)
			s.write(f, strings.Join(lines, "\n")+"\n")
			all = append(all, lines...)
		}
		got, err := s.open(".").Attributes(s.t.Context(), cfg, paths)
		if err != nil {
			t.Fatal(err)
		}
		if want := s.checkAttr(paths...); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q\ngot %v\ngit %v", all, got, want)
		}
	})
}
