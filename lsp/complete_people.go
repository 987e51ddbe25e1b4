package lsp

import (
	"fmt"
	"strings"

	"go.lsp.dev/protocol"

	"colophon/diagnostics"
	"colophon/message"
)

// completePeople offers, behind the trailer that records an agreement, the
// maintainers of the files that need one. Teams are left out: a person agrees.
func completePeople(doc *document, k *known, m *message.Message, start, at int) []protocol.CompletionItem {
	end := at
	if i := strings.IndexAny(m.Text[at:], "\r\n"); i >= 0 {
		end = at + i
	} else {
		end = len(m.Text)
	}
	r := doc.lines.rng(start, end)
	var items []protocol.CompletionItem
	for _, o := range diagnostics.Owners(k.input(m)) {
		text := fmt.Sprintf("%s <%s>", o.Name, o.Email)
		switch {
		case o.Team:
			continue
		case o.Email == "" && o.Handle != "":
			text = "@" + o.Handle
		case o.Name == "":
			text = o.Email
		}
		items = append(items, protocol.CompletionItem{
			Label: text, Kind: protocol.CompletionItemKindText,
			Detail:     protocol.NewOptional("maintains files of this change"),
			FilterText: protocol.NewOptional(m.Text[start:at] + text),
			SortText:   protocol.NewOptional(fmt.Sprintf("%02d", len(items))),
			TextEdit:   &protocol.TextEdit{Range: r, NewText: " " + text},
		})
		if len(items) == 50 {
			break
		}
	}
	return items
}
