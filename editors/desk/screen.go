//go:build editors

package desk

import (
	"bufio"
	"bytes"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// Screen is what programs with windows draw on.
type Screen struct {
	*Desk
	server *exec.Cmd
}

// Screen starts one, for all that runs at the desk from now on.
func (d *Desk) Screen() *Screen {
	read, write, err := os.Pipe()
	d.check(err)
	defer read.Close()
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1200x800x24", "-nolisten", "tcp")
	x.ExtraFiles = []*os.File{write}
	d.check(x.Start())
	d.undo = append(d.undo, func() {
		_ = x.Process.Kill() // a flow may have ended it
		_ = x.Wait()
	})
	write.Close()
	number, err := bufio.NewReader(read).ReadString('\n')
	d.check(err)
	d.Env = append(d.Env, "DISPLAY=:"+strings.TrimSpace(number), "QT_QPA_PLATFORM=xcb")
	s := &Screen{Desk: d, server: x}
	d.shot = func(file string) error {
		shot, err := s.shoot()
		if err != nil {
			return err
		}
		return os.WriteFile(file, shot, 0o600)
	}
	return s
}

// shoot is a picture of the screen, as PNG.
func (s *Screen) shoot() ([]byte, error) {
	c := exec.Command("import", "-window", "root", "png:-")
	c.Env = s.Env
	return c.Output()
}

// Off ends the screen, and leaves the programs without one.
func (s *Screen) Off() { s.check(s.server.Process.Signal(syscall.SIGTERM)) }

func (s *Screen) run(name string, args ...string) string {
	c := exec.Command(name, args...)
	c.Env = s.Env
	out, err := c.Output()
	if err != nil && len(out) > 0 {
		s.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
	return string(out)
}

// Windows are the windows of a program that can be seen.
func (s *Screen) Windows(class string) []string {
	return strings.Fields(s.run("xdotool", "search", "--onlyvisible", "--class", class))
}

// Window waits until a program has a number of windows, and gives the newest.
func (s *Screen) Window(class string, number int) (newest string) {
	s.until(func() string {
		ids := s.Windows(class)
		if len(ids) != number {
			return "the windows of " + class + " are " + strings.Join(ids, ", ")
		}
		newest = ids[len(ids)-1]
		return ""
	})
	return newest
}

// Grown waits until all windows of a program are at least so many pixels wide: a
// menu is filled when the server has answered.
func (s *Screen) Grown(class string, pixels int) {
	s.until(func() string {
		for _, window := range s.Windows(class) {
			for line := range strings.Lines(s.run("xdotool", "getwindowgeometry", "--shell", window)) {
				var width int
				if _, err := fmt.Sscanf(line, "WIDTH=%d", &width); err == nil && width < pixels {
					return fmt.Sprintf("a window stays %d pixels wide", width)
				}
			}
		}
		return ""
	})
}

// Red waits until as much as a line of text is red, or nothing is.
func (s *Screen) Red(want bool) {
	s.until(func() string {
		shot, err := s.shoot()
		s.check(err)
		picture, err := png.Decode(bytes.NewReader(shot))
		s.check(err)
		pixels := 0
		for y := range picture.Bounds().Dy() {
			for x := range picture.Bounds().Dx() {
				if r, g, b, _ := picture.At(x, y).RGBA(); r > g+0x1000 && r > b+0x1000 && b > 0x8000 {
					pixels++
				}
			}
		}
		if pixels > 3000 != want {
			return fmt.Sprintf("red are %d pixels; a line of it: %v", pixels, want)
		}
		return ""
	})
}

// Type types a text.
func (s *Screen) Type(text string) { s.run("xdotool", "type", text) }

// Press presses keys, by the names that xdotool has for them.
func (s *Screen) Press(keys ...string) { s.run("xdotool", append([]string{"key"}, keys...)...) }

// Focus gives a window the keys.
func (s *Screen) Focus(window string) { s.run("xdotool", "windowfocus", "--sync", window) }

// Picture keeps what is on the screen.
func (s *Screen) Picture(name string) {
	s.check(s.shot(filepath.Join(s.t.ArtifactDir(), name+".png")))
}
