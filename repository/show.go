package repository

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Shown is a commit as one names it to somebody.
type Shown struct {
	ID      string // in full
	Author  string // the name
	Date    string // the author's, YYYY-MM-DD
	Subject string
}

// What an abbreviated id has: fewer digits name too much, more are of no format.
const (
	minID = 7
	maxID = 64
)

// IsID tells whether a word can be a commit's id, in full or in part.
func IsID(word string) bool {
	if len(word) < minID || len(word) > maxID {
		return false
	}
	for i := 0; i < len(word); i++ {
		c := word[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F') {
			return false
		}
	}
	return true
}

// Show is the commit of an id, in full or in part. One that is not in this repository
// is an error: nothing is fetched.
func (r *Repository) Show(ctx context.Context, id string) (Shown, error) {
	if !IsID(id) {
		return Shown{}, errors.New("show a commit: this is no id")
	}
	// Only hexadecimal digits, so it cannot be an option. It may be a branch's name.
	text, err := r.ask(ctx, command{args: []string{
		"rev-list", "--no-walk", "--max-count=1", "--encoding=UTF-8", "--date=short", "--format=%H%x00%an%x00%ad%x00%s", id + "^{commit}", "--",
	}}, maxMessage)
	if err != nil {
		return Shown{}, fmt.Errorf("show the commit %s: %w", id, err)
	}
	_, text, _ = strings.Cut(text, "\n") // "commit" and the id in full
	f := strings.SplitN(strings.TrimSuffix(text, "\n"), "\x00", 4)
	if len(f) != 4 || !strings.HasPrefix(f[0], strings.ToLower(id)) {
		return Shown{}, fmt.Errorf("show the commit %s: git names another one", id)
	}
	return Shown{ID: f[0], Author: f[1], Date: f[2], Subject: f[3]}, nil
}
