package lsp

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"
	"pgregory.net/rapid"
)

// shortenAll is what is kept of a text that comes in pieces of one size.
func shortenAll(m limits, text string, piece int) *shortener {
	s := &shortener{limits: m}
	for p := range slices.Chunk([]byte(text), piece) {
		s.take(p)
	}
	return s
}

func TestShorten(t *testing.T) {
	const more = missingEncoded
	tests := []struct {
		name string
		in   string // strings longer than 12 are shortened, behind one of the last 6 if that ends a line
		want string
	}{
		{"not longer", `"abcdefghijkl"`, `"abcdefghijkl"`},
		{"longer", `"abcdefghijklm"`, `"abcdefghijkl` + more + `"`},
		{"much longer", `"abcdefghijkl` + strings.Repeat("m", 1000) + `"`, `"abcdefghijkl` + more + `"`},
		{"empty", `["",{"":""}]`, `["",{"":""}]`},
		{"outside of strings", `[123456789012345, true , null ]`, `[123456789012345, true , null ]`},
		{"key", `{"abcdefghijklm":1}`, `{"abcdefghijkl` + more + `":1}`},
		{"several", `["abcdefghijklm","x","ABCDEFGHIJKLM"]`, `["abcdefghijkl` + more + `","x","ABCDEFGHIJKL` + more + `"]`},
		{"counted anew in each", `["abcdefgh","abcdefgh"]`, `["abcdefgh","abcdefgh"]`},

		{"line end right at the cut", `"abcdefghij\nk"`, `"abcdefghij\n` + more + `"`},
		{"line end before", `"abcdef\nghijklm"`, `"abcdef\n` + more + `"`},
		{"last line end before", `"abcde\nf\nghijklm"`, `"abcde\nf\n` + more + `"`},
		{"line end too far before", `"abc\ndefghijklm"`, `"abc\ndefghij` + more + `"`},
		{"line end cut in two", `"abcdefghijk\nl"`, `"abcdefghijk` + more + `"`},
		{"line end behind", `"abcdefghijkl\nm"`, `"abcdefghijkl` + more + `"`},
		{"backslash and n", `"abcdef\\nghijklm"`, `"abcdef\\nghi` + more + `"`},
		{"line end in the string before", `["abcdef\ng","hijklmnopqrstuvw"]`, `["abcdef\ng","hijklmnopqrs` + more + `"]`},

		{"quote at the cut", `"abcdefghijk\"l"`, `"abcdefghijk` + more + `"`},
		{"quote before the cut", `"abcdefghij\"l"`, `"abcdefghij\"` + more + `"`},
		{"quotes behind the cut", `"abcdefghijklm\"\\\"n",1`, `"abcdefghijkl` + more + `",1`},
		{"backslash at the end", `"abcdefghijklm\\",1`, `"abcdefghijkl` + more + `",1`},
		{"\\u at the cut, 1", `"abcdefg\u00e9h"`, `"abcdefg` + more + `"`},
		{"\\u at the cut, 5", `"abcdefghijk\u00e9m"`, `"abcdefghijk` + more + `"`},
		{"\\u before the cut", `"abcdef\u00E9m"`, `"abcdef\u00E9` + more + `"`},
		{"surrogate pair at the cut, 1", `"a\ud83d\ude00"`, `"a` + more + `"`},
		{"surrogate pair at the cut, 6", `"abcdef\uD83D\uDE00"`, `"abcdef` + more + `"`},
		{"surrogate pair at the cut, 11", `"abcdefghijk\ud83d\ude00"`, `"abcdefghijk` + more + `"`},
		{"surrogate pair before the cut", `"\ud83d\ude00x"`, `"\ud83d\ude00` + more + `"`},
		{"half a surrogate pair at the cut", `"abcdef\ud83dx"`, `"abcdef` + more + `"`},
		{"two bytes at the cut", `"abcdefghijké"`, `"abcdefghijk` + more + `"`},
		{"two bytes before the cut", `"abcdefghijém"`, `"abcdefghijé` + more + `"`},
		{"three bytes at the cut", `"abcdefghij漢"`, `"abcdefghij` + more + `"`},
		{"four bytes at the cut", `"abcdefghi😀"`, `"abcdefghi` + more + `"`},
		{"four bytes before the cut", `"abcdefgh😀m"`, `"abcdefgh😀` + more + `"`},
		{"stray bytes", "\"abcdefgh\x80\x80\x80\x80\x80\"", "\"abcdefgh\x80\x80\x80\x80" + more + `"`},
		{"stray byte behind a character", "\"abcdefgh😀\x80\"", `"abcdefgh😀` + more + `"`},
		{"stray byte behind an escape", "\"abcdefghij\\t\x80\"", `"abcdefghij\t` + more + `"`},

		{"no such escape behind the cut", `"abcdefghijklm\xn"`, `"abcdefghijkl` + notJSON + `"`},
		{"no such escape between line end and cut", `"abcdef\n\xg\u00e9h"`, `"abcdef\n` + notJSON + `"`},
		{"escape of five", `"abcdefghijklm\u123"`, `"abcdefghijkl` + notJSON + `"`},
		{"escape of five at the cut", `"abcdefghi\u12g"`, `"abcdefghi` + notJSON + `"`},
		{"line end that is not escaped", "\"abcdefghijklm\n\"", `"abcdefghijkl` + notJSON + `"`},
		{"no digits of an escape", `"\ug\u@00F\u00:0\u00/0"`, `"\ug\u@00F` + notJSON + `"`},
		{"backslash and two bytes at the cut", `"abcdefghij\é"`, `"abcdefghij\` + notJSON + `"`},
		{"malformed, then a good one", `["\xabcdefghijklm","abcdefghijklm"]`, `["\xabcdefghij` + notJSON + `","abcdefghijkl` + more + `"]`},
		{"malformed and not longer", `"\x"`, `"\x"`},
		{"no end", `"abcdefghijklm`, `"abcdefghijkl`},
		{"no end of an escape", `"abcdefghijkl\`, `"abcdefghijkl\`},
	}
	for _, test := range tests {
		for piece := 1; piece <= len(test.in); piece++ {
			s := shortenAll(limits{body: 1 << 10, head: 12, back: 6}, test.in, piece)
			if string(s.kept) != test.want || s.full {
				t.Errorf("%s, in pieces of %d: %s became %s (full: %v), want %s", test.name, piece, test.in, s.kept, s.full, test.want)
			}
		}
	}
}

func TestMissing(t *testing.T) {
	var decoded string
	if err := json.Unmarshal([]byte(`"`+missingEncoded+`"`), &decoded); err != nil || decoded != missing {
		t.Errorf("%s is %q (%v), not %q", missingEncoded, decoded, err, missing)
	}
	for _, before := range []string{``, `\`, `\u`, `\u123`, `\u1234`, `\\`} {
		if json.Valid([]byte(`"` + before + notJSON + `"`)) {
			t.Errorf("%s%q is JSON", before, notJSON)
		}
	}
}

// TestPlain: of all bytes, beside all others, in all places.
func TestPlain(t *testing.T) {
	for c := range 256 {
		for other := range 256 {
			for at := range 20 {
				p := bytes.Repeat([]byte{'x'}, 20)
				p[at] = byte(c)
				if at+1 < len(p) {
					p[at+1] = byte(other)
				}
				want := bytes.IndexFunc(p, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' })
				if want < 0 {
					want = len(p)
				}
				if got := plain(p); got != want {
					t.Fatalf("%q: got %d, want %d", p, got, want)
				}
			}
		}
	}
}

// encodedString is a string of JSON, one character each.
type encodedString []string

// shorten is the straightforward way to shorten a string.
func (e encodedString) shorten(m limits) string {
	if len(strings.Join(e, "")) <= m.head {
		return strings.Join(e, "")
	}
	for len(strings.Join(e, "")) > m.head {
		e = e[:len(e)-1]
	}
	for n := len(e); n > 0 && len(strings.Join(e[n:], "")) <= m.back; n-- {
		if e[n-1] == `\n` {
			e = e[:n]
			break
		}
	}
	return strings.Join(e, "") + missingEncoded
}

func genString(t *rapid.T) encodedString {
	return rapid.SliceOfN(rapid.SampledFrom([]string{
		"a", "b", " ", "n", "u", "{", "]", ":", `\n`, `\n`, `\n`, `\r`, `\\`, `\"`, `\/`, `\t`, `\u0000`, `\u000a`, `\u00e9`, `\uD83D\ude00`,
		`\uFFFD`, "é", "漢", "😀", "\U0010ffff", "\u2028", "\x7f",
	}), 0, 30).Draw(t, "string")
}

