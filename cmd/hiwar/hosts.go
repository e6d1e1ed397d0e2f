package main

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"strings"

	"hiwar/internal/rest"
)

// place is where the server is to be found.
type place struct {
	base    string // public address without a slash at the end
	secure  bool   // cookies only over TLS
	hosts   rest.Hosts
	origins []string // of this server's own pages
}

// locate derives the server's place from its listener's address and what was
// configured.
func locate(c *config, bound net.Addr) (place, error) {
	tcp, ok := bound.(*net.TCPAddr)
	if !ok {
		return place{}, fmt.Errorf("listening on %s, which is no TCP address", bound)
	}
	port := fmt.Sprint(tcp.Port)
	loopback := tcp.IP.IsLoopback()
	p := place{hosts: rest.Hosts{Names: append([]string{"localhost"}, c.Hosts...)}}
	if u, err := url.Parse(c.Files); err == nil && u.Host != "" {
		p.hosts.Names = append(p.hosts.Names, u.Hostname())
	}
	for i, name := range p.hosts.Names {
		p.hosts.Names[i] = strings.ToLower(name)
	}
	if c.URL != "" {
		u, err := url.Parse(c.URL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" {
			return place{}, misuse{fmt.Errorf("url: %q is not an address like https://chat.example.org", c.URL)}
		}
		p.base = u.Scheme + "://" + strings.ToLower(u.Host)
		p.secure = u.Scheme == "https"
		p.hosts.Names = append(p.hosts.Names, strings.ToLower(u.Hostname()))
		p.origins = []string{p.base}
		return p, nil
	}
	host := tcp.IP.String()
	if name, err := os.Hostname(); err == nil && !loopback {
		p.hosts.Names = append(p.hosts.Names, strings.ToLower(name))
		if tcp.IP.IsUnspecified() {
			host = name
		}
	}
	// Without TLS in front, cookies that insist on it would lock everybody
	// out; on loopback nobody listens in.
	p.secure = !loopback
	p.base = "http://" + net.JoinHostPort(host, port)
	p.origins = []string{p.base}
	if addr, ok := netip.AddrFromSlice(tcp.IP); ok && addr.Unmap().IsLoopback() {
		p.origins = append(p.origins, "http://localhost:"+port)
	}
	return p, nil
}
