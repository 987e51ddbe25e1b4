// Command bench measures the budgets of Colophon: how long a keystroke, a start
// and a first answer take, and how much memory and disk the program needs.
//
// It measures the real binary from outside, over pipes, each time beside
// something that the same machine does in the same moment: git, or a process
// that only echoes. It passes no judgement on a noisy machine: what is over a
// budget is said, and the exit status is 0 all the same. It is 1 when something
// could not be measured.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// groupTime bounds one group: a server that hangs is not waited for.
const groupTime = 90 * time.Second

// bench is one run of the command.
type bench struct {
	bin    string // the binary that is measured
	dir    string // a folder of ours, removed at the end
	edits  int    // keystrokes of each didChange row
	starts int    // processes of each row about starting
	rounds int    // processes of each row about the large repository

	repo  *repository // made by the first group that needs it
	table table
}

// groups are the measurements, in the order of the table.
var groups = []struct {
	name    string
	measure func(context.Context, *bench) error
}{
	{"typing", typing},
	{"start", starting},
	{"first", firstDiagnostics},
	{"others", otherCheckers},
	{"range", ranges},
	{"memory", memory},
	{"huge", huge},
	{"size", binarySize},
}

func main() {
	if os.Getenv(echoVariable) != "" {
		echo()
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx)
	stop()
	os.Exit(code)
}

func run(ctx context.Context) int {
	var b bench
	var only string
	flag.StringVar(&b.bin, "bin", "", "measure this binary instead of building one")
	flag.IntVar(&b.edits, "edits", 1500, "keystrokes for each didChange row")
	flag.IntVar(&b.starts, "starts", 60, "processes for each row about starting")
	flag.IntVar(&b.rounds, "rounds", 20, "processes for each row about the large repository")
	flag.StringVar(&only, "only", "", "measure these groups: "+strings.Join(groupNames(), ","))
	flag.Parse()
	wanted := groupNames()
	if only != "" {
		wanted = strings.Split(only, ",")
	}
	for _, name := range wanted {
		if !slices.Contains(groupNames(), name) {
			return complain("-only: there is no group %q", name)
		}
	}
	if flag.NArg() > 0 || min(b.edits, b.starts, b.rounds) < 1 {
		return complain("no arguments, and at least 1 for -edits, -starts and -rounds")
	}

	var err error
	if b.dir, err = os.MkdirTemp("", "colophon-bench-"); err != nil {
		return complain("%v", err)
	}
	defer os.RemoveAll(b.dir)
	// Commands get paths without symbolic links, as editors and git hand them on.
	if b.dir, err = filepath.EvalSymlinks(b.dir); err != nil {
		return complain("%v", err)
	}
	if err := b.prepareBinary(ctx); err != nil {
		return complain("%v", err)
	}
	fmt.Println(machine(ctx))

	code := 0
	for _, g := range groups {
		if !slices.Contains(wanted, g.name) {
			continue
		}
		if err := b.measure(ctx, g.measure); err != nil {
			b.table.note("%s: not measured: %v", g.name, err)
			code = 1
		}
	}
	b.table.print(os.Stdout)
	return code
}

func (b *bench) measure(ctx context.Context, f func(context.Context, *bench) error) error {
	ctx, stop := context.WithTimeout(ctx, groupTime)
	defer stop()
	err := f(ctx, b)
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("%w (%w)", context.Cause(ctx), err)
	}
	return err
}

// prepareBinary builds Colophon as it is released. The measured binary is
// always the stripped one.
func (b *bench) prepareBinary(ctx context.Context) error {
	if b.bin != "" {
		path, err := filepath.Abs(b.bin)
		if err != nil {
			return fmt.Errorf("-bin: %w", err)
		}
		b.bin = path
		return nil
	}
	b.bin = filepath.Join(b.dir, "colophon")
	if runtime.GOOS == "windows" {
		b.bin += ".exe"
	}
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-gcflags=github.com/goccy/go-yaml/...=-l", "-gcflags=github.com/spf13/...=-l", "-o", b.bin, "colophon/cmd/colophon")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build colophon: %w\n%s", err, out)
	}
	return nil
}

func groupNames() []string {
	var names []string
	for _, g := range groups {
		names = append(names, g.name)
	}
	return names
}

func complain(format string, args ...any) int {
	fmt.Fprintf(os.Stderr, "bench: "+format+"\n", args...)
	return 1
}

// machine is what the numbers are from. The load says whether to trust them.
func machine(ctx context.Context) string {
	text := fmt.Sprintf("%s/%s, %d CPUs, %s", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	if out, err := exec.CommandContext(ctx, "git", "--version").Output(); err == nil {
		text += ", " + strings.TrimSpace(string(out))
	}
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		if f := strings.Fields(string(load)); len(f) > 0 {
			text += ", load " + f[0]
		}
	}
	return text
}

// exitCode is the exit status of a process that ran to its end; any other error
// is returned.
func exitCode(err error) (int, error) {
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Exited() {
		return exit.ExitCode(), nil
	}
	return 0, err
}
