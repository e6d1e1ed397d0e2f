// Package passkeytest is a device that keeps passkeys, for tests: a right one
// until it is told to do wrong.
package passkeytest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"slices"
	"testing"

	"hiwar/internal/access"
)

// Device is a telephone or a key. What it says of the world are fields, so that
// a test can have it lie.
type Device struct {
	Site   string // for which it makes and uses passkeys
	Origin string // of the page that asks it
	// Unseen: it asks for no finger and no number. Counts: it counts uses. Shared:
	// what it keeps may be on other devices too.
	Unseen, Counts, Shared bool
	// Count is of the uses of all its keys.
	Count uint32

	t    *testing.T
	keys []key
}

type key struct {
	id, handle []byte
	private    *ecdsa.PrivateKey
}

// New is a device for a site, asked by a page of an origin.
func New(t *testing.T, site, origin string) *Device {
	return &Device{Site: site, Origin: origin, t: t}
}

// Make makes a passkey of an offer.
func (d *Device) Make(offer access.PasskeyOffer, name string) access.NewPasskey {
	d.t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		d.t.Fatal(err)
	}
	public, err := private.PublicKey.Bytes() // 4, x and y
	if err != nil {
		d.t.Fatal(err)
	}
	k := key{id: []byte(rand.Text()), handle: d.bytes(offer.Handle), private: private}
	d.keys = append(d.keys, k)
	const attested = 0x40
	data := d.data(attested)
	data = append(data, make([]byte, 16)...) // what kind of device it is, it does not say
	data = binary.BigEndian.AppendUint16(data, uint16(len(k.id)))
	data = append(data, k.id...)
	data = append(data, "\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20"...) // CBOR: an EC2 key for ES256 on P-256
	data = append(data, public[1:33]...)
	data = append(data, "\x22\x58\x20"...)
	data = append(data, public[33:]...)
	object := []byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58")
	return access.NewPasskey{
		Name: name, Credential: text(k.id), ClientData: text(d.clientData("webauthn.create", offer.Challenge)),
		Attestation: text(append(append(object, byte(len(data))), data...)),
	}
}

// Sign answers a request with the passkey that it names, else with the newest.
func (d *Device) Sign(r access.PasskeyRequest) access.PasskeyAnswer {
	d.t.Helper()
	at := len(d.keys) - 1
	for i, k := range d.keys {
		if slices.Contains(r.Credentials, text(k.id)) {
			at = i
		}
	}
	k := d.keys[at]
	if d.Counts {
		d.Count++
	}
	data, client := d.data(0), d.clientData("webauthn.get", r.Challenge)
	sum := sha256.Sum256(client)
	sum = sha256.Sum256(append(slices.Clone(data), sum[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, k.private, sum[:])
	if err != nil {
		d.t.Fatal(err)
	}
	return access.PasskeyAnswer{
		Credential: text(k.id), ClientData: text(client), AuthenticatorData: text(data), Signature: text(signature), Handle: text(k.handle),
	}
}

// data is what the device says of itself.
func (d *Device) data(flags byte) []byte {
	const present, verified, sharable = 0x01, 0x04, 0x08
	flags |= present
	if !d.Unseen {
		flags |= verified
	}
	if d.Shared {
		flags |= sharable
	}
	site := sha256.Sum256([]byte(d.Site))
	return binary.BigEndian.AppendUint32(append(site[:], flags), d.Count)
}

// clientData is what the browser says of the page.
func (d *Device) clientData(what, challenge string) []byte {
	d.t.Helper()
	out, err := json.Marshal(map[string]any{"type": what, "challenge": challenge, "origin": d.Origin, "crossOrigin": false})
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

func (d *Device) bytes(s string) []byte {
	d.t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		d.t.Fatal(err)
	}
	return b
}

func text(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
