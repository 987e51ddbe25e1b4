package commit

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"colophon/diagnostics"
	"colophon/message"
	"colophon/repository"
)

// ParseKind is Parse for a text of any kind: the text of a pull request or an issue is not git's.
func (c *Commit) ParseKind(text string, kind diagnostics.Kind) *message.Message {
	if kind.OnForge() {
		return message.Parse(text, message.Options{Cleanup: message.Verbatim})
	}
	return c.Parse(text)
}

// ParseMade reads the message of a commit that was made: git takes nothing out of it
// any more.
func (c *Commit) ParseMade(text string) *message.Message {
	o := c.message
	o.Cleanup, o.Cut = message.Verbatim, message.CutNever
	return message.Parse(text, o)
}

// Parse reads the message as git will.
func (c *Commit) Parse(text string) *message.Message {
	o := c.message
	switch {
	case c.program != nil:
		o = c.program.options(o, c.Config, text)
	case c.autoComment:
		o.Comment = message.DetectComment(text)
	case c.git() != nil && o.StripsComments():
		// The setting may have changed since git began.
		if left, ok := message.LeftComment(text); ok {
			o.Comment = left
		}
	}
	return message.Parse(text, o)
}

// readMessageOptions reads how git will take the message: comment character,
// cleanup mode, whether it cuts, and what it takes for a trailer.
func (c *Commit) readMessageOptions(ctx context.Context, o Options) error {
	editor := o.Comments && !slices.Contains(o.Env, "GIT_EDITOR=:")
	c.message.Cleanup = message.Whitespace
	if editor {
		c.message.Cleanup = message.Strip
	}
	if c.Config == nil {
		return nil
	}
	if err := c.readComment(ctx, o.Git); err != nil {
		return err
	}
	mode, _ := c.Config.Get("commit.cleanup")
	verbose, _ := c.Config.Get("commit.verbose")
	git := c.git()
	commits := git != nil && git.Command == "commit"
	if git != nil && git.Cleanup != "" {
		mode = git.Cleanup
	}
	switch mode {
	case "strip", "whitespace", "verbatim":
		c.message.Cleanup = message.Cleanup(mode)
	case "scissors":
		if editor {
			c.message.Cleanup = message.Scissors
		}
	}
	switch {
	case commits && git.Verbose != "":
		c.message.Cut = cut[git.Verbose == "yes"]
	case truth(verbose):
		c.message.Cut = message.CutAlways
	case commits:
		c.message.Cut = message.CutNever
	}
	c.message.Separators, _ = c.Config.Get("trailer.separators")
	for _, name := range c.Config.Subsections("trailer") {
		c.message.Keys = append(c.message.Keys, name)
		if key, ok := c.Config.Get("trailer." + name + ".key"); ok && key != "" {
			c.message.Keys = append(c.message.Keys, key)
		}
	}
	return nil
}

var cut = map[bool]message.Cut{true: message.CutAlways, false: message.CutNever}

// readComment honours core.commentString only where git does: from 2.45 on, in
// which it is another name of core.commentChar and both may be longer.
func (c *Commit) readComment(ctx context.Context, git string) error {
	value, _ := c.Config.Get("core.commentchar")
	if _, ok := c.Config.Get("core.commentstring"); ok {
		v, err := repository.Version(ctx, git)
		if err != nil {
			return err
		}
		if v.AtLeast(2, 45) {
			value, _ = c.Config.Latest("core.commentchar", "core.commentstring")
		}
	}
	if value == "auto" {
		c.autoComment = true
		return nil
	}
	if strings.ContainsRune(value, '\n') {
		return fmt.Errorf("read git config core.commentChar: a line break cannot start a comment")
	}
	c.message.Comment = value
	return nil
}

// truth reads a setting of git as commit.verbose takes it: a boolean or a level.
func truth(v string) bool {
	switch strings.ToLower(v) {
	case "true", "yes", "on":
		return true
	}
	n, err := strconv.Atoi(v)
	return err == nil && n > 0
}
