package maintainers

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// tree writes files below a new folder; a name that ends in a slash is a folder.
func tree(t testing.TB, files map[string]string) *os.Root {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			path = filepath.Join(path, "x")
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return root
}

func read(t testing.TB, files map[string]string) *List {
	t.Helper()
	l, err := Read(tree(t, files))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// short is owners in one line.
func short(owners []Owner) string {
	var words []string
	for _, o := range owners {
		w := o.Name
		switch {
		case o.Email != "":
			w, _, _ = strings.Cut(o.Email, "@")
		case o.Team:
			w = "team:" + o.Handle
		case o.Handle != "":
			w = "@" + o.Handle
		}
		words = append(words, w)
	}
	return strings.Join(words, " ")
}

func expect(t *testing.T, l *List, want map[string]string) {
	t.Helper()
	for path, owners := range want {
		got := l.Of(path)
		if short(got) != owners {
			t.Errorf("%s: %q, want %q", path, short(got), owners)
		}
		if owners == "" && got != nil {
			t.Errorf("%s: %#v is not nil", path, got)
		}
	}
}

func TestWhichFile(t *testing.T) {
	const (
		kernel = "PUMPS\nM:\tAda <ada@example.org>\nF:\tpump/\n"
		names  = "Ada, who began it\nBob <bob@example.org>\n"
		any    = "* @owner\n"
	)
	for _, c := range []struct {
		name       string
		files      map[string]string
		file, then string
		pump, rest string
	}{
		{"none", map[string]string{"README": ""}, "", "", "", ""},
		{"the kernel's form", map[string]string{"MAINTAINERS": kernel}, "MAINTAINERS", "", "ada", ""},
		{"both", map[string]string{"MAINTAINERS": kernel, "CODEOWNERS": any}, "MAINTAINERS", "CODEOWNERS", "ada", "@owner"},
		{"a list of names", map[string]string{"MAINTAINERS": names}, "MAINTAINERS", "", "", ""},
		{"a list of names, and owners", map[string]string{"MAINTAINERS": names, "docs/CODEOWNERS": any}, "docs/CODEOWNERS", "", "@owner", "@owner"},
		{"GitHub's order", map[string]string{".github/CODEOWNERS": any, "CODEOWNERS": "* @second\n", "docs/CODEOWNERS": "* @third\n"}, ".github/CODEOWNERS", "", "@owner", "@owner"},
		{"an empty file comes first all the same", map[string]string{".github/CODEOWNERS": "", "CODEOWNERS": any}, ".github/CODEOWNERS", "", "", ""},
		{"GitLab", map[string]string{".gitlab/CODEOWNERS": any}, ".gitlab/CODEOWNERS", "", "@owner", "@owner"},
		{"docs is a file", map[string]string{"docs": "", ".gitlab/CODEOWNERS": any}, ".gitlab/CODEOWNERS", "", "@owner", "@owner"},
		{"a folder of the name", map[string]string{"MAINTAINERS/": "", "CODEOWNERS": any}, "CODEOWNERS", "", "@owner", "@owner"},
		{"CRLF and a BOM", map[string]string{"MAINTAINERS": "\ufeff" + strings.ReplaceAll(kernel, "\n", "\r\n")}, "MAINTAINERS", "", "ada", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := read(t, c.files)
			if l == nil {
				if c.file != "" {
					t.Fatal("nothing was found")
				}
				return
			}
			if l.File != c.file || l.Then != c.then {
				t.Errorf("File %q, Then %q; want %q, %q", l.File, l.Then, c.file, c.then)
			}
			expect(t, l, map[string]string{"pump/a.c": c.pump, "rest.c": c.rest})
		})
	}
}

func TestAll(t *testing.T) {
	l := read(t, map[string]string{
		"MAINTAINERS": "ADMIN\nM: Ada <ada@example.org>\n\nPUMPS\nM: Ada L <ADA@example.org>\nM: Bob <bob@example.org>\nR: Cy <cy@example.org>\nF: pump/\n",
		"CODEOWNERS":  "* @Dora @org/team\n/x @dora bob@example.org\n",
	})
	if got, want := short(l.All()), "ada bob @Dora team:org/team"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	l.All()[0].Name = "changed"
	if l.All()[0].Name != "Ada" {
		t.Error("a caller can change the list")
	}
}

