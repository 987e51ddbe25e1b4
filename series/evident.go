package series

import (
	"context"
	"errors"

	"colophon/commit"
	"colophon/diagnostics"
	"colophon/repository"
)

// mostEvident is how many commits are named to a person.
const mostEvident = 3

var errEnough = errors.New("enough is known")

// Evident is the newest commits of a range in which AI use is evident, at most three, as
// facts for the text of the pull request that brings them. Merges are left out, and what a
// commit contains is not looked at.
func Evident(ctx context.Context, c *commit.Commit, revisions string) (facts []diagnostics.Evidence, err error) {
	err = c.Repository.Log(ctx, c.Config, repository.Range{Revisions: revisions}, func(l repository.Logged) error {
		if l.Merge {
			return nil
		}
		in := c.Input(c.ParseMade(l.Message), nil, nil)
		in.Stated = "" // that is said of the text
		in.Author, in.Committer = behind(person(l.Author), person(l.Raw.Author)), behind(person(l.Committer), person(l.Raw.Committer))
		if fact, ok := diagnostics.InCommit(l.ID[:min(len(l.ID), 12)], in); ok {
			facts = append(facts, fact)
		}
		if len(facts) == mostEvident {
			return errEnough
		}
		return nil
	})
	if len(facts) == mostEvident {
		err = nil // git was told to stop
	}
	return facts, err
}