// genJSON draws a JSON text, and what is kept of it.
func genJSON(t *rapid.T, m limits, depth int) (in, want string) {
	space := rapid.SampledFrom([]string{"", "", "", " ", "\r\n\t"}).Draw(t, "space")
	kind := rapid.IntRange(0, 9).Draw(t, "kind")
	if depth == 0 {
		kind = max(kind, 2)
	}
	var ins, wants []string
	switch kind {
	case 0, 1:
		for range rapid.IntRange(0, 4).Draw(t, "length") {
			in, want := genJSON(t, m, depth-1)
			if kind == 0 {
				key := genString(t)
				in, want = `"`+strings.Join(key, "")+`":`+in, `"`+key.shorten(m)+`":`+want
			}
			ins, wants = append(ins, in), append(wants, want)
		}
		brackets := [][2]string{{"{", "}"}, {"[", "]"}}[kind]
		return space + brackets[0] + strings.Join(ins, ",") + brackets[1], space + brackets[0] + strings.Join(wants, ",") + brackets[1]
	case 2, 3, 4, 5, 6:
		e := genString(t)
		return space + `"` + strings.Join(e, "") + `"` + space, space + `"` + e.shorten(m) + `"` + space
	}
	in = space + rapid.SampledFrom([]string{"null", "true", "-1.5e3", "0"}).Draw(t, "value")
	return in, in
}

