package view

import "testing"

func TestLittleOfAContactIsLeft(t *testing.T) {
	for _, x := range []struct{ email, phone, wantEmail, wantPhone string }{
		{"sara@example.com", "+966 50 555 0134", "s•••@•••", "•••34"},
		{"سارة@مثال.إختبار", "٠٥٠٥٥٥٠١٣٤", "س•••@•••", "•••٣٤"},
		{"\"x\"@example.com", "12345", "•••@•••", "•••45"},
		{"not an address", "1234", "n•••@•••", "•••"},
		{"@", "call me", "•••@•••", "•••"},
		{"", "", "", ""},
	} {
		card := CustomerCard{ID: "cus_1", Name: "Sara", Email: x.email, Phone: x.phone}
		v := WithoutContact(Conversation{Customer: &card})
		if got := *v.Customer; got.Email != x.wantEmail || got.Phone != x.wantPhone || !got.ContactHidden || got.Name != "Sara" {
			t.Errorf("%q, %q: got %+v", x.email, x.phone, got)
		}
		if card.Email != x.email || card.ContactHidden {
			t.Errorf("%q: the conversation that was given is another", x.email)
		}
	}
	if v := WithoutContact(Conversation{}); v.Customer != nil {
		t.Errorf("a customer's own: %+v", v)
	}
}
