package main

import (
	"errors"
	"flag"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"hiwar/internal/rest"
	"hiwar/internal/store"
)

// config is everything that can be set from outside. Options come from flags,
// over the environment, over a file, over these defaults.
type config struct {
	Listen  string
	Data    string
	Server  string // URL of the database, if it is on a server; "" is a file in Data
	Cluster bool   // one of several servers, with a NATS of its own
	Routes  string // where others reach that
	NATS    string // URL of another NATS; "" is none
	URL     string // public address; "" is that of Listen
	Hosts   list
	Proxies list
	Files   string // origin of files; "" is that of the pages
	Clamd   string // address of a virus scanner; "" is none
	S3      objectStore
	Metrics string // address of the figures; "" is none

	LogLevel, LogFormat string

	MessagesAtOnce, MessagesPerSecond int
	StartsAtOnce, StartsPerMinute     int
	RequestsAtOnce, RequestsPerSecond int
	FramesPerSecond                   int

	// Of the commands about organizations.
	Org, From          string
	Language, TimeZone string

	Attachments bool // of a backup

	// Of the demo.
	Sim   bool
	Seed  uint64
	Speed float64
	Set   list
}

// list is an option that may be given several times, or with commas.
type list []string

// String is the list as it could be given.
func (l *list) String() string { return strings.Join(*l, ",") }

// Set adds to the list.
func (l *list) Set(s string) error {
	for _, item := range strings.Split(s, ",") {
		if item = strings.TrimSpace(item); item != "" {
			*l = append(*l, item)
		}
	}
	return nil
}

// onOff is a switch that may be written as people do.
type onOff struct{ *bool }

func (o onOff) String() string {
	if o.bool != nil && *o.bool {
		return "on"
	}
	return "off"
}

func (o onOff) Set(s string) error {
	switch s {
	case "on", "true", "yes", "1":
		*o.bool = true
	case "off", "false", "no", "0":
		*o.bool = false
	default:
		return errors.New("say on or off")
	}
	return nil
}

// anyCommand stands for a command that has all options.
const anyCommand = "*"