// TestShortenLikeNaive: what is kept is JSON in which the long strings, and no
// others, are shortened to what they begin with.
func TestShortenLikeNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := limits{body: 1 << 20, head: rapid.IntRange(0, 40).Draw(t, "head"), back: rapid.IntRange(0, 20).Draw(t, "back")}
		in, want := genJSON(t, m, 3)
		s := shortenAll(m, in, rapid.IntRange(1, 50).Draw(t, "piece"))
		if string(s.kept) != want {
			t.Fatalf("%s became %s, want %s", in, s.kept, want)
		}
		whole, kept := decodedStrings(t, in), decodedStrings(t, string(s.kept))
		if len(whole) != len(kept) {
			t.Fatalf("%d strings became %d", len(whole), len(kept))
		}
		for i, got := range kept {
			head, more := strings.CutSuffix(got, missing)
			if !strings.HasPrefix(whole[i], head) || !more && head != whole[i] {
				t.Errorf("%q became %q", whole[i], got)
			}
		}
	})
}

// decodedStrings are all strings in a JSON text.
func decodedStrings(t *rapid.T, text string) (all []string) {
	for d := json.NewDecoder(strings.NewReader(text)); ; {
		token, err := d.Token()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if s, ok := token.(string); ok {
			all = append(all, s)
		}
	}
}

