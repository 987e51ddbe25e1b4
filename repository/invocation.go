package repository

import (
	"path/filepath"
	"strings"
)

// Invocation is a running git that waits for a message, in its editor or in a
// hook, and what its command line says about the commit it is going to make.
type Invocation struct {
	PID      int
	Command  string // commit, merge or am
	Amend    bool
	OwnIndex bool   // it makes the commit from an index of its own: -a, -i, -p, --only or paths
	Verbose  string // "yes" with -v, "no" with --no-verbose, else ""
	Cleanup  string // --cleanup, "" without

	ancestor bool // it has started us
}

// Started tells whether this git has started us, as its editor or hook.
func (inv *Invocation) Started() bool { return inv.ancestor }

// parseInvocation reads the command line of a git process; argv[0] is git itself.
// It is not ok for a command that waits for no commit message. alias returns the
// value of a configured alias.
func parseInvocation(argv []string, alias func(name string) string) (inv Invocation, ok bool) {
	for range 3 { // an alias may name another
		args, found := subcommand(argv)
		if !found {
			return inv, false
		}
		switch inv.Command = args[0]; inv.Command {
		case "commit":
			inv.readCommit(args[1:])
			return inv, true
		case "merge", "am":
			return inv, true
		case "pull": // in the one process on some systems
			inv.Command = "merge"
			return inv, true
		}
		words := strings.Fields(alias(inv.Command))
		if len(words) == 0 || strings.HasPrefix(words[0], "!") || strings.ContainsAny(alias(inv.Command), `"'\`) {
			return inv, false // a shell's alias starts a git of its own
		}
		argv = append(append([]string{"git"}, words...), args[1:]...)
	}
	return inv, false
}

// subcommand skips git's own options.
func subcommand(argv []string) (args []string, ok bool) {
	for i := 1; i < len(argv); i++ {
		switch a := argv[i]; {
		case a == "-c" || a == "-C" || a == "--git-dir" || a == "--work-tree" || a == "--namespace" || a == "--exec-path" || a == "--config-env" || a == "--super-prefix" || a == "--attr-source":
			i++
		case !strings.HasPrefix(a, "-"):
			return argv[i:], true
		}
	}
	return nil, false
}

// The options of `git commit`, which may be shortened as far as they are unique.
// Those of the first list take a value, in the same argument or the next.
var (
	commitValues = strings.Fields("file author date message reedit-message reuse-message fixup squash trailer template cleanup pathspec-from-file unified inter-hunk-context")
	commitFlags  = strings.Fields("quiet verbose reset-author signoff gpg-sign edit status all include interactive patch only no-verify verify dry-run short branch ahead-behind porcelain long null amend no-post-rewrite post-rewrite allow-empty allow-empty-message pathspec-file-nul untracked-files")
)

func (inv *Invocation) readCommit(args []string) {
	for i := 0; i < len(args); i++ {
		switch a := args[i]; {
		case a == "--":
			inv.OwnIndex = inv.OwnIndex || i+1 < len(args)
			return
		case strings.HasPrefix(a, "--"):
			i += inv.long(a[2:], args[i+1:])
		case strings.HasPrefix(a, "-") && a != "-":
			i += inv.short(a[1:])
		default:
			inv.OwnIndex = true // a path
		}
	}
}

// long reads --name or --name=value, and tells how many of the next arguments
// belong to it.
func (inv *Invocation) long(option string, next []string) (taken int) {
	given, value, attached := strings.Cut(option, "=")
	name, no := strings.CutPrefix(given, "no-")
	full, takes := commitOption(name)
	if full == "" {
		full, takes = commitOption(given)
		no = false
	}
	if takes && !no && !attached {
		taken = 1
		if len(next) > 0 {
			value = next[0]
		}
	}
	switch full {
	case "amend":
		inv.Amend = !no
	case "verbose":
		inv.Verbose = "yes"
		if no {
			inv.Verbose = "no"
		}
	case "cleanup":
		inv.Cleanup = value
	case "all", "include", "only", "patch", "interactive":
		inv.OwnIndex = !no
	case "pathspec-from-file":
		inv.OwnIndex = true
	case "fixup":
		// `--fixup=reword:` records no change but the message's.
		inv.OwnIndex = inv.OwnIndex || strings.HasPrefix(value, "reword:")
	}
	return taken
}

// commitOption is the option that a name stands for, "" for none.
func commitOption(name string) (full string, takesValue bool) {
	n := 0
	for i, list := range [][]string{commitValues, commitFlags} {
		for _, o := range list {
			if o == name {
				return o, i == 0
			}
			if name != "" && strings.HasPrefix(o, name) {
				full, takesValue = o, i == 0
				n++
			}
		}
	}
	if n != 1 {
		return "", false
	}
	return full, takesValue
}

// short reads letters behind one hyphen, and tells whether the next argument is
// the value of the last.
func (inv *Invocation) short(letters string) (taken int) {
	for i, c := range letters {
		switch c {
		case 'v':
			inv.Verbose = "yes"
		case 'a', 'i', 'o', 'p':
			inv.OwnIndex = true
		case 'm', 'F', 'c', 'C', 't', 'U':
			if i+1 == len(letters) {
				return 1
			}
			return 0
		case 'S', 'u': // what follows is their value
			return 0
		}
	}
	return 0
}

// Waiting is the gits that wait for a message of this repository. One that has
// started us comes alone. It is not known where the system does not say which
// processes there are, which is everywhere but on Linux.
//
// alias returns the value of git's alias of a name, "" for none. It looks at the
// list of processes, which takes some milliseconds.
func (r *Repository) Waiting(alias func(name string) string) (gits []Invocation, known bool) {
	if r.blind {
		return nil, false
	}
	pids, known := processes("git")
	if !known {
		return nil, false
	}
	up := ancestors()
	for _, pid := range pids {
		inv, ok := parseInvocation(commandLine(pid), alias)
		if !ok || !r.is(pid) {
			continue
		}
		inv.PID = pid
		for _, a := range up {
			inv.ancestor = inv.ancestor || a == pid
		}
		gits = append(gits, inv)
	}
	for _, a := range up { // the nearest first
		for _, inv := range gits {
			if inv.PID == a {
				return []Invocation{inv}, true
			}
		}
	}
	return gits, true
}

// is tells whether a process of git works on this repository. Git goes to the
// top of the work tree before it asks for a message.
func (r *Repository) is(pid int) bool {
	dir := workingDir(pid)
	if dir == "" {
		return false
	}
	if where, err := discover(dir); err == nil && where.gitDir == r.GitDir {
		return true
	}
	if given := environmentOf(pid).get("GIT_DIR"); given != "" {
		return sameDir(resolve(dir, given), r.GitDir)
	}
	for _, a := range commandLine(pid) {
		if given, ok := strings.CutPrefix(a, "--git-dir="); ok {
			return sameDir(resolve(dir, given), r.GitDir)
		}
	}
	return r.WorkTree != "" && filepath.Clean(dir) == r.WorkTree
}
