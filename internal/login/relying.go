package login

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/protocol/webauthncose"
	"github.com/go-webauthn/webauthn/webauthn"

	"hiwar/internal/access"
	"hiwar/internal/id"
)

// relying is the site that passkeys are for: it checks what devices made and
// signed, and keeps nothing.
type relying struct{ site *webauthn.WebAuthn }

// algorithms that a passkey may have, the best first: Ed25519, P-256, and RSA
// for the devices that know nothing else.
var algorithms = []webauthncose.COSEAlgorithmIdentifier{webauthncose.AlgEdDSA, webauthncose.AlgES256, webauthncose.AlgRS256}

// PasskeysFor says which site passkeys are for, and at which origins its pages
// are. Until then there are none. It is called before anything is asked.
func (s *Service) PasskeysFor(site string, origins []string) error {
	w, err := webauthn.New(&webauthn.Config{RPID: site, RPDisplayName: issuer, RPOrigins: origins})
	if err != nil {
		return fmt.Errorf("login: passkeys for %s: %w", site, err)
	}
	s.relying = &relying{w}
	return nil
}

func (r *relying) name() string { return r.site.Config.RPID }

// handleOf is what devices know an account by: always the same, and nothing that
// could be read.
func handleOf(o id.Org, u id.User) []byte {
	sum := sha256.Sum256([]byte("passkey\x00" + owner(o, u)))
	return sum[:]
}

// made checks a new passkey, and returns what is to be kept of it.
func (r *relying) made(challenge string, handle []byte, parsed *protocol.ParsedCredentialCreationData) (access.Passkey, error) {
	session := webauthn.SessionData{Challenge: challenge, RelyingPartyID: r.name(), UserID: handle, UserVerification: protocol.VerificationRequired}
	for _, a := range algorithms {
		session.CredParams = append(session.CredParams, protocol.CredentialParameter{Type: protocol.PublicKeyCredentialType, Algorithm: a})
	}
	c, err := r.site.CreateCredential(holder{handle: handle}, session, parsed)
	if err != nil {
		return access.Passkey{}, err
	}
	return access.Passkey{Credential: c.ID, Key: c.PublicKey, Count: int64(c.Authenticator.SignCount), Shared: c.Flags.BackupEligible}, nil
}

// signed checks an answer by the passkey, and returns what the device counts.
// copied: it counted back, so another device has the same passkey.
func (r *relying) signed(challenge string, p access.Passkey, parsed *protocol.ParsedCredentialAssertionData) (count int64, copied bool, err error) {
	handle := handleOf(p.Org, p.User)
	c := webauthn.Credential{ID: p.Credential, PublicKey: p.Key, Flags: webauthn.CredentialFlags{BackupEligible: p.Shared}, Authenticator: webauthn.Authenticator{SignCount: uint32(p.Count)}}
	session := webauthn.SessionData{Challenge: challenge, RelyingPartyID: r.name(), UserID: handle, UserVerification: protocol.VerificationRequired}
	used, err := r.site.ValidateLogin(holder{handle, []webauthn.Credential{c}}, session, parsed)
	if err != nil {
		return 0, false, err
	}
	return int64(used.Authenticator.SignCount), used.Authenticator.CloneWarning, nil
}

// holder is an account as the library asks about it.
type holder struct {
	handle   []byte
	passkeys []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return h.handle }
func (h holder) WebAuthnName() string                       { return "" }
func (h holder) WebAuthnDisplayName() string                { return "" }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.passkeys }

// parseNew reads what a device made.
func parseNew(n access.NewPasskey) (*protocol.ParsedCredentialCreationData, error) {
	raw, all := unbase(n.Credential, n.ClientData, n.Attestation)
	if !all {
		return nil, errNotBase64
	}
	c := protocol.CredentialCreationResponse{PublicKeyCredential: publicKey(n.Credential, raw[0])}
	c.AttestationResponse.ClientDataJSON, c.AttestationResponse.AttestationObject = raw[1], raw[2]
	return c.Parse()
}

// parseAnswer reads what a device signed.
func parseAnswer(a access.PasskeyAnswer) (*protocol.ParsedCredentialAssertionData, error) {
	raw, all := unbase(a.Credential, a.ClientData, a.AuthenticatorData, a.Signature, a.Handle)
	if !all {
		return nil, errNotBase64
	}
	c := protocol.CredentialAssertionResponse{PublicKeyCredential: publicKey(a.Credential, raw[0])}
	r := &c.AssertionResponse
	r.ClientDataJSON, r.AuthenticatorData, r.Signature, r.UserHandle = raw[1], raw[2], raw[3], raw[4]
	return c.Parse()
}

var errNotBase64 = fmt.Errorf("login: a passkey's part is not base64url")

func publicKey(credential string, raw []byte) protocol.PublicKeyCredential {
	return protocol.PublicKeyCredential{Credential: protocol.Credential{ID: credential, Type: string(protocol.PublicKeyCredentialType)}, RawID: raw}
}

func unbase(texts ...string) (raw [][]byte, all bool) {
	for _, t := range texts {
		b, err := base64url.DecodeString(t)
		if err != nil {
			return nil, false
		}
		raw = append(raw, b)
	}
	return raw, true
}

var base64url = base64.RawURLEncoding.Strict()
