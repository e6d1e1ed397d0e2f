package audit

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

func chain(n int) (all []Record) {
	head := Head{}
	for i := range n {
		r := Record{At: time.Unix(int64(i), 123456789), Actor: "usr_1", Act: "configure", Object: fmt.Sprint("que_", i), Detail: `{}`}.After(head)
		head = Head{r.N, r.Hash}
		all = append(all, r)
	}
	return all
}

func verify(all []Record, counted int64, noted *Head) error {
	var c Chain
	if noted != nil {
		c.Noted(*noted)
	}
	for _, r := range all {
		if err := c.Next(r); err != nil {
			return err
		}
	}
	_, err := c.End(counted)
	return err
}

func TestAChainIsWhole(t *testing.T) {
	all := chain(5)
	third := Head{3, all[2].Hash}
	for _, noted := range []*Head{nil, {}, &third} {
		if err := verify(all, 5, noted); err != nil {
			t.Errorf("%v: %v", noted, err)
		}
	}
	if h, err := ParseHead(third.String()); err != nil || h != third {
		t.Errorf("%s is read as %s (%v)", third, h, err)
	}
	for _, bad := range []string{"", "3", "3:", "x:00", "3:zz", third.String() + "00"} {
		if _, err := ParseHead(bad); err == nil {
			t.Errorf("%q is a head", bad)
		}
	}
}

func TestWhateverIsDoneToAChainIsFound(t *testing.T) {
	third := Head{3, chain(5)[2].Hash}
	for name, c := range map[string]struct {
		do     func(all []Record) []Record
		n      int64
		reason Reason
	}{
		"changed time":    {func(a []Record) []Record { a[2].At = a[2].At.Add(time.Second); return a }, 3, Changed},
		"changed actor":   {func(a []Record) []Record { a[2].Actor = "usr_2"; return a }, 3, Changed},
		"changed address": {func(a []Record) []Record { a[2].Address = "10.0.0.1"; return a }, 3, Changed},
		"changed act":     {func(a []Record) []Record { a[2].Act = "read"; return a }, 3, Changed},
		"changed object":  {func(a []Record) []Record { a[2].Object += "x"; return a }, 3, Changed},
		"changed detail":  {func(a []Record) []Record { a[2].Detail = `[]`; return a }, 3, Changed},
		"moved a letter":  {func(a []Record) []Record { a[2].Act, a[2].Object = "configur", "e"+a[2].Object; return a }, 3, Changed},
		"changed hash":    {func(a []Record) []Record { a[2].Hash[0]++; return a }, 3, Changed},
		"taken out":       {func(a []Record) []Record { return append(a[:2], a[3:]...) }, 4, Missing},
		"taken out, closed": {func(a []Record) []Record {
			a = append(a[:2], a[3:]...)
			a[2].N--
			return a
		}, 3, Changed},
		"first taken out": {func(a []Record) []Record { return a[1:] }, 2, Missing},
		"swapped":         {func(a []Record) []Record { a[1], a[2] = a[2], a[1]; return a }, 3, Missing},
		"swapped, numbered": {func(a []Record) []Record {
			a[1], a[2] = a[2], a[1]
			a[1].N, a[2].N = 2, 3
			return a
		}, 2, Changed},
		"cut short": {func(a []Record) []Record { return a[:4] }, 5, Cut},
		"written anew": {func(a []Record) []Record {
			head := Head{}
			for i := range a {
				a[i].Actor = "usr_2"
				a[i] = a[i].After(head)
				head = Head{a[i].N, a[i].Hash}
			}
			return a
		}, 3, Rewritten},
	} {
		err := verify(c.do(chain(5)), 5, &third)
		var broken *Broken
		if !errors.As(err, &broken) || broken.N != c.n || broken.Reason != c.reason {
			t.Errorf("%s: %v, want record %d: %s", name, err, c.n, c.reason)
		}
	}
	if err := verify(chain(2), 2, &third); err == nil {
		t.Error("a chain that does not reach what was noted is whole")
	}
}