func TestIs(t *testing.T) {
	ada := Owner{Name: "Ada Example", Email: "ada@example.org"}
	for _, c := range []struct {
		owner       Owner
		name, email string
		want        bool
	}{
		{ada, "Somebody", "ADA@Example.org", true},
		{ada, "Ada Example", "ada@other.org", false},
		{ada, "ada example", "", true},
		{ada, "", "", false},
		{Owner{Name: "Ada Example"}, " ADA EXAMPLE ", "ada@other.org", true},
		{Owner{Name: "Ada Example"}, "Ada", "ada@other.org", false},
		{Owner{Handle: "ada"}, "Ada", "123+Ada@users.noreply.github.com", true},
		{Owner{Handle: "ada"}, "Ada", "ada@users.noreply.github.com", true},
		{Owner{Handle: "ada"}, "Ada", "123+ada@users.noreply.github.com.evil.org", false},
		{Owner{Handle: "ada"}, "Ada", "x+ada@users.noreply.github.com", false},
		{Owner{Handle: "ada"}, "Ada", "123+bob@users.noreply.github.com", false},
		{Owner{Handle: "ada"}, "ada", "ada@example.org", false},
		{Owner{Handle: "ada"}, "Ada Example (@Ada)", "ada@example.org", true},
		{Owner{Handle: "ada"}, "Ada Example @ada.", "", true},
		{Owner{Handle: "ada"}, "@adam", "", false},
		{Owner{Handle: "ada"}, "x@ada", "", false},
		{Owner{Handle: "ada", Email: "ada@example.org"}, "Ada (@ada)", "ada@home.org", true},
		{Owner{Handle: "org/team", Team: true}, "@org/team", "", false},
		{Owner{}, "", "", false},
	} {
		if got := c.owner.Is(c.name, c.email); got != c.want {
			t.Errorf("%+v.Is(%q, %q) = %v", c.owner, c.name, c.email, got)
		}
	}
}

func TestRefused(t *testing.T) {
	var many, people strings.Builder
	many.WriteString("ALL\nM: a@example.org\n")
	for i := range maxPatterns + 1 {
		fmt.Fprintf(&many, "F: f%d\n", i)
		fmt.Fprintf(&people, "M: p%d@example.org\n", i)
	}
	for _, c := range []struct {
		name string
		file string
		text string
		want string
	}{
		{"too large", "MAINTAINERS", strings.Repeat("x", maxSize+1), "read MAINTAINERS: it is larger than 4 MiB"},
		{"too large", "docs/CODEOWNERS", strings.Repeat("x", maxSize+1), "read docs/CODEOWNERS: it is larger than 4 MiB"},
		{"too many patterns", "MAINTAINERS", many.String(), "read MAINTAINERS: it has more than 20000 patterns"},
		{"too many patterns", "CODEOWNERS", many.String() + "x\n", "read CODEOWNERS: it has more than 20000 patterns"},
		{"too many people", "MAINTAINERS", people.String(), "read MAINTAINERS: it names more than 20000 people"},
	} {
		text := c.text
		if c.file == "CODEOWNERS" {
			text = strings.ReplaceAll(text, "F: ", "") // a pattern without owners
		}
		if l, err := Read(tree(t, map[string]string{c.file: text})); l != nil || err == nil || err.Error() != c.want {
			t.Errorf("%s %s: %v, want %q", c.file, c.name, err, c.want)
		}
	}
}

