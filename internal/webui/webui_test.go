package webui

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

const script = "console.log('a page of Hiwar, long enough that compressing it pays off: a page of Hiwar, a page of Hiwar')"

func site() *Site {
	return New(fstest.MapFS{
		"desk/index.html":              {Data: []byte(`<!doctype html><html lang="en" dir="ltr"><head><title>x</title></head><body></body></html>`)},
		"desk/assets/main-BJ4x2kQz.js": {Data: []byte(script)},
		"desk/icon.svg":                {Data: []byte("<svg/>")},
		"widget/loader.js":             {Data: []byte(script)},
	})
}

func get(t *testing.T, h http.Handler, path string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func TestAssetsWithAHashAreKeptForAYear(t *testing.T) {
	assets := site().Assets()
	for path, want := range map[string]string{
		"/app/desk/assets/main-BJ4x2kQz.js": "public, max-age=31536000, immutable",
		"/app/desk/icon.svg":                "no-cache",
	} {
		if got := get(t, assets, path).Header.Get("Cache-Control"); got != want {
			t.Errorf("%s is kept %q, want %q", path, got, want)
		}
	}
}

func TestAssetsAreOnlyWhatWasBuilt(t *testing.T) {
	assets := site().Assets()
	for _, path := range []string{"/app/desk/index.html", "/app/", "/app/desk", "/app/../webui.go", "/app/desk/none.js"} {
		if got := get(t, assets, path).StatusCode; got != http.StatusNotFound {
			t.Errorf("%s answers %d, want 404", path, got)
		}
	}
}

func TestAFileIsSentCompressedToWhoUnderstandsIt(t *testing.T) {
	for accepts, wantEncoding := range map[string]string{"gzip, br": "gzip", "": ""} {
		res := get(t, site().Loader(), "/hiwar.js", "Accept-Encoding", accepts)
		if got := res.Header.Get("Content-Encoding"); got != wantEncoding {
			t.Fatalf("for Accept-Encoding %q the encoding is %q, want %q", accepts, got, wantEncoding)
		}
		var body io.Reader = res.Body
		if wantEncoding == "gzip" {
			z, err := gzip.NewReader(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			body = z
		}
		if got, err := io.ReadAll(body); err != nil || string(got) != script {
			t.Errorf("body %q, %v", got, err)
		}
	}
}

// The build writes Brotli beside what it made; the sample is only a stand-in.
func TestBrotliFromTheBuildIsPreferred(t *testing.T) {
	built := New(fstest.MapFS{
		"widget/loader.js":    {Data: []byte(script)},
		"widget/loader.js.br": {Data: []byte("smaller")},
	})
	for accepts, want := range map[string][2]string{"gzip, deflate, br": {"br", "smaller"}, "": {"", script}} {
		res := get(t, built.Loader(), "/hiwar.js", "Accept-Encoding", accepts)
		body, err := io.ReadAll(res.Body)
		if got := [2]string{res.Header.Get("Content-Encoding"), string(body)}; got != want || err != nil {
			t.Errorf("for Accept-Encoding %q: %q, want %q (%v)", accepts, got, want, err)
		}
		if got := res.Header.Get("Content-Type"); !strings.Contains(got, "javascript") {
			t.Errorf("the type is %q, not a script", got)
		}
	}
}

func TestWhoHasTheFileIsNotSentItAgain(t *testing.T) {
	etag := get(t, site().Loader(), "/hiwar.js").Header.Get("ETag")
	if got := get(t, site().Loader(), "/hiwar.js", "If-None-Match", etag).StatusCode; got != http.StatusNotModified {
		t.Errorf("status %d, want 304", got)
	}
}

func TestAnySiteMayLoadTheModuleAndItsTypes(t *testing.T) {
	built := New(fstest.MapFS{"widget/hiwar.mjs": {Data: []byte(script)}, "widget/hiwar.d.ts": {Data: []byte("export {};")}})
	for want, h := range map[string]http.Handler{"text/javascript; charset=utf-8": built.Module(), "text/plain; charset=utf-8": built.Types()} {
		res := get(t, h, "/", "Origin", "https://shop.example")
		if got := res.Header.Get("Content-Type"); res.StatusCode != http.StatusOK || got != want {
			t.Errorf("%d of type %q, want 200 of %q", res.StatusCode, got, want)
		}
		if got := res.Header.Get("Access-Control-Allow-Origin"); got != "*" {
			t.Errorf("%s: a page of another origin may not load it: %q", want, got)
		}
	}
}

func page(p Page) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { site().Serve(w, r, p) })
}

func TestAPageIsInTheReadersLanguageBeforeTheFirstPaint(t *testing.T) {
	res := get(t, page(Page{File: "desk/index.html", Lang: "ar"}), "/desk")
	body, _ := io.ReadAll(res.Body)
	if !strings.Contains(string(body), `<html lang="ar" dir="rtl">`) {
		t.Errorf("the page begins %q", body)
	}
}

func TestAPageRunsItsOwnScriptsOnlyAndIsFramedByThoseNamed(t *testing.T) {
	alone := get(t, page(Page{File: "desk/index.html", Lang: "en"}), "/desk").Header.Get("Content-Security-Policy")
	framed := get(t, page(Page{File: "desk/index.html", Lang: "en", Ancestors: []string{"https://shop.example"}}), "/desk").Header.Get("Content-Security-Policy")
	if !strings.Contains(alone, "frame-ancestors 'none'") {
		t.Errorf("anybody may frame it: %s", alone)
	}
	if !strings.Contains(framed, "frame-ancestors https://shop.example;") {
		t.Errorf("its site may not frame it: %s", framed)
	}
	for _, unsafe := range []string{"unsafe-inline", "unsafe-eval", "*"} {
		if strings.Contains(alone, unsafe) {
			t.Errorf("the policy has %s: %s", unsafe, alone)
		}
	}
}

func TestABinaryWithoutPagesSaysHowToBuildThem(t *testing.T) {
	empty := New(fstest.MapFS{})
	w := httptest.NewRecorder()
	empty.Serve(w, httptest.NewRequest(http.MethodGet, "/desk", nil), Page{File: "desk/index.html", Lang: "en"})
	if empty.Built() || w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "./dev build") {
		t.Errorf("Built %v, status %d, %s", empty.Built(), w.Code, w.Body)
	}
}

// Row 61 of the bad inputs: pieces of a file are not given, so a thousand of
// them are no more than the file.
func TestAThousandRangesAreOneFile(t *testing.T) {
	res := get(t, site().Loader(), "/hiwar.js", "Range", "bytes=0-"+strings.Repeat(",0-", 1000))
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK || string(body) != script {
		t.Errorf("%d with %d bytes of a file of %d: %v", res.StatusCode, len(body), len(script), err)
	}
}
