// Command firebreak runs incident response from GitHub issues.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// program is the command line: a field per subcommand.
type program struct {
	Serve      serveCommand      `cmd:"" help:"Take webhooks and run incidents."`
	Deliveries deliveriesCommand `cmd:"" help:"List what waits and what was given up, and run it again."`
	Adopt      adoptCommand      `cmd:"" help:"Take up incidents that the database does not know, from what GitHub shows of them."`
	Demo       demoCommand       `cmd:"" help:"Run a scripted incident against a GitHub on this machine, then serve its pages."`
	Version    versionCommand    `cmd:"" help:"Print the version."`
}

// streams are where a subcommand writes; tests read them.
type streams struct {
	out, err io.Writer
}

func main() {
	os.Exit(run(os.Args[1:]))
}

// run parses the arguments, runs the subcommand until it ends or a signal asks
// it to, and returns the exit status: 0 done, 1 failed, 2 wrong usage. A second
// signal ends it at once.
func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	return runIn(ctx, args, streams{os.Stdout, os.Stderr})
}

func runIn(ctx context.Context, args []string, std streams) (status int) {
	var p program
	exited := -1
	parser, err := kong.New(&p, kong.Name("firebreak"),
		kong.Description("Incident response from GitHub issues."),
		kong.Writers(std.out, std.err), kong.Exit(func(code int) { exited = code }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(std))
	if err != nil {
		fmt.Fprintln(std.err, "firebreak:", err)
		return 1
	}
	command, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		fmt.Fprintln(std.err, "firebreak:", err)
		fmt.Fprintln(std.err, "firebreak --help lists what there is.")
		return 2
	}
	if err := command.Run(); err != nil {
		fmt.Fprintln(std.err, "firebreak:", err)
		return 1
	}
	return 0
}
