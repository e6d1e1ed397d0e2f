package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"hiwar/internal/blob"
	"hiwar/internal/engine"
	"hiwar/internal/login"
	"hiwar/internal/oidc"
	"hiwar/internal/rest"
	"hiwar/internal/store"
	"hiwar/internal/telemetry"
	"hiwar/internal/webui"
	"hiwar/internal/ws"
)

// server is everything plugged together.
type server struct {
	config     *config
	place      place
	log        *slog.Logger
	db         *store.DB
	blobs      *blob.Store
	blobFolder string
	unlock     func()
	neighbors  *neighbors // nil: this server is alone
	engine     *engine.Engine
	asked      asked
	login      *login.Service
	sockets    *ws.Server
	api        *rest.API
	listener   net.Listener
	http       *http.Server
	metrics    telemetry.Metrics
	draining   atomic.Bool
}

// open prepares a server up to the point where it can be asked; run makes it
// answer. Whoever opens must run or close.
func open(ctx context.Context, c *config, log *slog.Logger) (s *server, err error) {
	s = &server{config: c, log: log, unlock: func() {}}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	if c.Data != store.Memory {
		if err := os.MkdirAll(c.Data, 0o700); err != nil {
			return s, err
		}
		if s.unlock, err = lock(c.Data); err != nil {
			return s, err
		}
	}
	openStore := store.Open
	if c.several() {
		openStore = store.OpenShared
	}
	if s.db, err = openStore(ctx, c.database()); err != nil {
		return s, err
	}
	hazards, err := s.db.Hazards(ctx)
	if err != nil {
		return s, err
	}
	for _, h := range hazards {
		log.Warn(h)
	}
	if s.blobs, err = s.openBlobs(ctx); err != nil {
		return s, err
	}
	lost, err := lostSealingKey(ctx, s.db, c.Data)
	if err != nil {
		return s, err
	}
	if lost != "" {
		log.Warn(lost)
	}
	key, err := sealingKey(c.Data)
	if err != nil {
		return s, err
	}
	if c.several() {
		if err := s.meet(ctx, key); err != nil {
			return s, err
		}
	}
	if s.login, err = login.New(ctx, s.db, login.Options{Key: key, Shared: c.several()}); err != nil {
		return s, err
	}
	if s.listener, err = net.Listen("tcp", c.Listen); err != nil {
		return s, err
	}
	s.place, err = locate(c, s.listener.Addr())
	return s, err
}

// close gives back what open took.
func (s *server) close() {
	if s.listener != nil {
		s.listener.Close()
	}
	if s.blobs != nil {
		if err := s.blobs.Close(); err != nil {
			s.log.Error("the store of attachments could not be closed", "error", err)
		}
		if s.config.Data == store.Memory {
			s.forgetBlobs()
		}
	}
	if s.neighbors != nil {
		s.neighbors.close()
	}
	if s.db != nil {
		if err := s.db.Close(); err != nil {
			s.log.Error("the database could not be closed", "error", err)
		}
	}
	s.unlock()
}

// assemble makes everything that answers.
func (s *server) assemble(d *demo) {
	s.takePasskeys(d)
	var line line
	s.asked, line = s.engines()
	writers := rest.NewWriters(s.config.MessagesAtOnce, s.config.MessagesPerSecond)
	s.sockets = ws.New(ws.Config{
		Engine: s.asked, Bus: line, Door: s.login, Limits: writers, Blocks: s.login,
		Frames: s.config.FramesPerSecond, Lang: rest.Language, Address: rest.Address, Log: s.log,
	})
	mux := http.NewServeMux()
	proxies, _ := s.config.proxies() // were checked with the other options
	visits := rest.NewVisits(s.db, s.place.origins, s.log)
	c := rest.Config{
		Engine: s.asked, Assets: s.db, Staff: s.login, Setup: s.login, Visitors: s.login, Blocks: s.login,
		Blobs: s.blobs, Links: s.login, FilesOrigin: s.config.Files,
		Socket: s.sockets, Streams: s.sockets, Pages: mux, Started: s.started,
		Hosts: s.place.hosts, Proxies: proxies, Secure: s.place.secure, Origins: s.place.origins,
		Writers: writers, Starts: rest.Rate(s.config.StartsAtOnce, s.config.StartsPerMinute, time.Minute),
		Requests: rest.Rate(s.config.RequestsAtOnce, s.config.RequestsPerSecond, time.Second), Visits: visits, Log: s.log,
	}
	if d != nil {
		c.Demo = d
	}
	c.Providers = login.NewProviders(s.login, s.asked, oidc.New(oidc.Options{Loopback: !s.place.secure}))
	s.api = rest.New(c)
	health := telemetry.Health{Ready: s.ready}
	mux.HandleFunc("GET /healthz", health.Alive)
	mux.HandleFunc("GET /readyz", health.IsReady)
	(&pages{site: webui.Embedded(), assets: s.db, files: s.config.Files, visits: visits, own: s.place.origins, demo: d}).register(mux)
	if d != nil {
		mux.Handle("GET /enter/{token}", s.api.Enter(linkExpired))
	}
	s.metrics.Add(s.api.Counts)
	s.metrics.Add(s.sockets.Counts)
	s.metrics.Add(s.engineCounts)
	s.http = &http.Server{
		Handler:           s.api,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    12 << 10, // the library adds 4 KiB
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
		ConnContext:       bounded,
	}
}

