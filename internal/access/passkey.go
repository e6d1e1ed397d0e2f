package access

import (
	"time"

	"hiwar/internal/id"
)

// Passkey is a key that a device of somebody keeps for this site alone. The
// device asks for a finger, a face or a number before it signs, so it is both
// steps of signing in at once. Here is only its public half.
type Passkey struct {
	Org        id.Org
	User       id.User
	ID         string // names it where its user looks at the list
	Name       string
	Credential []byte // what the device calls it; no two of an installation
	Key        []byte // the public one, as COSE
	Count      int64  // of its uses, as the device counts them; 0: it does not
	Shared     bool   // its user's other devices may have it too
	CreatedAt  time.Time
	UsedAt     time.Time // zero: never yet
	CopiedAt   time.Time // when it last counted back, as only a copy would; zero: never
}

// MaxPasskeys is how many somebody may have, and MaxPasskeyName how long the
// name of one may be, in characters.
const (
	MaxPasskeys    = 10
	MaxPasskeyName = 64
)

// PasskeyRequest is what a device is asked to sign. Bytes are base64url without
// padding, here and below.
type PasskeyRequest struct {
	Challenge   string   `json:"challenge" doc:"to be signed; works once and for five minutes"`
	Site        string   `json:"rp_id" doc:"the site whose passkeys these are"`
	Credentials []string `json:"credentials" doc:"one of these; empty: any of the site"`
}

// PasskeyOffer is what a device makes a passkey of.
type PasskeyOffer struct {
	Challenge   string   `json:"challenge" doc:"works once and for five minutes"`
	Site        string   `json:"rp_id"`
	Handle      string   `json:"user_handle" doc:"by which the device knows whose it is; says nothing of them"`
	Email       string   `json:"email"`
	Name        string   `json:"name"`
	Algorithms  []int64  `json:"algorithms" doc:"of COSE, the best first"`
	Credentials []string `json:"credentials" doc:"a device that has one of these needs no other"`
}

// NewPasskey is what a device made.
type NewPasskey struct {
	Name        string `json:"name" doc:"1 to 64 characters, by which its user knows it"`
	Credential  string `json:"credential"`
	ClientData  string `json:"client_data"`
	Attestation string `json:"attestation"`
}

// PasskeyAnswer is what a device signed.
type PasskeyAnswer struct {
	Credential        string `json:"credential"`
	ClientData        string `json:"client_data"`
	AuthenticatorData string `json:"authenticator_data"`
	Signature         string `json:"signature"`
	Handle            string `json:"user_handle,omitempty"`
}
