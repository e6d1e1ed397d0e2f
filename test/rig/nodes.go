package rig

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// Nodes are several servers on one PostgreSQL database, behind a balancer.
type Nodes struct {
	*Balancer
	All []*Server
}

// StartNodes runs the binary so many times on a place, each with a folder of
// its own and with the options for its number.
func StartNodes(ctx context.Context, binary string, p *Place, n int, options func(i int) []string) (*Nodes, error) {
	nodes := &Nodes{}
	var addresses []string
	for i := range n {
		dir := filepath.Join(p.Dir, fmt.Sprintf("node%d", i+1))
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nodes, err
		}
		if i > 0 {
			if err := copyKey(filepath.Join(p.Dir, "node1"), dir); err != nil {
				return nodes, err
			}
		}
		s, err := StartAs(ctx, binary, append([]string{"serve", "--data", dir}, options(i)...))
		if s != nil {
			nodes.All = append(nodes.All, s)
		}
		if err != nil {
			return nodes, err
		}
		addresses = append(addresses, s.listen)
	}
	var err error
	nodes.Balancer, err = NewBalancer(addresses)
	return nodes, err
}

// copyKey gives a server the key of another, without which it does not start.
func copyKey(from, to string) error {
	const name = "secret.key"
	key, err := os.ReadFile(filepath.Join(from, name))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, name), key, 0o600)
}

// Owner is the number of the server that has the organization, or -1. Some are
// not asked.
func (n *Nodes) Owner(but ...*Server) int {
	for i, s := range n.All {
		if slices.Contains(but, s) {
			continue
		}
		if has, err := s.Figure("cluster_organizations_owned"); err == nil && has > 0 {
			return i
		}
	}
	return -1
}

// Stop ends all of them in order.
func (n *Nodes) Stop() {
	for _, s := range n.All {
		s.Continue()
		s.Stop()
	}
	n.closeFront()
}

// Kill ends all of them as crashes do.
func (n *Nodes) Kill() {
	for _, s := range n.All {
		s.Kill()
	}
	n.closeFront()
}

func (n *Nodes) closeFront() {
	if n.Balancer != nil {
		n.Balancer.Close()
		n.Balancer = nil
	}
}