// kernelBuffer is how much the kernel may hold for one client that does not
// read; it takes twice what it is told. Left alone it takes megabytes, and a
// client that is stalled looks well until they are full.
const kernelBuffer = 128 << 10

func bounded(ctx context.Context, conn net.Conn) context.Context {
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetWriteBuffer(kernelBuffer) // a wish, which the kernel may refuse
	}
	return ctx
}

func (s *server) engineCounts(emit func(string, int64)) {
	c := s.engine.Counts()
	emit("commits_total", c.Rounds.Load())
	emit("commands_total", c.Commands.Load())
	emit("commands_refused_total", c.Refused.Load())
	emit("commits_failed_total", c.Failed.Load())
	emit("commit_microseconds_total", c.CommitTime.Load())
	emit("commits_slow_total", c.Slow.Load())
	emit("invariant_violations_total", c.Violations.Load())
}

var errNotReady = errors.New("starting or stopping")

func (s *server) ready() error {
	select {
	case <-s.engine.Ready():
		if s.draining.Load() {
			break
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		return errors.Join(s.engine.Storing(), s.db.Answers(ctx))
	default:
	}
	return errNotReady
}

// run answers until ctx ends or something breaks, and ends in order: nobody
// new, clients told to come back, what was begun finished, the database
// closed. announced is called once requests are answered.
func (s *server) run(ctx context.Context, announced func() error) error {
	defer s.close()
	var all sync.WaitGroup
	failed := make(chan error, 4)
	begin := func(what string, run func() error) {
		all.Go(func() {
			if err := run(); err != nil {
				failed <- fmt.Errorf("%s: %w", what, err)
			}
		})
	}
	engineCtx, stopEngine := context.WithCancel(context.Background())
	socketCtx, stopSockets := context.WithCancel(context.Background())
	defer stopEngine()
	defer stopSockets()

	begin("engine", func() error { return s.engine.Run(engineCtx) })
	select {
	case <-s.engine.Ready():
	case err := <-failed:
		return err
	}
	leave, err := s.takePart(ctx, begin, failed)
	if err != nil {
		stopEngine()
		all.Wait()
		return err
	}
	socketsEnded := make(chan struct{})
	begin("sockets", func() error { defer close(socketsEnded); return s.sockets.Run(socketCtx) })
	begin("http", func() error { return closed(s.http.Serve(s.listener)) })
	stopControl := s.serveControl(begin)
	figures, err := s.serveMetrics(begin)
	if err != nil {
		failed <- err
	}
	sweepCtx, stopSweep := context.WithCancel(ctx)
	defer stopSweep()
	begin("sessions", func() error { return s.sweep(sweepCtx) })
	begin("attachments", func() error { return s.sweepBlobs(sweepCtx) })
	begin("retention", func() error { return s.keepRetention(sweepCtx) })
	begin("uses of sessions", func() error { return s.keepSeen(sweepCtx) })
	begin("memory", func() error { return s.giveBack(sweepCtx) })
	if err == nil {
		err = announced()
	}
	if err == nil {
		select {
		case <-ctx.Done():
		case err = <-failed:
		}
	}
	s.draining.Store(true)
	stopSweep()
	stopControl()
	stopSockets()
	s.drain(figures)
	<-socketsEnded
	leave()
	stopEngine()
	all.Wait()
	return err
}

// drain ends the listeners; requests under way are finished.
func (s *server) drain(figures *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := s.http.Shutdown(ctx); err != nil {
		s.log.Warn("some requests were cut off", "error", err)
		s.http.Close()
	}
	if figures != nil {
		figures.Close()
	}
}

func (s *server) serveMetrics(begin func(string, func() error)) (*http.Server, error) {
	if s.config.Metrics == "" {
		return nil, nil
	}
	l, err := net.Listen("tcp", s.config.Metrics)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", &s.metrics)
	profiles(mux)
	figures := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	begin("metrics", func() error { return closed(figures.Serve(l)) })
	return figures, nil
}

// repliesKept is how long a command that belongs to no conversation may be
// repeated: longer than any client tries.
const repliesKept = 7 * 24 * time.Hour

// keepSeen stores every minute, and at the end, which sessions were used.
func (s *server) keepSeen(ctx context.Context) error {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for running := true; running; {
		select {
		case <-tick.C:
		case <-ctx.Done():
			running = false
		}
		if err := s.login.KeepSeen(context.WithoutCancel(ctx)); err != nil {
			s.log.Warn("when sessions were used could not be stored", "error", err)
		}
	}
	return nil
}

// sweep removes old sessions and replies now and every hour.
func (s *server) sweep(ctx context.Context) error {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		if err := s.db.PruneReplies(ctx, time.Now().Add(-repliesKept)); err != nil {
			s.log.Warn("old replies could not be removed", "error", err)
		}
		if err := s.login.Sweep(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("old sessions could not be removed", "error", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// closed: a listener that was closed on purpose is no failure.
func closed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
