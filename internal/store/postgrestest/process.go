package postgrestest

import (
	"os"
	"os/exec"
	"runtime"
	"time"
)

// process is the running server.
type process struct {
	command *exec.Cmd
	ended   chan struct{}
}

// begin starts the server, which ends with the thread that started it: so the
// thread is kept until then, and with this process the server ends too.
func begin(command *exec.Cmd, log string) (*process, error) {
	out, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	command.Stdout, command.Stderr = out, out
	p := &process{command: command, ended: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer out.Close()
		defer close(p.ended)
		err := command.Start()
		started <- err
		if err == nil {
			_ = command.Wait() // how it ended is in its log
		}
	}()
	return p, <-started
}

// stop has the server break off everything, and if it does not, ends it.
func (p *process) stop() {
	_ = p.command.Process.Signal(atOnce)
	select {
	case <-p.ended:
	case <-time.After(10 * time.Second):
		_ = p.command.Process.Kill()
		<-p.ended
	}
}
