package sim

import (
	"strconv"
	"time"
)

// Answer is how a simulated agent treats one request, as planned. All times
// are at pace 1.
type Answer struct {
	// Miss: the request is not answered; Return is how long the agent then
	// stays in RONA.
	Miss   bool
	Return time.Duration
	// Accept is how long the agent takes to accept.
	Accept time.Duration
	// Replies answer the customer's first message, the second …, by language.
	Replies map[string][]Step
	// Close is how long the agent waits after the last reply, and for how
	// long the customer must have been silent, before ending the chat.
	Close time.Duration
	// WrapUp is the reason's key, recorded after WrapAfter.
	WrapUp    string
	WrapAfter time.Duration
	// Break, if not zero, is taken when nothing is left to do.
	Break time.Duration
}

// Rest is the key of the idle reason of a break.
const Rest = "break"

const (
	missesOneIn = 12
	breaksOneIn = 5
	agentPace   = 14 // characters a second
)

var replies = map[string][][]string{
	"en": {
		{"Hello, thank you for waiting. I am looking at it now.", "Good day. Let me check that for you.", "Hello, happy to help with that."},
		{"I have found it. Could you confirm the details for me?", "Thank you. I see what happened here.", "Understood. One moment, please."},
		{"Done. You will get a confirmation by e-mail.", "I have corrected it on our side.", "It is arranged for today."},
	},
	"ar": {
		{"أهلًا بك، شكرًا على الانتظار. أتحقق من الأمر الآن.", "مرحبًا، يسعدنا خدمتك. لحظة من فضلك.", "وعليكم السلام، سأراجع الطلب حالًا."},
		{"وجدت الطلب. هل يمكن تأكيد التفاصيل؟", "شكرًا، اتضحت الصورة الآن.", "مفهوم. دقيقة واحدة من فضلك."},
		{"تم. ستصل رسالة تأكيد إلى بريدك.", "تم تصحيح الأمر من جهتنا.", "تم الترتيب ليكون اليوم."},
	},
}

// Shift is how a simulated agent treats the first n requests. The same seed,
// agent and n give the same shift, and a larger n only adds to it.
func Shift(seed uint64, agent string, n int) []Answer {
	answers := make([]Answer, n)
	for i := range answers {
		answers[i] = answer(chanceOf(seed, "shift/"+agent+"/"+strconv.Itoa(i)), i)
	}
	return answers
}

func answer(c chance, i int) Answer {
	a := Answer{
		Miss:      i > 0 && c.oneIn(missesOneIn), // nobody starts the day like that
		Return:    c.between(15*time.Second, 40*time.Second),
		Accept:    c.between(1500*time.Millisecond, 9*time.Second),
		Close:     c.between(8*time.Second, 20*time.Second),
		WrapUp:    pick(c, []string{"resolved", "resolved", "resolved", "follow_up", "escalated"}),
		WrapAfter: c.between(3*time.Second, 14*time.Second),
		Replies:   map[string][]Step{},
	}
	if c.oneIn(breaksOneIn) {
		a.Break = c.between(40*time.Second, 100*time.Second)
	}
	for _, lang := range []string{"en", "ar"} {
		for _, choices := range replies[lang] {
			a.Replies[lang] = append(a.Replies[lang], step([]string{pick(c, choices)}, agentPace, c))
		}
	}
	return a
}
