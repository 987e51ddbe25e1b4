package policy

import (
	"os"
	"path/filepath"
	"strings"
)

// QEMU's own documents, as far as they speak of AI.
const (
	qemuUsage      = "docs/devel/llm-usage.rst"       // the September 2026 series adds it
	qemuProvenance = "docs/devel/code-provenance.rst" // holds the policy in force, and the May 2026 patch rewrites it
)

// maxDocument is how much of a project's document is read; QEMU's have 20 KiB.
const maxDocument = 256 << 10

// detect is the policy that the checkout itself states.
func detect(root *os.Root) (*Found, error) {
	preset, document := qemu(root)
	if document == "" {
		return nil, nil
	}
	p, err := Preset(preset)
	if err != nil {
		return nil, err
	}
	return &Found{p, filepath.Join(root.Name(), document), document}, nil
}

// qemu is the preset that `qemu` stands for in this work tree, and the document
// that says so; without one it is the policy of the May 2026 patch and "".
func qemu(root *os.Root) (preset, document string) {
	if text := words(root, qemuUsage); strings.Contains(text, "qemu") && strings.Contains(text, "ai-used-for") {
		return "qemu-2026-09", qemuUsage
	}
	text := words(root, qemuProvenance)
	switch {
	case !strings.Contains(text, "qemu"):
	case strings.Contains(text, "ai-used-for"):
		return "qemu-2026-05", qemuProvenance
	case strings.Contains(text, "decline any contributions"):
		return "qemu-decline", qemuProvenance
	}
	return "qemu-2026-05", ""
}

// words is a document in lower case with single blanks, "" if it cannot be read.
func words(root *os.Root, name string) string {
	text, err := readFile(root, name, maxDocument)
	if err != nil {
		return ""
	}
	return strings.Join(strings.Fields(strings.ToLower(string(text))), " ")
}