// options declares every option of a command.
func (p program) options(command string, c *config) *flag.FlagSet {
	f := flag.NewFlagSet("hiwar "+command, flag.ContinueOnError)
	f.SetOutput(p.err)
	f.String("config", "", "a file of lines \"option = value\"")
	f.StringVar(&c.Data, "data", "./data", "folder of the database, or of what is beside one on a server")
	f.StringVar(&c.Server, "database", "", "URL of a PostgreSQL database in place of a file: postgres://USER:PASSWORD@HOST:PORT/DATABASE; better said in HIWAR_DATABASE, which other users of the machine do not see")
	f.StringVar(&c.LogLevel, "log-level", "info", "debug, info, warn or error")
	f.StringVar(&c.LogFormat, "log-format", "text", "text or json")
	f.StringVar(&c.Listen, "listen", "127.0.0.1:8080", "address to listen on; port 0 is any free one")
	f.StringVar(&c.URL, "url", "", "public address, such as https://chat.example.org, if a proxy stands in front")
	f.Var(&c.Hosts, "host", "another host name to answer for; may be repeated")
	f.Var(&c.Proxies, "proxy", "address or network of a reverse proxy whose X-Forwarded-For is believed; may be repeated")
	f.StringVar(&c.Files, "files-origin", "", "origin under which attachments are read, such as https://files.example.org, if not that of the pages")
	f.StringVar(&c.Clamd, "clamd", "", "address of a ClamAV daemon that has to accept every attachment: host:port or the path of a socket")
	c.S3.options(f)
	f.StringVar(&c.Metrics, "metrics", "", "address of a listener for figures, such as 127.0.0.1:9090")
	f.IntVar(&c.MessagesAtOnce, "messages-at-once", 60, "messages somebody may send to a conversation at once; 0 is no limit")
	f.IntVar(&c.MessagesPerSecond, "messages-per-second", 5, "and how many a second after that")
	f.IntVar(&c.StartsAtOnce, "starts-at-once", 30, "conversations that may be started from an address at once; 0 is no limit")
	f.IntVar(&c.StartsPerMinute, "starts-per-minute", 30, "and how many a minute after that")
	f.IntVar(&c.RequestsAtOnce, "requests-at-once", 600, "requests and new sockets of customers that an address may have at once; 0 is no limit")
	f.IntVar(&c.RequestsPerSecond, "requests-per-second", 100, "and how many a second after that")
	f.IntVar(&c.FramesPerSecond, "frames-per-second", 50, "frames a socket may send a second")
	if command == "serve" || command == "demo" || command == anyCommand {
		f.BoolVar(&c.Cluster, "cluster", false, "one of several servers on one PostgreSQL database, which find each other by it")
		f.StringVar(&c.Routes, "routes", "127.0.0.1:0", "with --cluster: address at which the other servers reach this one, such as 10.0.0.5:6222")
		f.StringVar(&c.NATS, "nats", "", "in place of --cluster: URL of a NATS that all servers use, such as nats://127.0.0.1:4222")
	}
	if command == "config" || command == anyCommand {
		f.StringVar(&c.Org, "org", "", "the organization, by its name or identifier, if there are several")
	}
	if command == "org" || command == anyCommand {
		f.StringVar(&c.From, "from", "", "a configuration file that the organization is made from")
		f.StringVar(&c.Language, "language", "en", "of the organization, ar or en")
		f.StringVar(&c.TimeZone, "time-zone", "UTC", "of the organization, such as Asia/Riyadh")
	}
	if command == "backup" || command == anyCommand {
		c.Attachments = true
		f.Var(onOff{&c.Attachments}, "attachments", "copy them too, on or off; those in a bucket may stay there")
	}
	if command == "demo" || command == anyCommand {
		c.Sim, c.Seed, c.Speed = true, 1, 1
		f.Var(onOff{&c.Sim}, "sim", "simulated customers and agents, on or off")
		f.Uint64Var(&c.Seed, "seed", 1, "what the simulated people do")
		f.Float64Var(&c.Speed, "speed", 1, "how many times faster than people they do it")
		f.Var(&c.Set, "set", "a setting of the sample organization, such as rona=10s; may be repeated")
	}
	return f
}

// configure reads a command's options. What nobody knows is an error: a
// misspelt option would otherwise look as if it were set.
func (p program) configure(command string, args []string) (*config, []string, error) {
	c := &config{}
	given := p.options(command, &config{})
	if err := given.Parse(args); err != nil {
		return nil, nil, misuse{} // flag has said why
	}
	f := p.options(command, c)
	env := p.environment()
	file := given.Lookup("config").Value.String()
	if file == "" {
		file = env["config"]
	}
	if file != "" {
		values, err := readFile(file)
		if err != nil {
			return nil, nil, misuse{err}
		}
		if err := p.apply(f, values, file); err != nil {
			return nil, nil, misuse{err}
		}
	}
	if err := p.apply(f, env, "the environment"); err != nil {
		return nil, nil, misuse{err}
	}
	resetLists(given, c)
	if err := f.Parse(args); err != nil {
		return nil, nil, misuse{}
	}
	return c, f.Args(), c.check()
}

// resetLists makes lists on the command line replace, not extend, those of
// the environment or the file.
func resetLists(given *flag.FlagSet, c *config) {
	given.Visit(func(f *flag.Flag) {
		switch f.Name {
		case "host":
			c.Hosts = nil
		case "proxy":
			c.Proxies = nil
		case "set":
			c.Set = nil
		}
	})
}

// apply sets options from a source. An option of another command is passed
// over; one of no command is an error.
func (p program) apply(f *flag.FlagSet, values map[string]string, source string) error {
	every := p.options(anyCommand, &config{})
	for name, value := range values {
		if every.Lookup(name) == nil {
			return fmt.Errorf("%s: there is no option %q", source, name)
		}
		if f.Lookup(name) == nil {
			continue
		}
		if err := f.Set(name, value); err != nil {
			return fmt.Errorf("%s: %s: %w", source, name, err)
		}
	}
	return nil
}

