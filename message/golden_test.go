package message

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what the parser says into the cases; git still has to agree")

// golden is a case of testdata/message. Where a message holds what an editor or
// a diff would not show, `quoted: true` stands in its options, and every
// section has one Go string literal per line.
type golden struct {
	archive *txtar.Archive
	setup   setup
	options Options
	quoted  bool
	verbose bool // git is run with -v
	refused bool // git makes no commit of it
	message string
}

func readGolden(file string) (*golden, error) {
	a, err := txtar.ParseFile(file)
	if err != nil {
		return nil, err
	}
	g := &golden{archive: a}
	if strings.TrimSpace(string(a.Comment)) == "" {
		return nil, errors.New("the first line does not say why the case exists")
	}
	var cleanup Cleanup
	var cut Cut
	var divider bool
	for line := range strings.Lines(g.section("options")) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		switch name {
		case "comment":
			g.setup.comment = value
		case "separators":
			g.setup.separators = value
		case "keys":
			for k := range strings.SplitSeq(value, ", ") {
				name, key, _ := strings.Cut(k, "=")
				g.setup.trailers = append(g.setup.trailers, configuredTrailer{name, key})
			}
		case "cleanup":
			cleanup = Cleanup(value)
		case "cut":
			cut = Cut(value)
		case "divider":
			divider = value == "true"
		case "quoted":
			g.quoted = value == "true"
		case "verbose":
			g.verbose = value == "true"
		case "refused":
			g.refused = value == "true"
		default:
			return nil, fmt.Errorf("unknown option %q", line)
		}
	}
	g.options = g.setup.options(cleanup)
	g.options.Cut, g.options.Divider = cut, divider
	g.message, err = g.unquote(g.section("message"))
	return g, err
}

func (g *golden) section(name string) string {
	for _, f := range g.archive.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func (g *golden) unquote(s string) (string, error) {
	if !g.quoted {
		return s, nil
	}
	var b strings.Builder
	for line := range strings.Lines(s) {
		text, err := strconv.Unquote(strings.TrimSpace(line))
		if err != nil {
			return "", fmt.Errorf("%s: %w", line, err)
		}
		b.WriteString(text)
	}
	return b.String(), nil
}

func (g *golden) quote(s string) string {
	if !g.quoted {
		return s
	}
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString(strconv.Quote(line) + "\n")
	}
	return b.String()
}

// parsed is the sections that say what the parser makes of the message.
func (g *golden) parsed(m *Message) []txtar.File {
	var trailers strings.Builder
	for _, t := range m.Trailers {
		trailers.WriteString(t.Token + "\t" + t.Value + "\n")
	}
	subject := m.Slice(m.Subject)
	if subject != "" {
		subject += "\n"
	}
	var files []txtar.File
	for _, f := range [][2]string{{"subject", subject}, {"trailers", trailers.String()}, {"clean", m.Clean()}} {
		files = append(files, txtar.File{Name: f[0], Data: []byte(g.quote(f[1]))})
	}
	return files
}

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("../testdata/message/*.txtar")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d cases, %v", len(files), err)
	}
	r := newRepo(t)
	if err := r.change(); err != nil {
		t.Fatal(err)
	}
	modern := modern(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			g, err := readGolden(file)
			if err != nil {
				t.Fatal(err)
			}
			m := Parse(g.message, g.options)
			parsed := g.parsed(m)
			if *update {
				kept := g.archive.Files[:0]
				for _, f := range g.archive.Files {
					if f.Name == "options" || f.Name == "message" {
						kept = append(kept, f)
					}
				}
				g.archive.Files = append(kept, parsed...)
				if err := os.WriteFile(file, txtar.Format(g.archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			for _, f := range parsed {
				if want := g.section(f.Name); string(f.Data) != want {
					t.Errorf("%s\ngot:\n%s\nwant:\n%s", f.Name, f.Data, want)
				}
			}
			if len(g.setup.comment) > 1 && !modern {
				t.Logf("git before 2.45 has no comment strings: it is asked about %% in place of %s", g.setup.comment)
				g.message = strings.ReplaceAll(g.message, g.setup.comment, "%")
				g.setup.comment, g.options.Comment = "%", "%"
				m = Parse(g.message, g.options)
			}
			if err := g.agrees(r.with(g.setup), m); err != nil {
				t.Errorf("git differs: %v", err)
			}
		})
	}
}

// agrees holds a case against git: typed into an editor, and as the input of
// interpret-trailers.
func (g *golden) agrees(r *repo, m *Message) error {
	args := []string{"--cleanup=" + string(m.Options.Cleanup)}
	if g.verbose {
		args = append(args, "-v")
	}
	raw, _, err := r.commit(g.message, false, args...)
	if (err != nil) != g.refused {
		return fmt.Errorf("refused: %v", err)
	}
	if g.refused {
		return nil
	}
	if m.Options.Divider { // log knows none
		without := g.options
		without.Divider = false
		err = r.compare(Parse(g.message, without), raw)
	} else {
		err = r.compare(m, raw)
	}
	if err != nil {
		return err
	}
	text := contentStart(raw)
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	answers, err := r.parseAll([]string{text}, m.Options.Divider)
	if err != nil {
		return err
	}
	if got := latin1(g.setup.printed(m.Trailers)); got != answers[0] {
		return fmt.Errorf("interpret-trailers\ngot  %q\ngit  %q", got, answers[0])
	}
	return nil
}
