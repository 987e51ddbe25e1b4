package main

import "strings"

// marker is a piece of the finding that only somebody who knows what is staged
// can have: the limit for a small fix, with the lines that were counted.
const marker = "counted lines"

// declared is a message of about 3 kB: more than most have, with the trailers of
// a reviewed patch and the lines that git adds for its editor. It says where AI
// helped. undeclared is the same and does not say it, so that Colophon asks.
var (
	declared   = patch("AI-used-for: code, docs\n")
	undeclared = patch("")
)

func patch(disclosure string) string {
	return "hw/net: keep the queue while the guest resets the device\n\n" +
		strings.Repeat("The reset handler freed the queue before the bottom half had run, so a\n"+
			"request that was still pending wrote to memory that was gone. It is seen\n"+
			"once in a few thousand resets, with the debug allocator every time: see\n"+
			"https://example.org/issues/1234 for the trace. Note: hold the lock.\n\n", 8) +
		"Fixes: 0123456789ab (\"hw/net: add the queue\")\n" +
		"Reported-by: Sam Roe <sam@example.org>\n" +
		disclosure +
		"Reviewed-by: Kim Poe <kim@example.org>\n" +
		"Signed-off-by: Jo Doe <jo@example.org>\n\n" +
		"# Please enter the commit message for your changes. Lines starting\n" +
		"# with '#' will be ignored, and an empty message aborts the commit.\n" +
		"#\n# On branch main\n# Changes to be committed:\n" +
		strings.Repeat("#\tmodified:   hw/net/queue0/buffer-015.c\n", 8) + "#\n"
}

// verbose is the buffer in which `git commit -v` shows a diff, as long as size.
func verbose(text, diff string, size int) string {
	text += "# ------------------------ >8 ------------------------\n" +
		"# Do not modify or remove the line above.\n" +
		"# Everything below it will be ignored.\n"
	diff = strings.Repeat(strings.TrimSuffix(diff, "\n")+"\n", 1+size/len(diff))[:size-len(text)]
	return text + diff[:strings.LastIndexByte(diff, '\n')+1]
}
