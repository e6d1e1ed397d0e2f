package oidc

import (
	"strconv"
	"strings"

	library "github.com/coreos/go-oidc/v3/oidc"

	"hiwar/internal/access"
)

// Bounds of what is looked at of a token.
const (
	deepest    = 4
	mostValues = 2000
)

// identified is what a token says that was checked. An address that the
// provider has not verified is none: anybody could have written it.
func identified(token *library.IDToken) (access.Identified, error) {
	var all map[string]any
	if err := token.Claims(&all); err != nil {
		return access.Identified{}, refuse("token", err)
	}
	c := collector{claims: map[string][]string{}}
	for name, value := range all {
		c.add(name, value, 0)
	}
	who := access.Identified{Issuer: token.Issuer, Subject: token.Subject, Name: c.first("name"), Language: c.first("locale"), Claims: c.claims}
	if c.first("email_verified") == "true" {
		who.Email = c.first("email")
	}
	return who, nil
}

// collector writes claims as lists of texts, those within others under
// "realm_access.roles".
type collector struct {
	claims map[string][]string
	n      int
}

func (c *collector) first(name string) string {
	if len(c.claims[name]) == 0 {
		return ""
	}
	return strings.TrimSpace(c.claims[name][0])
}

func (c *collector) add(name string, value any, depth int) {
	switch v := value.(type) {
	case string:
		c.keep(name, v)
	case bool:
		c.keep(name, strconv.FormatBool(v))
	case float64:
		c.keep(name, strconv.FormatFloat(v, 'f', -1, 64))
	case []any:
		for _, one := range v {
			if _, list := one.([]any); !list {
				c.add(name, one, depth)
			}
		}
	case map[string]any:
		if depth == deepest {
			return
		}
		for inner, one := range v {
			c.add(name+"."+inner, one, depth+1)
		}
	}
}

func (c *collector) keep(name, value string) {
	if c.n++; c.n <= mostValues {
		c.claims[name] = append(c.claims[name], value)
	}
}
