package main

// routingPlants are faults of the rules, most of them looked for by the scripts,
// the random histories and the single tests of the floor: internal/routing/PROOF.md
// says which of them finds which. The last ones are for the random days.
var routingPlants = []plant{
	ofRouting("a skill is not looked at", edit{need, "user != nil && meets(user, n.requires)", "user != nil"}),
	ofRouting("a requirement never relaxes", edit{widen, "	t.Relaxed, _ = s.relaxed(&t, age)\n	s.ease(held, t)", "	s.ease(held, t)"}),
	ofRouting("relaxation counts from the first wait", edit{widen, "	age := s.now.Sub(t.EnteredAt)\n	t.Widened", "	age := s.now.Sub(t.WaitingSince)\n	t.Widened"}),
	ofRouting("an empty group is waited for", edit{widen, "case after <= age || !s.anyoneIn(queue, open):", "case after <= age:"}),
	ofRouting("the last one leaves and nobody looks", edit{widen, "			s.widenAll(q)\n", "			_ = q\n"}),
	ofRouting("one more than the cap", edit{pool, "p.cap > 0 && a.holds(p.capped) >= p.cap", "p.cap > 0 && a.holds(p.capped) > p.cap"}),
	ofRouting("exclusive is not", edit{setup, "capacity = min(capacity, 1)", "capacity = max(capacity, 1)"}),
	ofRouting("of several teams the highest holds", edit{setup, "team.Capacity < capacity)", "team.Capacity > capacity)"}),
	ofRouting("kept for somebody idle", edit{widen, "known && isThere(a) && s.setup.inService", "known && (isThere(a) || a.Presence == Idle) && s.setup.inService"}),
	ofRouting("kept for ever", edit{widen, "		add(queue.Sticky, keptLongEnough)\n", "		_ = keptLongEnough\n"}),
	ofRouting("taken from the list beyond capacity", edit{pick, "case a.occupied() >= s.setup.capacity(a.ID) ||", "case a.occupied() > s.setup.capacity(a.ID) ||"}),
	ofRouting("taken from under an offer", edit{pick, "held.State != TaskWaiting", "held.State == TaskHeld"}),
	ofRouting("taken from the list in RONA", edit{pick, "case a.Presence == RONA:", "case a.Presence == SignedOut:"}),
	ofRouting("least loaded counts slots", edit{pool, "c.load = int64(a.occupied()) << 32 / int64(max(1, s.setup.capacity(a.ID)))", "c.load = int64(a.occupied())"}),
	ofRouting("round robin asks who has least", edit{pool, "c.load, c.turn = 0, int64(a.LastOffer)", "c.turn = int64(a.LastOffer)"}),
	ofRouting("signing in again loses the turn", edit{agents, "		rec.LastOffer = a.LastOffer //", "		_ = a //"}),
	ofRouting("weights ignored", edit{"internal/org/skill.go", "return value * max(1, r.Weight)", "return value"}),
	ofRouting("what is relaxed is not scored", edit{need, "		if n.rule == org.SkillsBest {\n			r.Relax = nil", "		if _, holds := r.At(x.relaxed); holds && n.rule == org.SkillsBest {\n			r.Relax = nil"}),
	ofRouting("priority is worth nothing", edit{index, "p.at += int64(t.Priority-1) * ageing.Milliseconds()", "p.at += ageing.Milliseconds()"}),
	ofRouting("without ageing priority is worth nothing", edit{index, "p.class = t.Priority", "p.class = 0"}),
	ofRouting("the maximum wait begins again", edit{limits, "add(t.EnteredAt.Add(limits.MaxWait), waitOver)", "add(s.now.Add(limits.MaxWait), waitOver)"}),
	ofRouting("one more than the maximum length", edit{limits, "return n >= most\n", "return n > most\n"}),
	ofRouting("overflow to a closed queue", edit{limits, "!next.Archived && s.setup.isOpen(at, s.now) &&", "!next.Archived &&"}),
	ofRouting("overflow loses the place", edit{limits, "OriginOverflow, \"\", \"\", t.WaitingSince)", "OriginOverflow, \"\", \"\", s.now)"}),
	ofRouting("a closed queue takes customers", edit{limits, "	if !s.setup.isOpen(q, s.now) {\n		if opens", "	if false {\n		if opens"}),
	ofRouting("closing time is forgotten", edit{limits, "if limits.OnClose == org.WhatThen {", "if limits.OnClose == org.OnClose(\"never\") {"}),
	ofRouting("hours that change are for who comes", edit{limits, "		if t.Origin != OriginReturn && t.Origin != OriginTransfer {", "		if false {"}),
	ofRouting("whoever is signed in is there", edit{nobody, "return !p.bySkill(x.queue) || meets(p.users[u], p.leastRequired(x))", "return true"}),
	ofRouting("the sender is there", edit{nobody, "there == 1 && t.Except != \"\"", "there == 1 && t.Except == \"nobody\""}),
	ofRouting("a refusal leaves its traces", edit{"internal/routing/offer.go", "	if !s.setup.settings.AllowDecline {", "	o.DeclineWith = ev.Reason\n	s.putOffer(o)\n	if !s.setup.settings.AllowDecline {"}),
	ofMachines("freed, and nobody looks who waits", edit{pool, "			s.free.Set(after)\n			s.dirty.Insert(at.pool)", "			s.free.Set(after)"}),
	ofMachines("whoever became free last is first", edit{pool, "turn: a.RankedAt.UnixMilli(), agent", "turn: -a.RankedAt.UnixMilli(), agent"}),
	ofMachines("of those who wait the last is first", edit{index, "		return a.at < b.at\n", "		return a.at > b.at\n"}),
	ofRouting("what customers bring along is not asked", edit{"internal/org/skill.go", "	all = append(all, own...)\n", "	_ = own\n"}),
	ofRouting("what nobody could be given is waited for", edit{"internal/routing/own.go", "			if p.config.Asks(r.Requirement) {", "			if true {"}),
	ofRouting("what nobody asks for any more is kept", edit{"internal/routing/own.go", "len(s.setup.pools.own) > sparePools+2*s.lines.Len()", "false"}),
	ofJournal("everybody as they were after the decision", edit{"internal/routing/offer.go", "	s.watch(o, &t)\n	t.State = TaskOffered\n	s.putTask(t)\n	s.putOffer(o)\n", "	t.State = TaskOffered\n	s.putTask(t)\n	s.putOffer(o)\n	s.watch(o, &t)\n"}),
	ofJournal("what comes out otherwise is told", edit{journal, "made.isSame(o)", "true"}),
	ofJournal("a step is not remembered", edit{journal, "		last.steps = append(last.steps, t)\n", "		if len(last.steps) != 5 {\n			last.steps = append(last.steps, t)\n		}\n"}),
	ofJournal("a journal that forgets nothing", edit{journal, "j.weight-j.stretches[0].weight >= kept", "false && kept > 0"}),
	ofJournal("every configuration is kept", edit{journal, "		return 1 + c.Config.Objects()\n", "		_ = c\n"}),
	ofJournal("who handed it on is counted for something else", edit{"internal/routing/match.go", "t.Except != \"\" && s.setup.inService(t.Queue, t.Except) {", "t.Except != \"\" && p.has(t.Except) {"}),
	{name: "open at closing time", test: []string{"./internal/hours"}, edits: []edit{{"internal/hours/calendar.go", "if s.From <= now && now < s.To {", "if s.From <= now && now <= s.To {"}}},
	{name: "open on a holiday", test: []string{"./internal/hours"}, edits: []edit{{"internal/hours/calendar.go", "		if h.includes(day) {\n			return nil", "		if h.includes(day) && false {\n			return nil"}}},
}

const (
	journal = "internal/routing/journal.go"
	need    = "internal/routing/need.go"
	widen   = "internal/routing/widen.go"
	pool    = "internal/routing/pool.go"
	setup   = "internal/routing/setup.go"
	pick    = "internal/routing/pick.go"
	agents  = "internal/routing/agent.go"
	index   = "internal/routing/index.go"
	limits  = "internal/routing/limits.go"
	nobody  = "internal/routing/nobody.go"
)

// ofMachines is a fault that random days on the machines alone have to find.
func ofMachines(name string, e edit) plant {
	return plant{name: name, edits: []edit{e}, run: "machines", here: true}
}

// ofJournal is a fault in going through decisions again.
func ofJournal(name string, e edit) plant {
	return plant{name: name, edits: []edit{e}, test: []string{"./internal/routing", "-run", "Journal|GoneThrough|HandedItOn"}}
}

// ofRouting is a fault that the tests of the floor have to find, without the
// worlds, which take longest.
func ofRouting(name string, e edit) plant {
	return plant{name: name, edits: []edit{e}, test: []string{"./internal/routing", "-skip", "IllegalState"}}
}
