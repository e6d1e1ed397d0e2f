package config_test

import (
	"fmt"
	"testing"
	"time"

	"hiwar/internal/config"
	"hiwar/internal/hours"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// What would let customers go round for ever, or wait for a queue that is not
// there, is refused with the field and why.
func TestLimitsThatMakeNoSenseAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		queues [3]org.Limits
		week   hours.Week
		field  string
		reason string
		code   problem.Code
	}{
		"sound":                      {queues: [3]org.Limits{{Then: org.ThenOverflow, ThenQueue: "q1", MaxWait: time.Minute}, {Then: org.ThenOverflow, ThenQueue: "q2"}}},
		"to itself":                  {queues: [3]org.Limits{{Then: org.ThenOverflow, ThenQueue: "q0"}}, field: "queues.0.limits.then_queue", reason: "cycle", code: problem.LimitInvalid},
		"round in a circle":          {queues: [3]org.Limits{{}, {Then: org.ThenOverflow, ThenQueue: "q2"}, {Then: org.ThenOverflow, ThenQueue: "q1"}}, field: "queues.1.limits.then_queue", reason: "cycle", code: problem.LimitInvalid},
		"into a circle":              {queues: [3]org.Limits{{Then: org.ThenOverflow, ThenQueue: "q1"}, {Then: org.ThenOverflow, ThenQueue: "q1"}}, field: "queues.0.limits.then_queue", reason: "cycle", code: problem.LimitInvalid},
		"to an archived queue":       {queues: [3]org.Limits{{Then: org.ThenOverflow, ThenQueue: "q9"}}, field: "queues.0.limits.then_queue", reason: "gone", code: problem.LimitInvalid},
		"no other queue":             {queues: [3]org.Limits{{Then: org.ThenOverflow}}, field: "queues.0.limits.then_queue", reason: "missing", code: problem.LimitInvalid},
		"a maximum and nothing then": {queues: [3]org.Limits{{MaxWait: time.Minute}}, field: "queues.0.limits.then", reason: "missing", code: problem.LimitInvalid},
		"closing and nothing then":   {queues: [3]org.Limits{{OnClose: org.WhatThen}}, field: "queues.0.limits.then", reason: "missing", code: problem.LimitInvalid},
		"closing without a word":     {queues: [3]org.Limits{{Then: org.ThenClose}}, field: "queues.0.limits.then_text", reason: "missing", code: problem.LimitInvalid},
		"a negative length":          {queues: [3]org.Limits{{MaxWaiting: -1}}, field: "queues.0.limits.max_waiting", code: problem.OutOfRange},
		"a wait of a moment":         {queues: [3]org.Limits{{MaxWait: 1, Then: org.ThenOverflow, ThenQueue: "q1"}}, field: "queues.0.limits.max_wait", code: problem.OutOfRange},
		"a closing nobody knows":     {queues: [3]org.Limits{{OnClose: "panic"}}, field: "queues.0.limits.on_close", code: problem.InvalidParameter},
		"hours that overlap":         {week: hours.Week{Monday: []hours.Span{{From: 60, To: 120}, {From: 90, To: 180}}}, field: "hours.0.schedule.week.monday.1", reason: "span_overlap", code: problem.HoursInvalid},
	} {
		err := config.Check(soundBut(t, c.queues, c.week))
		if c.code == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		p := problem.Of(err)
		field := p.Params["field"]
		if field == nil {
			field = p.Params["parameter"]
		}
		if p.Code != c.code || field != c.field || c.reason != "" && p.Params["reason"] != c.reason {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// soundBut is a small configuration in which all but the limits makes sense.
func soundBut(t *testing.T, limits [3]org.Limits, week hours.Week) org.Config {
	t.Helper()
	conf, _ := on(t, small, empty())
	conf.Hours = []org.Hours{{ID: "h", Name: org.Name{En: "Office"}, Schedule: hours.Schedule{Zone: "Asia/Riyadh", Week: week}}}
	for i := range conf.Assets {
		conf.Assets[i].Queue = "q0"
	}
	for i := range conf.Profiles {
		conf.Profiles[i].Queues = nil
	}
	conf.Queues = nil
	for i, l := range limits {
		conf.Queues = append(conf.Queues, org.Queue{
			ID: id.Queue(fmt.Sprintf("q%d", i)), Name: org.Name{En: "Queue"}, Priority: 5, OnUnanswered: org.Requeue, Limits: l,
		})
	}
	conf.Queues = append(conf.Queues, org.Queue{ID: "q9", Name: org.Name{En: "Gone"}, Priority: 5, OnUnanswered: org.Requeue, Archived: true})
	return conf
}
