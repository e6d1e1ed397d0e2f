package login

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// embedLife is how long an embed token starts a conversation.
const embedLife = 5 * time.Minute

// embed says that the loader ran in a page of an allowed origin. The widget's
// frame cannot know that by itself: its own origin is ours.
type embed struct {
	Org     id.Org   `json:"g"` // two organizations may name an asset alike
	Asset   id.Asset `json:"a"`
	Origin  string   `json:"o"`
	Expires int64    `json:"e"` // Unix seconds
	Nonce   string   `json:"n"` // no two are equal; visitor tokens are derived from them
}

// EmbedToken makes the token. The caller has compared the origin with the
// asset's.
func (s *Service) EmbedToken(o id.Org, asset id.Asset, origin string) string {
	payload, err := json.Marshal(embed{o, asset, origin, s.now().Add(embedLife).Unix(), rand.Text()})
	if err != nil {
		panic(err) // a struct of strings and a number
	}
	text := base64.RawURLEncoding.EncodeToString(payload)
	return text + "." + s.sign(text)
}

// CheckEmbed verifies a token and returns the origin it is for.
func (s *Service) CheckEmbed(token string, o id.Org, asset id.Asset) (origin string, err error) {
	e, ok := s.readEmbed(token)
	if !ok || e.Org != o || e.Asset != asset || s.now().Unix() >= e.Expires {
		return "", problem.New(problem.TokenInvalid)
	}
	return e.Origin, nil
}

func (s *Service) readEmbed(token string) (embed, bool) {
	var e embed
	text, mac, ok := strings.Cut(token, ".")
	if !ok || len(token) > 1024 || !hmac.Equal([]byte(mac), []byte(s.sign(text))) {
		return e, false
	}
	payload, err := base64.RawURLEncoding.DecodeString(text)
	return e, err == nil && json.Unmarshal(payload, &e) == nil
}

func (s *Service) sign(text string) string {
	mac := hmac.New(sha256.New, s.embedKey)
	mac.Write([]byte("embed\x00" + text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
