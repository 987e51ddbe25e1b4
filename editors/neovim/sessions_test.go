package neovim_test

import (
	"slices"
	"strings"
	"time"
)

// session is one git command whose editor is a real Neovim with the real server
// attached. testdata/drive.lua takes the steps in it.
type session struct {
	name             string
	policy           string   // git config colophon.policy
	env              []string // for the editor
	demo             bool     // demo.lua in place of the plug-in
	staged, unstaged []string
	git              []string
	message          string // what the editor opens; "" is what git makes
	steps            []step
	commit           string // the message of the commit that git makes
	trailers         string // what git takes for trailers in it
}

// silent tells whether there is never anything to see.
func (s session) silent() bool {
	return !slices.ContainsFunc(s.steps, func(st step) bool { return len(st.Findings) > 0 })
}

// step is what the driver does, and what must come of it.
type step struct {
	Step     string        `json:"step"`
	Codes    []string      `json:"codes"`
	Line     int           `json:"line"`
	Title    string        `json:"title"`
	Keys     []string      `json:"keys"`
	Command  []string      `json:"command"`
	Findings []string      `json:"-"`
	Within   time.Duration `json:"-"`
	Hover    bool          `json:"-"`
	Offered  []string      `json:"-"`
}

// see waits for exactly these findings, each a "line:column-column severity
// rule". Lines and columns are Neovim's: from 0 on, in bytes.
func see(findings ...string) step {
	codes := []string{}
	for _, f := range findings {
		codes = append(codes, f[strings.LastIndexByte(f, ' ')+1:])
	}
	slices.Sort(codes)
	return step{Step: "see", Codes: codes, Findings: findings}
}

// soon is see, with findings that come by themselves.
func soon(findings ...string) step {
	s := see(findings...)
	s.Within = 3 * time.Second
	return s
}

// fix applies a code action of a line by its title.
func fix(line int, title string) step { return step{Step: "fix", Line: line, Title: title} }

// offered waits until a code action is there.
func offered(line int, title string) step { return step{Step: "offered", Line: line, Title: title} }

// hear waits until the server has spoken about the text at all.
func hear() step { return step{Step: "hear"} }

// typed are keys as a person presses them.
func typed(keys ...string) step { return step{Step: "type", Keys: keys} }

// beside is another process at work.
func beside(command ...string) step { return step{Step: "run", Command: command} }

// ask has the server answer what it knows of the first line.
func ask(hover bool, offered ...string) step {
	return step{Step: "ask", Hover: hover, Offered: offered}
}

const (
	body   = "hw/net: drop a dead store\n\nThe value is never read.\n\n"
	jo     = "Signed-off-by: Jo Doe <jo@example.org>\n"
	claude = "Co-Authored-By: Claude <noreply@anthropic.com>\n"
)

var (
	code  = []string{"hw/net/x.c"}
	both  = []string{"hw/net/x.c", "tests/y.c"}
	plain = []string{"commit"}
)

