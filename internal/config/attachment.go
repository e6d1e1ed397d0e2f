package config

import (
	"hiwar/internal/org"
)

func checkAttachments(c org.Config) error {
	kinds := make([]string, len(org.FileKinds))
	for i, k := range org.FileKinds {
		kinds[i] = string(k)
	}
	return each("assets", c.Assets, func(p string, a org.Asset) error {
		p += ".attachments"
		return first(
			oneOf(p+".allowed", string(a.Files.Allowed), string(org.Inherit), string(org.On), string(org.Off)),
			each(p+".kinds", a.Files.Kinds, func(p string, k org.FileKind) error { return oneOf(p, string(k), kinds...) }),
			within(p+".max_bytes", int(a.Files.MaxBytes), 0, org.MostFileBytes),
			within(p+".max_files", a.Files.MaxFiles, 0, org.MostFiles),
		)
	})
}