// environment are the variables HIWAR_…, by option.
func (p program) environment() map[string]string {
	values := map[string]string{}
	for _, v := range p.env {
		name, value, _ := strings.Cut(v, "=")
		if option, ok := strings.CutPrefix(name, "HIWAR_"); ok && option != "CHROMIUM" { // that one is the browser tests'
			values[strings.ReplaceAll(strings.ToLower(option), "_", "-")] = value
		}
	}
	return values
}

// readFile reads lines "option = value"; # begins a comment line.
func readFile(path string) (map[string]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	values := map[string]string{}
	for i, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(line, "=")
		name = strings.TrimSpace(name)
		if _, twice := values[name]; !ok || twice {
			return nil, fmt.Errorf("%s:%d: expected \"option = value\", each option once", path, i+1)
		}
		values[name] = strings.TrimSpace(value)
	}
	return values, nil
}

func (c *config) check() error {
	if c.Server != "" && !store.IsPostgres(c.Server) {
		return misuse{errors.New("database: this is not a URL such as postgres://USER:PASSWORD@HOST:PORT/DATABASE; for a database in a file say --data and its folder")}
	}
	if c.Server != "" && c.Data == store.Memory {
		return misuse{errors.New("database: beside a database on a server, files and keys are kept: --data has to name a folder")}
	}
	if err := c.checkCluster(); err != nil {
		return err
	}
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		return misuse{fmt.Errorf("listen: %w", err)}
	}
	for name, n := range map[string]int{
		"messages-at-once": c.MessagesAtOnce, "messages-per-second": c.MessagesPerSecond, "starts-at-once": c.StartsAtOnce,
		"starts-per-minute": c.StartsPerMinute, "requests-at-once": c.RequestsAtOnce, "requests-per-second": c.RequestsPerSecond,
	} {
		if n < 0 {
			return misuse{fmt.Errorf("%s: %d is below 0", name, n)}
		}
	}
	if _, err := c.proxies(); err != nil {
		return misuse{err}
	}
	if u, err := url.Parse(c.Files); c.Files != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Scheme+"://"+strings.ToLower(u.Host) != c.Files) {
		return misuse{fmt.Errorf("files-origin: %q is not an origin like https://files.example.org", c.Files)}
	}
	if err := c.S3.settle(); err != nil {
		return misuse{err}
	}
	if c.FramesPerSecond < 1 {
		return misuse{fmt.Errorf("frames-per-second: %d is below 1", c.FramesPerSecond)}
	}
	return nil
}

// proxies are the networks of the proxies.
func (c *config) proxies() (out rest.Proxies, err error) {
	for _, p := range c.Proxies {
		prefix, err := netip.ParsePrefix(p)
		if ip, err2 := netip.ParseAddr(p); err2 == nil {
			prefix, err = ip.Prefix(ip.BitLen())
		}
		if err != nil {
			return nil, fmt.Errorf("proxy: %q is neither an address nor a network", p)
		}
		out = append(out, prefix)
	}
	return out, nil
}

// database is the path of the database, or its URL.
func (c *config) database() string {
	if c.Server != "" {
		return c.Server
	}
	if c.Data == store.Memory {
		return store.Memory
	}
	return filepath.Join(c.Data, "hiwar.db")
}

// attachments is the folder of what people attach, beside the database.
func (c *config) attachments() string { return filepath.Join(c.Data, "attachments") }

// given reports whether an option was set at all, by flag or environment.
func given(args, env []string, option string) bool {
	for _, a := range args {
		if a == "--"+option || a == "-"+option || strings.HasPrefix(a, "--"+option+"=") || strings.HasPrefix(a, "-"+option+"=") {
			return true
		}
	}
	variable := "HIWAR_" + strings.ToUpper(strings.ReplaceAll(option, "-", "_")) + "="
	for _, v := range env {
		if strings.HasPrefix(v, variable) {
			return true
		}
	}
	return false
}