// TestShortenedFrames: a long message is handled like any other one, whatever is
// wrong with it, and so is the next.
func TestShortenedFrames(t *testing.T) {
	m := limits{body: 1 << 10, document: 200, head: 150, back: 50}
	long := strings.Repeat(`- line\n`, 100)
	tests := []struct{ name, body, want string }{
		{"request", `{"jsonrpc":"2.0","id":5,"method":"x","params":{"a":"` + long + `"}}`, "5 -32601"},
		{"no string is long", `{"jsonrpc":"2.0","id":5,"method":"x","params":[` + strings.Repeat(`"abc",`, 100) + `1]}`, "5 -32601"},
		{"several long strings", `{"jsonrpc":"2.0","id":5,"method":"x","params":["` + long + `","` + long + `"]}`, "5 -32601"},
		{"method", `{"jsonrpc":"2.0","id":5,"method":"` + long + `"}`, "5 -32601"},
		{"blanks behind", `{"jsonrpc":"2.0","id":5,"method":"x"}` + strings.Repeat(" ", 200), "5 -32601"},
		{"params that are no JSON", `{"jsonrpc":"2.0","id":5,"method":"textDocument/hover","params":{"a":"` + long + `\x"}}`, "5 -32602"},
		{"cut off", `{"jsonrpc":"2.0","id":5,"method":"x","params":{"a":"` + long, "null -32700"},
		{"cut off behind a backslash", `{"jsonrpc":"2.0","id":5,"method":"x","params":{"a":"` + long + `\`, "null -32700"},
		{"two values", `{"jsonrpc":"2.0","method":"x","params":["` + long + `"]}{}`, "null -32700"},
		{"bytes", strings.Repeat("\x00\xff\xfe\"", 200), "null -32700"},
		{"batch", `[{"jsonrpc":"2.0","id":1,"method":"x","params":["` + long + `"]}]`, "null -32600"},
		{"too much", `{"jsonrpc":"2.0","id":5,"method":"x","params":[` + strings.Repeat(`"abc",`, 1000) + `1]}`, "null -32600"},
		{"too many long strings", `{"jsonrpc":"2.0","id":5,"method":"x","params":[` + strings.Repeat(`"`+long+`",`, 10) + `1]}`, "null -32600"},
	}
	srv := &fakeServer{docs: newDocuments(protocol.PositionEncodingKindUTF16, zap.NewNop())}
	srv.docs.limits = m
	withPeer(t, srv, func(p *peer) {
		p.conn.stream.limits = m
		p.start()
		for _, test := range tests {
			if len(test.body) <= m.head {
				t.Errorf("%s: only %d bytes", test.name, len(test.body))
			}
			p.raw(framedBody(test.body))
			if got := p.next().String(); got != test.want {
				t.Errorf("%s: got %s, want %s", test.name, got, test.want)
			}
			p.send(`{"id":6,"method":"y"}`)
			p.want("6 -32601")
		}
		p.send(strings.Replace(didOpenNotification, `a\nb\n`, `message\n`+long, 1))
		p.send(didChangeNotification(t, 2, protocol.Range{End: protocol.Position{Character: 7}}, "changed"))
		p.send(didChangeNotification(t, 3, protocol.Range{Start: protocol.Position{Line: 90}, End: protocol.Position{Line: 91}}, "unseen"))
		p.stop()
	})
	doc, ok := srv.docs.get("file:///m")
	if want := "changed\n" + strings.Repeat("- line\n", 17); !ok || doc.text != want || !doc.shortened || doc.version != 3 {
		t.Errorf("the document is %+v, want %q", doc, want)
	}
}

// TestShortenedCutOff: the client was killed while it wrote a long message.
func TestShortenedCutOff(t *testing.T) {
	m := limits{body: 1 << 10, document: 20, head: 15, back: 5}
	whole := framedBody(`{"jsonrpc":"2.0","method":"x","params":["` + strings.Repeat(`\n`, 100) + `"]}`)
	for n := 1; n < len(whole); n++ {
		if _, code, c := serveFeed(t, strings.NewReader(whole[:n]), m); code != 1 || c.stream.body != nil {
			t.Errorf("after %d bytes: exit code %d, %q", n, code, c.stream.body)
		}
	}
}

// hugeOpen writes a didOpen of a commit message with a patch of so many bytes.
func hugeOpen(w io.Writer, size int) error {
	const head = `{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///m","languageId":"gitcommit","version":1,"text":"subject\n\nbody\n# ------------------------ >8 ------------------------\n`
	const tail = `"}}}`
	lines := []byte(strings.Repeat(`+\tif err := s.doSomething(ctx, \"näive\"); err != nil { // wait, what\n`, 1000))
	n := size / len(lines)
	if _, err := fmt.Fprintf(w, "Content-Length: %d\r\n\r\n%s", len(head)+n*len(lines)+len(tail), head); err != nil {
		return err
	}
	for range n {
		if _, err := w.Write(lines); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, tail)
	return err
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestHugeDocument: the server does not hold what a client sends, and what it
// does hold is not held any longer than it must be.
func TestHugeDocument(t *testing.T) {
	const size = 300 << 20
	runtime.GC()
	before := heap()
	var most atomic.Uint64
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for tick := time.NewTicker(time.Millisecond); ; {
			most.Store(max(most.Load(), heap()))
			select {
			case <-tick.C:
			case <-stop:
				return
			}
		}
	}()

	srv := &fakeServer{}
	p := newPeer(t, t.Context(), srv, zap.NewNop())
	p.start()
	begin := time.Now()
	if err := hugeOpen(p.out, size); err != nil {
		t.Fatal(err)
	}
	p.send(`{"id":5,"method":"x"}`)
	p.want("5 -32601")
	took := time.Since(begin)
	for i := range 10 {
		p.send(didChangeNotification(t, int32(i+2), protocol.Range{}, "x"))
	}
	p.send(`{"id":6,"method":"x"}`)
	p.want("6 -32601")
	close(stop)
	<-stopped
	runtime.GC()
	after := heap()
	doc, ok := srv.docs.get("file:///m")
	p.stop()

	if !ok || !doc.shortened || doc.version != 11 || !strings.HasPrefix(doc.text, "xxxxxxxxxxsubject\n") || !strings.HasSuffix(doc.text, "what\n") {
		t.Errorf("the document is %+v", doc)
	}
	mb := func(n uint64) float64 { return (float64(n) - float64(before)) / 1e6 }
	t.Logf("%.0f MB/s; at most %.1f MB, in the end %.1f MB", size/1e6/took.Seconds(), mb(most.Load()), mb(after))
	if mb(most.Load()) > 100 { // the budget of the whole server is 100
		t.Errorf("the server took %.1f MB for a message of %d", mb(most.Load()), size)
	}
	if mb(after) > 20 {
		t.Errorf("the server keeps %.1f MB of a message of %d", mb(after), size)
	}
}

// FuzzShorten: in whatever pieces a text comes, what is kept is JSON if and only if
// the text is, and never longer than it may be.
func FuzzShorten(f *testing.F) {
	for _, text := range []string{
		`{"a\n":"bcdef\u00e9\ud83d\ude00g","h":["ijklmnopq\\\"",1.5e3,null]}`, `"\ud83d\ud83d\ud83d\ud83d"`, `"abc\u12"`, `"abcdefghi\x"`, `"abcdefghi`,
		"\"\xf0\x9f\x98\x80\x80\x80\xc3\xc3\"", "\"abcdefghijk\t\"", `""""`, `"\u\"`, `"abc\ʥ\ud83d"`,
	} {
		f.Add([]byte(text), 8, 4, 100, 3)
	}
	f.Fuzz(func(t *testing.T, text []byte, head, back, body, piece int) {
		m := limits{head: min(max(0, head), 100), back: max(0, back), body: max(0, body)}
		s := shortenAll(m, string(text), max(1, piece))
		whole := shortenAll(m, string(text), len(text)+1)
		if s.full != whole.full || !bytes.Equal(s.kept, whole.kept) && !s.full {
			t.Errorf("in pieces: %q (full: %v), as a whole: %q (full: %v)", s.kept, s.full, whole.kept, whole.full)
		}
		if len(s.kept) > m.body || cap(s.kept) > m.body {
			t.Errorf("%d bytes in a buffer of %d are kept, at most %d may be", len(s.kept), cap(s.kept), m.body)
		}
		if !s.full && json.Valid(s.kept) != json.Valid(text) {
			t.Errorf("%q became %q", text, s.kept)
		}
	})
}

func BenchmarkShorten(b *testing.B) {
	for _, line := range []string{`+\tif err := s.doSomething(ctx, \"näive\"); err != nil { // wait, what\n`, `x`, `\n`, `\u00e9`} {
		b.Run(line[:min(len(line), 6)], func(b *testing.B) {
			var in bytes.Buffer
			in.WriteString(`"` + strings.Repeat(line, 64<<20/len(line)) + `"`)
			s := newStream(&feed{}, zap.NewNop(), func(error) {})
			b.SetBytes(int64(in.Len()))
			for b.Loop() {
				s.in.Reset(bytes.NewReader(in.Bytes()))
				if _, err := s.readShortened(int64(in.Len())); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
