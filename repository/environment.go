package repository

import (
	"os"
	"path/filepath"
	"strings"
)

// environment is what this process was started with. Git tells an editor or a
// hook by it what it is working on; but an editor that stays open takes it along
// to other repositories.
type environment struct {
	vars  []string
	owner owner
}

// owner says which repository the environment speaks about.
type owner int

const (
	nobody owner = iota // none: git did not start us, or says no more
	ours
	another
)

func newEnvironment(vars []string) environment {
	if vars == nil {
		vars = os.Environ()
	}
	return environment{vars: append([]string(nil), vars...)}
}

// get returns a variable, "" when it is not set.
func (e environment) get(name string) string {
	value := ""
	for _, v := range e.vars {
		if v, ok := strings.CutPrefix(v, name+"="); ok {
			value = v // the last one wins, as in os/exec
		}
	}
	return value
}

func (e *environment) set(name, value string) {
	e.vars = append(e.vars, name+"="+value)
}

// ownerOf tells whether env is about r, by GIT_DIR or else by the folder of the
// index. Git gives the index relative to the top of the work tree in the plain
// case; then it names the same place in any repository, and does no harm.
//
// An index in CommonDir is not taken for a linked work tree: it is the index of
// the main one.
func (r *Repository) ownerOf(env environment) owner {
	dir, index := env.get("GIT_DIR"), env.get("GIT_INDEX_FILE")
	switch {
	case dir == "" && index == "":
		return nobody
	case filepath.IsAbs(dir):
	case filepath.IsAbs(index) || dir == "":
		dir = filepath.Dir(index)
	}
	if sameDir(r.fromTop(dir), r.GitDir) {
		return ours
	}
	return another
}

// fromTop resolves a path that git gives relative to the top of the work tree,
// which is also where it starts us.
func (r *Repository) fromTop(path string) string {
	if r.WorkTree != "" {
		return resolve(r.WorkTree, path)
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return abs
}

func sameDir(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// forGit is the environment for git: everything of ours but GIT_* variables. They
// could point to another repository, index or program, or write a trace into our
// output. Kept are those by which people say what their configuration is.
// GIT_CONFIG_PARAMETERS is how `git -c key=value commit` hands its settings on;
// it is dropped when it comes from another repository.
func (e environment) forGit(more ...string) []string {
	var vars []string
	for _, v := range e.vars {
		name, _, _ := strings.Cut(strings.ToUpper(v), "=") // Windows ignores the case
		if !strings.HasPrefix(name, "GIT_") || e.keeps(name) {
			vars = append(vars, v)
		}
	}
	return append(vars, more...)
}

func (e environment) keeps(name string) bool {
	switch name {
	case "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_COUNT":
		return true
	case "GIT_CONFIG_PARAMETERS":
		return e.owner != another
	}
	return strings.HasPrefix(name, "GIT_CONFIG_KEY_") || strings.HasPrefix(name, "GIT_CONFIG_VALUE_")
}
