package lsp

import (
	"strings"
	"testing"
)

func TestSelection(t *testing.T) {
	for _, c := range []struct {
		name, preset, text string
		want               []string // the document in the end is not among them
	}{
		{"word of the subject", "", "one two-thr¦ee four\nmore\n\nBody\n", []string{"two-three", "one two-three four", "one two-three four\nmore", "one two-three four\nmore\n\nBody"}},
		{"between words", "", "one ¦ two\n\nBody\n", []string{"one  two", "one  two\n\nBody"}},
		{"body", "", "x\n\na b¦c\nd\n\ne\n# c\n", []string{"bc", "a bc", "a bc\nd", "x\n\na bc\nd\n\ne"}},
		{"item", "qemu-2026-09", "x\n\nAI-used-for: co¦de (a b), tests\nCc: y\n", []string{"code", "code (a b)", "code (a b), tests", "AI-used-for: code (a b), tests", "AI-used-for: code (a b), tests\nCc: y", "x\n\nAI-used-for: code (a b), tests\nCc: y"}},
		{"note", "qemu-2026-09", "x\n\nAI-used-for: code (a¦ b), tests\n", []string{"a", "a b", "code (a b)", "code (a b), tests", "AI-used-for: code (a b), tests", "x\n\nAI-used-for: code (a b), tests"}},
		{"person", "", "x\n\nCc: J¦o Doe <jo@b.c>\nCc: y\n", []string{"Jo", "Jo Doe <jo@b.c>", "Cc: Jo Doe <jo@b.c>", "Cc: Jo Doe <jo@b.c>\nCc: y", "x\n\nCc: Jo Doe <jo@b.c>\nCc: y"}},
		{"address", "", "x\n\nCc: Jo Doe <jo@¦b.c> # 1\n", []string{"b", "jo@b.c", "Jo Doe <jo@b.c>", "Jo Doe <jo@b.c> # 1", "Cc: Jo Doe <jo@b.c> # 1", "x\n\nCc: Jo Doe <jo@b.c> # 1"}},
		{"token", "", "x\n\nC¦c: y\n", []string{"Cc", "Cc: y", "x\n\nCc: y"}},
		{"folded", "", "x\n\nCc: y\n z¦z\nCc: b\n", []string{"zz", "y\n zz", "Cc: y\n zz", "Cc: y\n zz\nCc: b", "x\n\nCc: y\n zz\nCc: b"}},
		{"path", "", "x\n# a\n#\tmodified:   a/b¦.c\n", []string{"b", "a/b.c", "#\tmodified:   a/b.c", "# a\n#\tmodified:   a/b.c"}},
		{"Windows lines", "", "x\r\n\r\na b¦\r\n", []string{"b", "a b", "x\r\n\r\na b"}},
		{"a character of four bytes", "", "x 😀¦y\n", []string{"😀y", "x 😀y"}},
		{"hunk", "", "x\n# ------------------------ >8 ------------------------\ndiff --git a/a b/a\n@@ -1 +1 @@\n-a b\n+c¦ d\ndiff --git a/b b/b\n", []string{
			"c", "+c d", "@@ -1 +1 @@\n-a b\n+c d", "diff --git a/a b/a\n@@ -1 +1 @@\n-a b\n+c d", "diff --git a/a b/a\n@@ -1 +1 @@\n-a b\n+c d\ndiff --git a/b b/b",
			"# ------------------------ >8 ------------------------\ndiff --git a/a b/a\n@@ -1 +1 @@\n-a b\n+c d\ndiff --git a/b b/b",
			"# ------------------------ >8 ------------------------\ndiff --git a/a b/a\n@@ -1 +1 @@\n-a b\n+c d\ndiff --git a/b b/b\n",
		}},
		{"head of the patch", "", "# ------------------------ >8 ------------------------\ndiff --git a/a¦ b/a\nindex 1..2\n@@ -1 +1 @@\n-a\n+b", []string{
			"a", "a/a", "diff --git a/a b/a", "diff --git a/a b/a\nindex 1..2", "diff --git a/a b/a\nindex 1..2\n@@ -1 +1 @@\n-a\n+b",
		}},
		{"nothing", "", "¦", []string{}},
	} {
		text, at := cut(t, c.text)
		for _, enc := range encodings {
			client := everything
			client.encoding = enc
			p := pageOf(t, client, c.preset, text)
			s := p.selection(at, p.patch())
			var got []string
			for q := &s; q != nil; q = q.Parent {
				got = append(got, textAt(t, text, q.Range, enc))
			}
			want := append(c.want[:len(c.want):len(c.want)], text)
			if strings.Join(got, "|") != strings.Join(want, "|") {
				t.Errorf("%s, %s:\n%q\nwant\n%q", c.name, enc, got, want)
			}
		}
	}
}
