package change

import "fmt"

// ObjectID is the first 64 bits of the id that git gives to a content, which is
// enough to tell two apart; 0 where there is none.
type ObjectID uint64

// Matches tells whether a hex abbreviation of 4 to 64 digits can stand for id. One
// of only zeros stands for no object.
func (id ObjectID) Matches(abbrev string) bool {
	want, digits, err := abbreviation([]byte(abbrev))
	return err == nil && id.begins(want, digits)
}

// begins compares so many digits, of which want has no more.
func (id ObjectID) begins(want ObjectID, digits int) bool {
	if want == 0 {
		return id == 0
	}
	shift := 64 - 4*digits
	return id>>shift == want>>shift
}

// abbreviation reads an id that git may have shortened, and how many of its digits
// an ObjectID holds.
func abbreviation(b []byte) (id ObjectID, digits int, err error) {
	if id, err = objectID(b); err == nil && len(b) < 4 {
		err = fmt.Errorf("%s is too short for an object id", quote(b))
	}
	return id, min(len(b), 16), err
}

// objectID pads a short id with zeros.
func objectID(b []byte) (id ObjectID, err error) {
	valid := 0 < len(b) && len(b) <= 64
	for i, c := range b {
		digit := ObjectID(c - '0')
		switch {
		case '0' <= c && c <= '9':
		case 'a' <= c && c <= 'f':
			digit = ObjectID(c-'a') + 10
		default:
			valid = false
		}
		if i < 16 {
			id |= digit << (60 - 4*i)
		}
	}
	if !valid {
		return 0, fmt.Errorf("%s is not an object id", quote(b))
	}
	return id, nil
}