var sessions = []session{{
	name:   "co-author below the sign-off",
	policy: "qemu-2026-09", staged: code, git: plain, message: body + jo + claude,
	steps: []step{
		see("5:0-46 error disclosure-missing", "5:0-46 error trailer-forbidden"),
		fix(5, "Replace this `Co-Authored-By` by `AI-used-for: code`"),
		see(),
	},
	commit: body + "AI-used-for: code\n" + jo, trailers: "AI-used-for: code\n" + jo,
}, {
	name:   "the same above a patch",
	policy: "qemu-2026-09", staged: both, git: []string{"commit", "-v"}, message: body + jo + claude,
	steps: []step{
		see("5:0-46 error disclosure-missing", "5:0-46 error trailer-forbidden"),
		fix(5, "Replace this `Co-Authored-By` by `AI-used-for: code, tests`"),
		see(),
	},
	commit: body + "AI-used-for: code, tests\n" + jo, trailers: "AI-used-for: code, tests\n" + jo,
}, {
	name:   "columns behind emoji and combining marks",
	policy: "qemu-2026-09", staged: both, git: plain,
	message: "hw/net: cafe\u0301 for the 🚀 e\u0301\u0323\n\nSehr schön.\n\nAI-used-for: code (👩‍💻 größe), testing\n",
	steps: []step{
		see("0:0-33 error signoff-missing", "4:41-48 error disclosure-value"),
		fix(4, "Write `tests`"),
		see("0:0-33 error signoff-missing"),
		fix(0, "Add `Signed-off-by: Jo Doe <jo@example.org>`"),
		see(),
	},
	commit:   "hw/net: cafe\u0301 for the 🚀 e\u0301\u0323\n\nSehr schön.\n\nAI-used-for: code (👩‍💻 größe), tests\n" + jo,
	trailers: "AI-used-for: code (👩‍💻 größe), tests\n" + jo,
}, {
	name:   "a person types",
	policy: "qemu-2026-09", staged: both, git: plain,
	steps: []step{
		see("0:0-0 hint disclosure-missing"),
		typed("Ihw/net: drop a dead store<Esc>"),
		see("0:0-25 hint disclosure-missing", "0:0-25 hint signoff-missing"),
		typed("o<CR>The value is never read.<CR><Esc>", "oSigned-off-by: Jo Doe <lt>jo@example.org><Esc>"),
		see("0:0-25 hint disclosure-missing"),
		typed("OAI-used-for: testing<Esc>"),
		see("4:13-20 error disclosure-value"),
		fix(4, "Write `tests`"),
		see(),
	},
	commit: body + "AI-used-for: tests\n" + jo, trailers: "AI-used-for: tests\n" + jo,
}, {
	name:   "no AI was used",
	policy: "qemu-2026-09", staged: code, git: []string{"commit", "-s", "-v"}, message: body,
	steps: []step{
		see("0:0-25 hint disclosure-missing"),
		fix(0, "No AI was used"),
		see(),
	},
	commit: body + jo, trailers: jo,
}, {
	name:   "no policy",
	staged: code, git: plain, message: body + claude,
	steps:  []step{hear(), ask(false), typed("A now<Esc>"), ask(false), see()},
	commit: strings.Replace(body, "store", "store now", 1) + claude, trailers: claude,
}, {
	// Neogit gives commit messages a file type of its own.
	name:   "in Neogit",
	policy: "qemu-2026-09", staged: code, git: plain, message: body + jo + claude,
	env: []string{"COLOPHON_FILETYPE=NeogitCommitMessage"},
	steps: []step{
		see("5:0-46 error disclosure-missing", "5:0-46 error trailer-forbidden"),
		fix(5, "Replace this `Co-Authored-By` by `AI-used-for: code`"),
		see(),
	},
	commit: body + "AI-used-for: code\n" + jo, trailers: "AI-used-for: code\n" + jo,
}, {
	// Git has made the tree before it opened the message: what is staged now is in
	// the next commit, and the person is told so.
	name:   "staged beside the editor",
	policy: "qemu-2026-05", staged: code, unstaged: []string{"include/big.h"}, git: plain, message: body + "AI-used-for: code\n",
	steps: []step{
		see("0:0-25 error signoff-missing"),
		beside("git", "add", "include/big.h"),
		soon("0:0-25 info commit-contents", "0:0-25 error signoff-missing"),
	},
	commit: body + "AI-used-for: code\n", trailers: "AI-used-for: code\n",
}, {
	name:   "a tag",
	policy: "qemu-2026-09", staged: code, git: []string{"tag", "-a", "v1"},
	steps: []step{ask(false), typed("IVersion 1<Esc>", "o<CR>"+strings.TrimSpace(strings.ReplaceAll(claude, "<", "<lt>"))+"<Esc>"), ask(false), see()},
}, {
	name:   "a policy that is none",
	policy: "qemu-2062-09", staged: code, git: plain, message: body + claude,
	steps:  []step{see("0:0-25 error policy-invalid")},
	commit: body + claude, trailers: claude,
}, {
	name:   "the policy in the editor's settings",
	staged: code, git: plain, message: body + jo + claude,
	env: []string{`COLOPHON_SETTINGS={"colophon": {"policy": "qemu-2026-09"}}`},
	steps: []step{
		see("5:0-46 error disclosure-missing", "5:0-46 error trailer-forbidden"),
		fix(5, "Insert `AI-used-for: code`"),
		see("6:0-46 error trailer-forbidden"),
		fix(6, "Remove this `Co-Authored-By`"),
		see(),
	},
	commit: body + "AI-used-for: code\n" + jo, trailers: "AI-used-for: code\n" + jo,
}, {
	name:   "an attestation",
	policy: "numpy-zones", staged: []string{"doc/source/user/basics.rst"}, git: plain,
	message: "DOC: explain take\n\nWith an example.\n\nCo-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>\n",
	steps: []step{
		see("4:0-55 warning attestation-missing", "4:0-55 info disclosure-missing"),
		fix(4, `Insert the attestation for the zone "outer"`),
		see("6:9-74 warning attestation-incomplete", "8:0-55 info disclosure-missing"),
		typed("7GfPCParts: docs, all of it<Esc>"),
		see("8:0-55 info disclosure-missing"),
	},
	commit:   "DOC: explain take\n\nWith an example.\n\nAI use:\n- Tool: Claude Opus 4.5\n- Parts: docs, all of it\n\nCo-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>\n",
	trailers: "Co-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>\n",
}, {
	name: "the policy file",
	git:  []string{"config", "-f", ".colophon.yaml", "--edit"},
	steps: []step{
		see("0:0-0 error policy-invalid"), // it is empty
		typed("Iversion: 1<CR>projct: Example<CR>status: propsed<Esc>"),
		see("1:0-6 error policy-invalid", "2:8-15 error policy-invalid"),
		fix(1, "Write `project`"),
		see("2:8-15 error policy-invalid"),
		fix(2, "Write `proposed`"),
		see(),
		typed("G"),
		typed("olimits:<CR>  small-fix: {lines: 20, zones: [cores]}<Esc>"),
		see("4:35-40 error policy-invalid"),
		typed("dd"),
		see(),
		typed("ggOclasses: {test: ['a[']}<Esc>"),
		see("0:17-21 error policy-invalid"),
		typed("dd"),
		see(),
		typed("ggOpatterns: [{match: '(x'}]<Esc>"),
		see("0:19-23 error policy-invalid"),
		typed("dd"),
		see(),
		typed("ggOextends: .colophon.yaml<Esc>"), // itself
		see("0:9-23 error policy-invalid"),
		typed("dd"),
		see(),
	},
}, {
	name: "the demo", demo: true,
	policy: "qemu-2026-09", staged: both, git: []string{"commit", "-v"}, message: body + jo + claude,
	steps: []step{
		see("5:0-46 error disclosure-missing", "5:0-46 error trailer-forbidden"),
		offered(5, "Replace this `Co-Authored-By` by `AI-used-for: code, tests`"),
		typed("<CR>"),
		see(),
	},
	commit: body + "AI-used-for: code, tests\n" + jo, trailers: "AI-used-for: code, tests\n" + jo,
}}
