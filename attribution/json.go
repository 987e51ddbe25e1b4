package attribution

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// list is a list of JSON, and table an object with any keys, that have a bound: a few
// bytes of text may be many of memory.
type (
	list[T any]  []T
	table[T any] map[string]T
)

func (l *list[T]) UnmarshalJSON(text []byte) error {
	return each(text, '[', func(d *json.Decoder) error {
		if len(*l) == maxFiles {
			return ErrLarge
		}
		var one T
		err := d.Decode(&one)
		*l = append(*l, one)
		return err
	})
}

func (t *table[T]) UnmarshalJSON(text []byte) error {
	*t = make(table[T])
	return each(text, '{', func(d *json.Decoder) error {
		if len(*t) == maxFiles {
			return ErrLarge
		}
		key, err := d.Token()
		if err != nil {
			return err
		}
		var one T
		err = d.Decode(&one)
		(*t)[key.(string)] = one
		return err
	})
}

// readJSON reads a text, which what names in an error: that of the decoder may quote it.
func readJSON(text []byte, into any, what string) error {
	err := json.Unmarshal(text, into)
	switch {
	case errors.Is(err, ErrLarge):
		return fmt.Errorf("%w: %s", ErrLarge, what)
	case err != nil:
		return fmt.Errorf("%w: %s is no JSON of this form", ErrBroken, what)
	}
	return nil
}

// each goes through what stands in a list or an object; null is empty.
func each(text []byte, open json.Delim, next func(*json.Decoder) error) error {
	d := json.NewDecoder(bytes.NewReader(text))
	begin, err := d.Token()
	if err != nil || begin == nil {
		return err
	}
	if begin != open {
		return fmt.Errorf("%v where %v should be", begin, open)
	}
	for d.More() {
		if err := next(d); err != nil {
			return err
		}
	}
	return nil
}