func TestLinkOutOfTheTree(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "MAINTAINERS")
	if err := os.WriteFile(outside, []byte("A\nM: a@example.org\nF: *\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	root := tree(t, map[string]string{"x": ""})
	if err := os.Symlink(outside, filepath.Join(root.Name(), "MAINTAINERS")); err != nil {
		t.Fatal(err)
	}
	if l, err := Read(root); l != nil || err == nil || !strings.HasPrefix(err.Error(), "read MAINTAINERS: ") || strings.Contains(err.Error(), outside) {
		t.Errorf("%v, %v", l, err)
	}
}

// Nothing that a file can hold makes a look-up slow. The limits are generous:
// they tell a matter of course from a run-away, also on a slow machine.
func TestHostileTime(t *testing.T) {
	fill := func(head, line string, n int) string {
		return head + strings.Repeat(line+"\n", min(n, (maxSize-len(head))/(len(line)+1)))
	}
	const head = "A\nM: a@example.org\n"
	for _, c := range []struct{ name, file, text, path string }{
		{"stars", "MAINTAINERS", fill(head, "F: "+strings.Repeat("*a", 900)+"b", maxPatterns-1), strings.Repeat("a", maxPath)},
		{"question marks", "MAINTAINERS", fill(head, "F: *"+strings.Repeat("?", 900)+"*b", maxPatterns-1), strings.Repeat("a", maxPath)},
		{"sets", "MAINTAINERS", fill(head, "F: *"+strings.Repeat("["+strings.Repeat("a", 90)+"]", 20)+"b", maxPatterns-1), strings.Repeat("a", maxPath)},
		{"open sets", "MAINTAINERS", fill(head, "F: *"+strings.Repeat("[", 1900), maxPatterns-1), strings.Repeat("[", maxPath)},
		{"expressions", "MAINTAINERS", fill(head, "N: "+strings.Repeat("(a*)*", 39)+"b", maxPatterns-1), strings.Repeat("a", maxPath)},
		{"counted expressions", "MAINTAINERS", fill(head, "N: (((a{100}){10})*)*b", maxPatterns-1), strings.Repeat("a", maxPath)},
		{"classes", "MAINTAINERS", fill(head, "N: "+strings.Repeat(`\pL`, 60), maxPatterns-1), strings.Repeat("a", maxPath)},
		{"sections", "MAINTAINERS", fill("", "A\nM: a@example.org\nF: *\nX: *b", (maxPatterns-1)/2), strings.Repeat("a", maxPath)},
		{"folders", "MAINTAINERS", fill(head, "F: "+strings.Repeat("a/", 950), maxPatterns-1), strings.Repeat("a/", maxPath/2)},
		{"the same people", "MAINTAINERS", fill("F: *\n", "M:a@b", maxSize), "a"},
		{"double stars", "CODEOWNERS", fill("", strings.Repeat("**/a/", 350)+"b @a", maxPatterns-1), strings.Repeat("a/", maxPath/2-1) + "c"},
		{"stars in parts", "CODEOWNERS", fill("", "/**/"+strings.Repeat("*a", 900)+"b @a", maxPatterns-1), strings.Repeat("a", 2000) + "/" + strings.Repeat("a", 2000)},
		{"owners", "CODEOWNERS", fill("", "*"+strings.Repeat(" @a", 600), maxPatterns-1), "a"},
		{"GitLab's sections", "CODEOWNERS", fill("", "[a] @a\n*", maxPatterns-1), "a"},
		{"backslashes", "CODEOWNERS", fill("", strings.Repeat(`\`, 1999), maxPatterns-1), "a"},
	} {
		start := time.Now()
		l, err := Read(tree(t, map[string]string{c.file: c.text}))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		reading := time.Since(start)
		start = time.Now()
		l.Of(c.path)
		asking := time.Since(start)
		t.Logf("%s: %v to read, %v to ask", c.name, reading, asking)
		if reading > 30*time.Second || asking > 20*time.Second {
			t.Errorf("%s: %v to read, %v to ask", c.name, reading, asking)
		}
	}
}

// large is a file of the kernel's size: as many sections and patterns.
func large() string {
	var b strings.Builder
	for i := range 2900 {
		fmt.Fprintf(&b, "DRIVER NUMBER %d (of a kind)\nM:\tPerson %d <person%d@example.org>\nR:\tReader %d <reader%d@example.org>\nL:\tlist%d@lists.example.org\nS:\tMaintained\n", i, i/2, i/2, i, i, i%100)
		fmt.Fprintf(&b, "F:\tDocumentation/devicetree/bindings/kind%d/vendor,device%d.yaml\nF:\tdrivers/kind%d/device%d*\nF:\tdrivers/kind%d/sub%d/\nF:\tinclude/linux/device%d.h\nF:\t*/*/any%d.c\n", i%60, i, i%60, i, i%60, i, i, i)
		if i%18 == 0 {
			fmt.Fprintf(&b, "N:\tword%d\n", i)
		}
		b.WriteByte('\n')
	}
	return b.String() + "THE REST\nM:\tChief <chief@example.org>\nF:\t*\nF:\t*/\n"
}

func TestLargeFile(t *testing.T) {
	l := read(t, map[string]string{"MAINTAINERS": large()})
	start := time.Now()
	for i := range 1000 {
		path := fmt.Sprintf("drivers/kind%d/sub%d/part/file%d.c", i%60, i, i)
		if got, want := short(l.Of(path)), fmt.Sprintf("person%d chief", i/2); got != want {
			t.Fatalf("%s: %q, want %q", path, got, want)
		}
	}
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("1000 paths took %v", d)
	} else {
		t.Logf("1000 paths took %v", d)
	}
}

func BenchmarkOf(b *testing.B) {
	l := read(b, map[string]string{"MAINTAINERS": large()})
	for b.Loop() {
		l.Of("drivers/kind17/sub17/part/file.c")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(kernelText, ownersText, "net/ipv6/a.c")
	f.Add("A\nM: <\nF: [\nX: *?[a-\nN: (\n", "[a][\n^[b] @x\n\\ @y\n**/** @z\n!/ @@maintainer #", "a/b")
	f.Add("M:a@b\nF:*/\nF:?\xff[^\xff]", "\xff\\", "\xff/\xfe")
	f.Fuzz(func(t *testing.T, kernel, owners, path string) {
		p := people{at: map[Owner]int{}}
		l := &List{}
		if k, err := parseKernel(kernel, &p, func(string) bool { return len(path)%2 == 0 }); err == nil {
			l.asked = append(l.asked, k)
		}
		if c, err := parseCodeowners(owners, &p); err == nil {
			l.asked = append(l.asked, c)
		}
		l.people = p
		all := l.All()
		for _, o := range l.Of(path) {
			if !slices.Contains(all, o) {
				t.Errorf("%+v is not among all", o)
			}
			if o.Name == "" && o.Email == "" && o.Handle == "" {
				t.Error("an owner without a name")
			}
			if o.Email != "" && !o.Team && !o.Is("", strings.ToUpper(o.Email)) && !o.Is("", o.Email) {
				t.Errorf("%+v is not who they are", o)
			}
		}
	})
}
