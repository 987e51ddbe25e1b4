package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"
)

// TestStress sends thousands of edits as fast as they can be written, between
// requests that are cancelled, panic, are slow or go wrong. All requests are
// answered, and in the end the server has the text that the client has.
func TestStress(t *testing.T) {
	const edits = 5000
	rnd := rand.New(rand.NewPCG(1, 2))
	synctest.Test(t, func(t *testing.T) {
		srv := &fakeServer{docs: newDocuments(protocol.PositionEncodingKindUTF16, zap.NewNop())}
		slow := make(chan struct{})
		srv.hover = func(ctx context.Context, line uint32) (*protocol.Hover, error) {
			// Each looks at the document for as long as it likes.
			if doc, ok := srv.docs.get("file:///m"); ok {
				doc.lines.rng(0, len(doc.text))
			}
			switch line {
			case 1:
				<-ctx.Done()
				return nil, ctx.Err()
			case 2:
				panic("on purpose")
			case 3:
				<-slow
			case 4:
				return nil, errors.New("on purpose")
			}
			return nil, nil
		}
		p := newPeer(t, t.Context(), srv, zap.NewNop())
		p.start()
		text := "a\nb\n"
		p.send(didOpenNotification)

		want := map[string]string{} // answers by id
		for i := range edits {
			r := protocol.Range{Start: randomPosition(rnd, text), End: randomPosition(rnd, text)}
			with := []string{"", "x", "word ", "\n", "\r\n", "\r", "😀", "é", "\n\n"}[rnd.IntN(9)]
			if len(text) > 2000 {
				r, with = protocol.Range{End: protocol.Position{Line: 1 << 20}}, "again\n"
			}
			text, _ = naiveEdit(text, r, with, protocol.PositionEncodingKindUTF16)
			p.send(didChangeNotification(t, int32(i+2), r, with))

			if i%5 == 0 {
				id, what := fmt.Sprint(i), rnd.IntN(5)
				if what == 3 && i > edits/2 {
					what = 0 // few enough to leave room for others
				}
				p.send(hoverRequest(id, what))
				want[id] = id + [...]string{" ok", " -32800", " -32603", " ok", " -32603"}[what]
				if what == 1 {
					p.send(`{"method":"$/cancelRequest","params":{"id":` + id + `}}`)
				}
			}
			if i == edits*3/4 {
				close(slow)
			}
		}
		for range want {
			m := p.next()
			if got := m.String(); got != want[string(m.ID)] {
				t.Errorf("got %s, want %s", got, want[string(m.ID)])
			}
		}
		p.stop()
		if doc, ok := srv.docs.get("file:///m"); !ok || doc.text != text || doc.version != edits+1 {
			t.Errorf("the server has %+v, the client %q", doc, text)
		}
	})
}

func randomPosition(rnd *rand.Rand, text string) protocol.Position {
	return protocol.Position{Line: uint32(rnd.IntN(strings.Count(text, "\n") + 2)), Character: uint32(rnd.IntN(20))}
}

func didChangeNotification(t *testing.T, version int32, r protocol.Range, text string) string {
	t.Helper()
	encoded, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`{"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///m","version":%d},"contentChanges":[{"range":{"start":{"line":%d,"character":%d},"end":{"line":%d,"character":%d}},"text":%s}]}}`,
		version, r.Start.Line, r.Start.Character, r.End.Line, r.End.Character, encoded)
}
