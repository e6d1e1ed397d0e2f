package config

import (
	"net/netip"
	"net/url"
	"regexp"
	"strings"

	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// longestClient is how long a client's name, a claim or a value may be.
const longestClient = 256

// token is a scope as it is asked for.
var token = regexp.MustCompile(`^[!#-\[\]-~]{1,100}$`)

// checkProviders wants providers to be somewhere that can be asked safely, and
// rules to give something.
func checkProviders(c org.Config) error {
	return first(
		within("providers", len(c.Providers), 0, org.MostProviders),
		each("providers", c.Providers, func(p string, x org.Provider) error {
			return first(
				issuer(p+".issuer", x.Issuer),
				short(p+".client_id", x.ClientID),
				within(p+".scopes", len(x.Scopes), 0, org.MostScopes),
				each(p+".scopes", x.Scopes, func(p, scope string) error { return unless(!token.MatchString(scope), invalid(p)) }),
				within(p+".rules", len(x.Rules), 0, org.MostProviderRules),
				each(p+".rules", x.Rules, rule),
				unless(x.Create && len(x.Rules) == 0, problem.New(problem.SettingInvalid, "field", p+".rules", "reason", "no_rules")),
			)
		}),
	)
}

func rule(path string, r org.ProviderRule) error {
	return first(
		short(path+".claim", r.Claim), short(path+".value", r.Value),
		unless(len(r.Roles)+len(r.Teams) == 0, problem.New(problem.SettingInvalid, "field", path+".roles", "reason", "nothing")),
	)
}

// short wants a few characters, and no control characters.
func short(path, s string) error {
	odd := strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f })
	return unless(s == "" || len(s) > longestClient || odd || strings.TrimSpace(s) != s, invalid(path))
}

// issuer wants the address of a provider: nothing but scheme, host and path,
// over TLS unless it is this very machine's.
func issuer(path, s string) error {
	u, err := url.Parse(s)
	bad := err != nil || len(s) > longestClient || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.ContainsAny(s, "?# ")
	if bad || u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return problem.New(problem.SettingInvalid, "field", path, "reason", "issuer")
	}
	return nil
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
