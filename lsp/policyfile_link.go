package lsp

import "go.lsp.dev/protocol"

// links leads from a policy to the text that it is taken from.
func (f *policyFile) links() []protocol.DocumentLink {
	out := []protocol.DocumentLink{}
	doc, d := f.read()
	if d == nil {
		return out
	}
	text, at, ok := d.Value("source")
	if !ok {
		return out
	}
	if address, tip, ok := webAddress(text); ok {
		one := protocol.DocumentLink{Range: doc.lines.rng(at.Start, at.End), Target: &address}
		if f.srv.client.linkTooltips {
			one.Tooltip = &tip
		}
		out = append(out, one)
	}
	return out
}
