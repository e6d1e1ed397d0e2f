package config

import (
	"cmp"
	"crypto/sha256"
	"strings"

	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/wire"
)

// Format is the first line of every file: which sort of file it is, and which
// version of it.
const Format = "hiwar-configuration-1"

// File is a configuration as it stands in a file.
type File struct {
	Format string `json:"format"`
	// Version is that of the configuration the file was made from: putting it on
	// another one is refused. 0 is for whichever is in force.
	Version int `json:"version,omitempty"`
	// Organization has no name where the file says nothing of it.
	Organization org.Organization `json:"organization"`
	Skills       []org.Skill      `json:"skills,omitempty"`
	Teams        []org.Team       `json:"teams,omitempty"`
	Roles        []org.OwnRole    `json:"roles,omitempty"`
	Users        []org.User       `json:"users,omitempty"`
	Profiles     []org.Profile    `json:"profiles,omitempty"`
	Reasons      []org.Reason     `json:"reasons,omitempty"`
	Queues       []org.Queue      `json:"queues,omitempty"`
	Assets       []org.Asset      `json:"assets,omitempty"`
	Templates    []org.Template   `json:"templates,omitempty"`
	Hours        []org.Hours      `json:"hours,omitempty"`
	Providers    []org.Provider   `json:"providers,omitempty"`
}

// Write makes the file of a whole configuration, to be changed and put on it
// again.
func Write(c org.Config) []byte { return wire.WriteFile(of(c, c.Version)) }

// WriteToKeep makes the file without its version: to be kept, compared, and put
// on any other configuration. What is put on one that has nothing gives the
// same file again.
func WriteToKeep(c org.Config) []byte { return wire.WriteFile(of(c, 0)) }

// of is the file of c. Whose it is, is not in it: a file belongs to whichever
// organization it is put on.
func of(c org.Config, version int) File {
	o := c.Organization
	o.ID = ""
	return File{
		Format: Format, Version: version, Organization: o,
		Skills: c.Skills, Teams: c.Teams, Roles: c.Roles, Users: c.Users, Profiles: c.Profiles, Reasons: c.Reasons, Queues: c.Queues, Assets: c.Assets, Templates: c.Templates, Hours: c.Hours,
		Providers: c.Providers,
	}
}

// Read takes a file apart and gives the words in it that stand for identifiers
// theirs in the organization. A problem names the field by its path, as in
// "queues.3.rona".
func Read(data []byte, o id.Org) (File, error) {
	f := File{Organization: org.Organization{Settings: org.Defaults()}}
	if err := wire.ReadFile(data, &f); err != nil {
		return f, err
	}
	if f.Format != Format {
		return f, problem.New(problem.FileFormat, "expected", Format)
	}
	seen := map[string]bool{}
	err := visit(&f, func(r reference) error {
		word := r.id()
		r.set(mint(o, r.prefix, word))
		if r.names && seen[r.id()] {
			return problem.New(problem.DuplicateID, "field", r.path, "id", word)
		}
		seen[r.id()] = seen[r.id()] || r.names
		return nil
	})
	f.complete()
	return f, err
}

// complete gives what the file leaves out and nothing can be without its
// default.
func (f *File) complete() {
	for i := range f.Queues {
		q := &f.Queues[i]
		q.Priority = cmp.Or(q.Priority, 5)
		q.OnUnanswered = cmp.Or(q.OnUnanswered, org.Requeue)
	}
	for i := range f.Assets {
		a := &f.Assets[i]
		if len(a.Languages) == 0 {
			a.Languages = []string{"ar", "en"}
		}
		a.Language = cmp.Or(a.Language, a.Languages[0])
		a.Color = cmp.Or(a.Color, "#1160b7")
		a.Key = cmp.Or(a.Key, strings.TrimPrefix(string(a.ID), id.PrefixAsset+"_"))
	}
}

// Of is the identifier that is meant by a word of a file, or by itself.
func Of[T ~string](o id.Org, prefix string, word T) T { return T(mint(o, prefix, string(word))) }

// isBuiltIn reports whether a word is that of something that nobody made.
func isBuiltIn(prefix, word string) bool {
	switch prefix {
	case id.PrefixReason:
		return word == string(org.ReasonDeclined)
	case id.PrefixRole:
		return org.Role(word).BuiltIn()
	}
	return false
}

// mint gives a word its identifier; one that is an identifier stays.
func mint(o id.Org, prefix, word string) string {
	if word == "" || id.Valid(prefix, word) || isBuiltIn(prefix, word) {
		return word
	}
	return Named[string](o, prefix, word)
}

// Named is the identifier that a word of a file stands for in an organization.
func Named[T ~string](o id.Org, prefix, word string) T {
	sum := sha256.Sum256([]byte(string(o) + "/" + prefix + "/" + word))
	return id.Mint[T](prefix, [16]byte(sum[:16]))
}
