package access

// Step is what somebody sees of their second step.
type Step struct {
	On       bool
	Codes    int  // recovery codes left
	Obliged  bool // the organization wants it
	Passkeys int  // how many they have
}

// Enrolment is a secret to be kept in an authenticator.
type Enrolment struct {
	Secret  string // in base32, for who types it
	Address string // the same as an address, for who reads a picture
}
