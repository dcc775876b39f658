package chaos

import (
	"fmt"
	"os"
	"os/exec"
	"sync"
)

// guard sees to it that no process outlives this one, even if it is killed: a
// shell that is told of each, and kills those left when the pipe ends.
type guard struct {
	mu    sync.Mutex
	leash *os.File
	shell *exec.Cmd
}

const guardScript = `trap '' INT TERM HUP
living=' '
while read -r what pid; do
	case $what in
	born) living="$living$pid " ;;
	dead) living="${living%% $pid *} ${living#* $pid }" ;;
	esac
done
for pid in $living; do kill -9 "$pid" 2>/dev/null; done
exit 0`

func newGuard() (*guard, error) {
	held, leash, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("make a pipe: %w", err)
	}
	defer held.Close()
	g := &guard{leash: leash, shell: exec.Command("/bin/sh", "-c", guardScript)}
	g.shell.Stdin = held
	if err := g.shell.Start(); err != nil {
		return nil, fmt.Errorf("start the guard: %w", err)
	}
	return g, nil
}

func (g *guard) tell(what string, pid int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	fmt.Fprintln(g.leash, what, pid)
}

func (g *guard) close() error {
	if err := g.leash.Close(); err != nil {
		return fmt.Errorf("end the guard: %w", err)
	}
	return g.shell.Wait()
}
