package bus

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// Embedded is a NATS server in this process. Its own process reaches it without
// a socket; others reach it by their own embedded servers, over routes.
type Embedded struct {
	secret string
	log    *slog.Logger

	mu      sync.Mutex
	options *server.Options
	server  *server.Server
	routes  []string
}

const (
	routeUser = "hiwar" // and of clients
	// mostAtOnce is how long a message between servers of ours may be.
	mostAtOnce = 8 << 20
)

// Embed starts a server that listens for routes at an address (port 0 is any)
// and takes those that know the secret.
func Embed(address, name, secret string, log *slog.Logger) (*Embedded, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("%q is not an address for the bus: %w", address, err)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return nil, fmt.Errorf("%q is not a port", port)
	}
	if number == 0 {
		number = server.RANDOM_PORT
	}
	e := &Embedded{secret: secret, log: log, options: &server.Options{
		// A server that takes no clients at all has no routes either; these are
		// let in nowhere but from this machine, with the secret.
		ServerName: name, Host: "127.0.0.1", Port: server.RANDOM_PORT, Username: routeUser, Password: secret, NoSigs: true, NoLog: true, MaxPayload: mostAtOnce, MaxPending: 8 * mostAtOnce,
		PingInterval: 2 * time.Second, MaxPingsOut: 2,
		Cluster: server.ClusterOpts{
			Name: "hiwar", Host: host, Port: number, Username: routeUser, Password: secret, AuthTimeout: 5,
			PoolSize: -1, ConnectRetries: 1 << 30, ConnectBackoff: false, PingInterval: 2 * time.Second, MaxPingsOut: 2,
		},
	}}
	if e.server, err = server.NewServer(e.options); err != nil {
		return nil, err
	}
	e.server.Start()
	if !e.server.ReadyForConnections(10 * time.Second) {
		e.Close()
		return nil, fmt.Errorf("the bus could not listen on %s", address)
	}
	return e, nil
}

// Address is where other processes reach this one.
func (e *Embedded) Address() string {
	if a := e.server.ClusterAddr(); a != nil {
		return a.String()
	}
	return ""
}

// InProcess connects without a socket.
func (e *Embedded) InProcess() nats.Option {
	return func(o *nats.Options) error {
		return errors.Join(nats.InProcessServer(e.server)(o), nats.UserInfo(routeUser, e.secret)(o))
	}
}

// Reach connects to the servers at these addresses and to no others.
func (e *Embedded) Reach(addresses []string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	own := e.Address()
	addresses = slices.DeleteFunc(slices.Clone(addresses), func(a string) bool { return a == "" || a == own })
	slices.Sort(addresses)
	if slices.Equal(addresses, e.routes) {
		return nil
	}
	next := e.options.Clone()
	next.Routes = nil
	for _, a := range addresses {
		next.Routes = append(next.Routes, &url.URL{Scheme: "nats", User: url.UserPassword(routeUser, e.secret), Host: a})
	}
	if err := e.server.ReloadOptions(next); err != nil {
		return errors.Join(errors.New("the bus could not be told of other nodes"), err)
	}
	e.options, e.routes = next, addresses
	return nil
}

// Close ends the server.
func (e *Embedded) Close() {
	e.server.Shutdown()
	e.server.WaitForShutdown()
}
