package series

import "context"

// room bounds how many bytes are in hand. One side takes and another gives back.
type room struct {
	most  int
	taken int      // as far as the taking side knows
	given chan int // what it does not know yet
}

// newRoom is room for so many bytes, of which nothing is taken yet. No more than count
// things may have been taken and not given back.
func newRoom(most, count int) *room { return &room{most: most, given: make(chan int, count)} }

// take waits until there is room for n bytes, or for more than there is at all if nothing
// else is in hand, or until ctx ends.
func (r *room) take(ctx context.Context, n int) error {
	for {
		select {
		case back := <-r.given:
			r.taken -= back
			continue
		default:
		}
		if r.taken == 0 || r.taken+n <= r.most {
			r.taken += n
			return nil
		}
		select {
		case back := <-r.given:
			r.taken -= back
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// give gives n bytes back. It does not wait.
func (r *room) give(n int) { r.given <- n }
