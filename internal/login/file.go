package login

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/problem"
)

// fileLife is how long an address of a file is good: long enough for a page to
// show it, too short to be worth passing on.
const fileLife = 5 * time.Minute

// fileLink is an address of one file for one reader. Images on a page cannot
// show a visitor token, and files may be on an origin that no cookie goes to.
type fileLink struct {
	File    access.File `json:"f"`
	Expires int64       `json:"e"` // Unix seconds
}

// FileLink makes the part of an address that lets its holder read one file for
// five minutes, for as long as the actor may read it.
func (s *Service) FileLink(f access.File) (token string, expires time.Time) {
	expires = s.now().Add(fileLife).UTC().Truncate(time.Second)
	payload, err := json.Marshal(fileLink{f, expires.Unix()})
	if err != nil {
		panic(err) // a struct of strings and a number
	}
	text := base64.RawURLEncoding.EncodeToString(payload)
	return text + "." + s.sign("file\x00"+text), expires
}

// LinkedFile is what a link opens; [problem.FileNotFound] if it is not one of
// ours, or too old.
func (s *Service) LinkedFile(token string) (access.File, error) {
	missing := problem.New(problem.FileNotFound)
	text, mac, ok := strings.Cut(token, ".")
	if !ok || len(token) > 2048 || !hmac.Equal([]byte(mac), []byte(s.sign("file\x00"+text))) {
		return access.File{}, missing
	}
	payload, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return access.File{}, missing
	}
	var l fileLink
	if err := json.Unmarshal(payload, &l); err != nil || s.now().Unix() >= l.Expires {
		return access.File{}, missing
	}
	return l.File, nil
}
