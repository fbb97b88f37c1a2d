package slack

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	api "github.com/slack-go/slack"
)

var update = flag.Bool("update", false, "write manifest.yaml anew")

func TestManifestFileIsTheDefault(t *testing.T) {
	if *update {
		if err := os.WriteFile("manifest.yaml", []byte(Manifest("", "")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.ReadFile("manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Manifest("", ""), string(file)); diff != "" {
		t.Errorf("manifest.yaml is old, write it with -update:\n%s", diff)
	}
}

func TestManifestReadsAsSlacksOwn(t *testing.T) {
	m := readManifest(t, Manifest("", ""))
	if m.Metadata.MajorVersion != 2 || m.Display.Name == "" || m.Features.BotUser.DisplayName == "" {
		t.Errorf("manifest lacks its beginning: %+v", m)
	}
	if c := m.Features.SlashCommands; len(c) != 1 || c[0].Command != "/attribution" || c[0].Url != "" || c[0].Description == "" {
		t.Errorf("commands %+v", c)
	}
	if !m.Settings.SocketModeEnabled || m.Settings.Interactivity == nil || !m.Settings.Interactivity.IsEnabled {
		t.Errorf("settings %+v, want Socket Mode with interactivity", m.Settings)
	}
	if n := len(m.Display.Description); n > 140 {
		t.Errorf("description has %d characters, Slack takes 140", n)
	}
}

func TestManifestForHTTP(t *testing.T) {
	const url = "https://bot.example.org/slack"
	m := readManifest(t, Manifest("claims", url))
	if m.Settings.SocketModeEnabled || m.Settings.Interactivity.RequestUrl != url {
		t.Errorf("settings %+v, want HTTP at %s", m.Settings, url)
	}
	if c := m.Features.SlashCommands; c[0].Command != "/claims" || c[0].Url != url {
		t.Errorf("commands %+v", c)
	}
}

// TestManifestNamesEveryScopeUsed compares the manifest with the methods of
// Slack's that the source calls: no scope is missing and none is idle.
func TestManifestNamesEveryScopeUsed(t *testing.T) {
	want := []string{"commands"}
	for _, method := range methodsCalled(t) {
		endpoint, ok := endpoints[method]
		if !ok {
			t.Errorf("the source calls %s, whose scopes this test does not know", method)
		}
		for _, e := range endpoint {
			want = append(want, needs[e]...)
		}
	}
	slices.Sort(want)
	got := slices.Sorted(slices.Values(readManifest(t, Manifest("", "")).OAuthConfig.Scopes.Bot))
	if diff := cmp.Diff(slices.Compact(want), got); diff != "" {
		t.Errorf("scopes (-used +manifest):\n%s", diff)
	}
}

// endpoints are the web methods behind the library's.
var endpoints = map[string][]string{
	"AuthTestContext":               {"auth.test"},
	"PostMessageContext":            {"chat.postMessage"},
	"PostEphemeralContext":          {"chat.postEphemeral"},
	"UpdateMessageContext":          {"chat.update"},
	"GetConversationHistoryContext": {"conversations.history"},
	"GetConversationRepliesContext": {"conversations.replies"},
	"OpenConversationContext":       {"conversations.open"},
	"UploadFileContext":             {"files.getUploadURLExternal", "files.completeUploadExternal"},
}

// methodsCalled are the methods of the field api that the package's source
// calls.
func methodsCalled(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if method, ok := call.Fun.(*ast.SelectorExpr); ok {
				if field, ok := method.X.(*ast.SelectorExpr); ok && field.Sel.Name == "api" {
					out = append(out, method.Sel.Name)
				}
			}
			return true
		})
	}
	if len(out) == 0 {
		t.Fatal("the source calls nothing of Slack's")
	}
	return out
}

// readManifest reads a manifest into the library's type, which knows every key
// that Slack takes.
func readManifest(t *testing.T, text string) api.Manifest {
	t.Helper()
	y := yaml{t: t}
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			y.lines = append(y.lines, strings.TrimRight(line, "\n"))
		}
	}
	raw, err := json.Marshal(y.value(0))
	if err != nil {
		t.Fatal(err)
	}
	var m api.Manifest
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		t.Fatalf("manifest is not what Slack takes: %v in %s", err, raw)
	}
	return m
}

// yaml reads the part of YAML that the manifest uses: mappings and sequences by
// indentation, scalars bare or in double quotes, comments after " #".
type yaml struct {
	t     *testing.T
	lines []string
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

func (y *yaml) value(indent int) any {
	if strings.HasPrefix(strings.TrimSpace(y.lines[0]), "- ") {
		return y.sequence(indent)
	}
	return y.mapping(indent)
}

func (y *yaml) sequence(indent int) []any {
	var out []any
	for len(y.lines) > 0 && indentOf(y.lines[0]) == indent && strings.HasPrefix(y.lines[0][indent:], "- ") {
		item := y.lines[0][indent+2:]
		if key, _, found := strings.Cut(item, ": "); found && !strings.ContainsAny(key, `"#`) {
			y.lines[0] = strings.Repeat(" ", indent+2) + item
			out = append(out, y.mapping(indent+2))
			continue
		}
		out = append(out, y.scalar(item))
		y.lines = y.lines[1:]
	}
	return out
}

func (y *yaml) mapping(indent int) map[string]any {
	out := map[string]any{}
	for len(y.lines) > 0 && indentOf(y.lines[0]) == indent && !strings.HasPrefix(y.lines[0][indent:], "- ") {
		key, rest, found := strings.Cut(y.lines[0][indent:], ":")
		if _, twice := out[key]; !found || twice {
			y.t.Fatalf("manifest line %q is no key, or a key that stands twice", y.lines[0])
		}
		y.lines = y.lines[1:]
		if rest = strings.TrimSpace(rest); rest != "" {
			out[key] = y.scalar(rest)
			continue
		}
		if len(y.lines) == 0 || indentOf(y.lines[0]) <= indent {
			y.t.Fatalf("manifest key %q has no value", key)
		}
		out[key] = y.value(indentOf(y.lines[0]))
	}
	return out
}

func (y *yaml) scalar(s string) any {
	if strings.HasPrefix(s, `"`) {
		v, err := strconv.Unquote(s)
		if err != nil {
			y.t.Fatalf("manifest value %s: %v", s, err)
		}
		return v
	}
	s, _, _ = strings.Cut(s, " #")
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	if b, err := strconv.ParseBool(s); err == nil {
		return b
	}
	return s
}
