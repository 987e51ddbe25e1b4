package lsp

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

// log writes git-ai's working log: AI wrote the first lines of a file, as it is staged.
func (r *repo) log(name, text string, lines int) {
	r.t.Helper()
	cmd := exec.Command("git", "rev-parse", "HEAD")
	cmd.Dir, cmd.Env = r.dir, r.env
	head, err := cmd.Output()
	if err != nil {
		r.t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(text))
	r.write(".git/ai/working_logs/"+strings.TrimSpace(string(head))+"/checkpoints.jsonl", fmt.Sprintf(
		`{"kind": "AiAgent", "entries": [{"file": %q, "blob_sha": %q, "line_attributions": [{"start_line": 1, "end_line": %d, "author_id": "s_0::t_0"}]}], "api_version": "checkpoint/1.0.0"}`+"\n",
		name, hex.EncodeToString(sum[:]), lines))
}

// What a tool notes while the editor is open shows at once: above the subject, in the
// hover and in the findings.
func TestRecordWhileTheEditorIsOpen(t *testing.T) {
	const text = "net: rework the queue\n\nIt was wrong.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n"
	r := newRepo(t, "extends: qemu-2026-05\nversion: 1\n")
	r.git("commit", "-q", "--allow-empty", "-m", "start")
	r.stage("hw/net.c", 40)
	e := startViewing(r, "")
	e.open(r.message(), "gitcommit", text)
	find := func(want string, rules ...string) {
		t.Helper()
		seen := e.until(r.message(), rules...)
		for _, d := range seen[len(seen)-1].Diagnostics {
			if says := fmt.Sprint(d.Message); !strings.Contains(says, want) {
				t.Errorf("the finding says %q, not %q", says, want)
			}
		}
	}
	find("this change has 40", "small-fix-limit")
	staged := strings.Repeat("x = 1;\n", 40)
	r.log("hw/net.c", staged, 12)
	find("")
	r.log("hw/net.c", staged, 21)
	find("AI wrote 21 of 40 lines by git-ai's record", "small-fix-limit")
	e.close(r.message())
	if says, _ := e.hover(t, r.message(), caret+text); !strings.Contains(says, "21 of 40 lines AI's") {
		t.Errorf("the hover says %q", says)
	}
	e.close(r.message())
	if got := strings.Join(e.lenses(t, r, text), factsApart); !strings.Contains(got, "21 of 40 lines AI's, AI limit 20") {
		t.Errorf("the lens says %q", got)
	}
}
