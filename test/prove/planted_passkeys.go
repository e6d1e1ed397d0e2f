package main

// passkeyPlants are faults of signing in with passkeys.
var passkeyPlants = []plant{
	{name: "passkeys are taken from any page", test: []string{"./internal/login", "-run", "WrongAnswer|ForTheSession"}, edits: []edit{
		{"internal/login/relying.go", "RPOrigins: origins}", "RPOrigins: append(origins, \"https://evil.example\", \"https://chat.example.org.evil.example\", \"http://chat.example.org\")}"},
	}},
	{name: "passkeys are taken of any site", test: []string{"./internal/login", "-run", "WrongAnswer"}, edits: []edit{
		{"internal/login/relying.go", "	used, err := r.site.ValidateLogin(", "	session.RelyingPartyID = \"example.org\"\n	used, err := r.site.ValidateLogin("},
	}},
	{name: "a device need not be unlocked to sign in", test: []string{"./internal/login", "-run", "WrongAnswer"}, edits: []edit{
		{"internal/login/relying.go", "	used, err := r.site.ValidateLogin(", "	session.UserVerification = protocol.VerificationPreferred\n	used, err := r.site.ValidateLogin("},
	}},
	{name: "a device need not be unlocked to make a passkey", test: []string{"./internal/login", "-run", "ForTheSession"}, edits: []edit{
		{"internal/login/relying.go", "UserID: handle, UserVerification: protocol.VerificationRequired}\n	for", "UserID: handle}\n	for"},
	}},
	{name: "an answer works twice", test: []string{"./internal/login", "-run", "OneOfAnyNumber"}, edits: []edit{
		{"internal/login/enter.go", "	if !s.challenges.take(challenge) {", "	if false {"},
	}},
	{name: "a passkey is made twice of one offer", test: []string{"./internal/login", "-run", "ForTheSession"}, edits: []edit{
		{"internal/login/passkey.go", "	if !s.challenges.take(challenge) {", "	if false {"},
	}},
	{name: "a challenge lives for ever", test: []string{"./internal/login", "-run", "WrongAnswer"}, edits: []edit{
		{"internal/login/challenge.go", " && c.now().Before(endOf(raw))", ""},
	}},
	{name: "a challenge is for anything", test: []string{"./internal/login", "-run", "WrongAnswer|ForTheSession|IsProof"}, edits: []edit{
		{"internal/login/challenge.go", "	mac.Write([]byte(string(p) + \"\\x00\" + owner))\n", ""},
	}},
	{name: "anybody makes a challenge", test: []string{"./internal/login", "-run", "WrongAnswer"}, edits: []edit{
		{"internal/login/challenge.go", "hmac.Equal(raw[len(signed):], c.sign(signed, p, owner)) && ", "len(signed) > 0 && "},
	}},
	{name: "another session's offer does", test: []string{"./internal/login", "-run", "ForTheSession"}, edits: []edit{
		{"internal/login/passkey.go", "s.requestOf(ctx, a, toAdd, actor.Session)", "s.requestOf(ctx, a, toAdd, \"\")"},
		{"internal/login/passkey.go", "s.challenges.is(challenge, toAdd, actor.Session)", "s.challenges.is(challenge, toAdd, \"\")"},
	}},
	{name: "anybody's passkey is anybody's proof", test: []string{"./internal/login", "-run", "GoodForSomebodyElse"}, edits: []edit{
		{"internal/login/enter.go", "of.Org == actor.Org && of.User.ID == actor.User && ", ""},
	}},
	{name: "anybody's passkey is anybody's second step", test: []string{"./internal/login", "-run", "GoodForSomebodyElse"}, edits: []edit{
		{"internal/login/enter.go", "of.Org == a.Org && of.User.ID == a.User.ID && ", ""},
	}},
	{name: "any passkey does after a password", test: []string{"./internal/login", "-run", "SecondStep"}, edits: []edit{
		{"internal/login/enter.go", "of.User.ID == a.User.ID && s.challenges.is(challenge, toStep, owner(a.Org, a.User.ID))", "of.User.ID == a.User.ID && (s.challenges.is(challenge, toStep, owner(a.Org, a.User.ID)) || s.challenges.is(challenge, toEnter, \"\"))"},
	}},
	{name: "a passkey lets in who is disabled", test: []string{"./internal/login", "-run", "Disabled"}, edits: []edit{
		{"internal/login/enter.go", "a.User.Disabled || ", ""},
	}},
	{name: "a copied passkey lets in", test: []string{"./internal/login", "-run", "Copied"}, edits: []edit{
		{"internal/login/enter.go", "	if copied {", "	if false {"},
	}},
	{name: "a copied passkey lets in again", test: []string{"./internal/login", "-run", "Copied"}, edits: []edit{
		{"internal/login/enter.go", "	if !p.CopiedAt.IsZero() {", "	if false {"},
	}},
	{name: "one count is used twice at the same time", test: []string{"./internal/store", "-run", "TestSQLiteInMemory"}, edits: []edit{
		{"internal/store/passkey.go", "(count < ?1 OR", "(count <= ?1 OR"},
	}},
	{name: "somebody else's passkey is removed", test: []string{"./internal/store", "-run", "TestSQLiteInMemory"}, edits: []edit{
		{"internal/store/passkey.go", "`DELETE FROM passkeys WHERE org = ? AND user_id = ? AND id = ?`, string(o), string(user), passkey)", "`DELETE FROM passkeys WHERE org = ? AND id = ?`, string(o), passkey)"},
	}},
	{name: "the last second step goes", test: []string{"./internal/store", "-run", "TestSQLiteInMemory"}, edits: []edit{
		{"internal/store/passkey.go", "left[0] == 0 && !last", "left[0] < 0 && !last"},
	}},
	{name: "an account has any number of passkeys", test: []string{"./internal/store", "-run", "TestSQLiteInMemory"}, edits: []edit{
		{"internal/store/passkey.go", "		case own >= most:", "		case own > most:"},
	}},
	{name: "a reset leaves the passkeys", test: []string{"./internal/store", "-run", "TestSQLiteInMemory"}, edits: []edit{
		{"internal/store/factor.go", "`DELETE FROM passkeys WHERE org = ? AND user_id = ?`, string(o), string(user))", "`DELETE FROM passkeys WHERE org = ? AND user_id = ?`, string(o), \"\")"},
	}},
	{name: "the password goes around a passkey that is wanted", test: []string{"./internal/login", "-run", "IsASecondStep"}, edits: []edit{
		{"internal/access/grant.go", "a.Factor.On() || a.Obliged && a.Passkeys > 0", "a.Factor.On()"},
	}},
	{name: "passkeys are added without proof", test: []string{"./internal/rest", "-run", "WantsProof"}, edits: []edit{
		{"internal/rest/proof.go", "	return access.Prove(c.actor, op)", "	if o.id == \"addPasskey\" {\n		return nil\n	}\n	return access.Prove(c.actor, op)"},
	}},
	{name: "a passkey is added without a record", test: []string{"./internal/rest", "-run", "APasskeyFrom"}, edits: []edit{
		{"internal/store/passkey.go", "		if err := w.exec(liftLimits, string(p.Org), string(p.User)); err != nil {\n			return err\n		}\n		return w.witnessed(ctx)", "		return w.exec(liftLimits, string(p.Org), string(p.User))"},
	}},
}
