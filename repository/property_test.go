package repository_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Whatever is staged, Staged says what `git show` says of the commit then made.
func TestStagedIsTheCommitForAnyEdit(t *testing.T) {
	t.Parallel()
	checks := flag.Lookup("rapid.checks")
	if checks.Value.String() == checks.DefValue {
		// Every case takes six runs of git.
		if err := checks.Value.Set("40"); err != nil {
			t.Fatal(err)
		}
	}
	s := newSandbox(t)
	line := rapid.SampledFrom([]string{
		"a", "b", "c", "", " ", "\t\r", "-- x", "++ x", "@@ -1 +1 @@", "diff --git a/x b/x", "\\ No newline", "\x00", "\xff", strings.Repeat("long ", 20_000),
	})
	end := rapid.SampledFrom([]string{"\n", "\n", "\n", "\r\n", ""})
	text := rapid.Custom(func(t *rapid.T) string {
		all := rapid.SliceOfN(line, 0, 12).Draw(t, "lines")
		if len(all) == 0 {
			return ""
		}
		return strings.Join(all, "\n") + end.Draw(t, "end")
	})
	name := rapid.SampledFrom([]string{"a", "b", "c", "dir/d", "dir/e", "-f", "new\nline", "q\"\\", "\xff", "* Unmerged path a"})
	mode := rapid.SampledFrom([]string{"100644", "100644", "100644", "100755", "120000"})
	// tree fills the index. Objects are made once for each text.
	ids := make(map[string]string)
	tree := func(files map[string][2]string) {
		var info strings.Builder
		for name, f := range files {
			id, ok := ids[f[1]]
			if !ok {
				id = strings.TrimSpace(s.gitWith(f[1], nil, "hash-object", "-w", "--stdin"))
				ids[f[1]] = id
			}
			info.WriteString(f[0] + " " + id + "\t" + name + "\x00")
		}
		if err := os.Remove(s.path(".git/index")); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		s.gitWith(info.String(), nil, "update-index", "-z", "--index-info")
	}
	file := rapid.Custom(func(t *rapid.T) [2]string {
		return [2]string{mode.Draw(t, "mode"), text.Draw(t, "text")}
	})
	rapid.Check(t, func(t *rapid.T) {
		files := rapid.MapOfN(name, file, 0, 8).Draw(t, "before")
		tree(files)
		s.git("commit", "-q", "--allow-empty", "-m", "before")
		for range rapid.IntRange(0, 6).Draw(t, "edits") {
			path := name.Draw(t, "name")
			switch rapid.IntRange(0, 3).Draw(t, "edit") {
			case 0:
				files[path] = file.Draw(t, "file")
			case 1:
				delete(files, path)
			case 2: // rename, as it may be
				if f, ok := files[path]; ok {
					delete(files, path)
					files[name.Draw(t, "to")] = f
				}
			case 3: // change one line
				f, ok := files[path]
				if all := strings.SplitAfter(f[1], "\n"); ok {
					all[rapid.IntRange(0, len(all)-1).Draw(t, "line")] = line.Draw(t, "new") + "\n"
					files[path] = [2]string{f[0], strings.Join(all, "")}
				}
			}
		}
		tree(files)
		got := s.staged()
		s.git("commit", "-q", "--allow-empty", "-m", "after")
		s.sameAsCommit(t, got)
	})
}
