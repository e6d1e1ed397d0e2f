package login

import (
	"sync"

	"hiwar/internal/access"
	"hiwar/internal/id"
)

// live knows which sessions have something open, so that ending a session
// ends what was opened with it.
type live struct {
	mu    sync.Mutex
	known map[access.Digest]*opened
}

type opened struct {
	org  id.Org
	user id.User
	ends map[*func()]struct{} // told when the session ends
}

func newLive() *live { return &live{known: map[access.Digest]*opened{}} }

// open registers one thing; ended is called, from another goroutine, when the
// session ends. Whoever opens must close.
func (l *live) open(actor access.Actor, ended func()) (closed func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	digest := digestIn(actor)
	o, ok := l.known[digest]
	if !ok {
		o = &opened{org: actor.Org, user: actor.User, ends: map[*func()]struct{}{}}
		l.known[digest] = o
	}
	o.ends[&ended] = struct{}{}
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(o.ends, &ended)
		if len(o.ends) == 0 && l.known[digest] == o {
			delete(l.known, digest)
		}
	}
}

// staff are the sessions of people on the staff that have something open.
func (l *live) staff() (all []access.Digest) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for digest, o := range l.known {
		if o.user != "" {
			all = append(all, digest)
		}
	}
	return all
}

func (l *live) end(digest access.Digest) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if o, ok := l.known[digest]; ok {
		l.tell(digest, o)
	}
}

func (l *live) endUser(org id.Org, user id.User) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for digest, o := range l.known {
		if o.org == org && o.user == user {
			l.tell(digest, o)
		}
	}
}

// endOthers ends what the user has opened with other sessions than this one.
func (l *live) endOthers(actor access.Actor) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for digest, o := range l.known {
		if o.org == actor.Org && o.user == actor.User && digest != digestIn(actor) {
			l.tell(digest, o)
		}
	}
}

func (l *live) tell(digest access.Digest, o *opened) {
	for ended := range o.ends {
		go (*ended)()
	}
	delete(l.known, digest)
}
