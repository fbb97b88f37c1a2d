package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// line is the order of the rooms: a room imports only itself and those before it.
var line = []string{"feeds", "store", "bot", "cmd"}

// floors order the packages within the rooms whose inner order carries a rule:
// a package may not import one that stands after it in its list.
var floors = [][]string{
	{"feeds/statement", "feeds/article", "feeds/reading", "feeds"},
	{"feeds/extract/sentence", "feeds/extract/quote", "feeds/extract/speech", "feeds/extract", "feeds"},
	{"store/kv", "store/kv/bolt", "store"},
	{"store/claim", "store"},
	{"bot/message", "bot/chat", "bot/compose", "bot/deliver", "bot"},
}

// pure packages compute and nothing else: no clock, no network, no store.
var pure = []string{"feeds/statement", "feeds/extract", "store/claim", "bot/message"}

// forbidden are the imports that would end purity.
var forbidden = []string{"net", "net/http", "os/exec", "log", "go.etcd.io/bbolt", "attribot/store/kv"}

func TestImportsPointLeft(t *testing.T) {
	for pkg, imports := range packages(t) {
		for _, imp := range imports {
			from, to := slices.Index(line, room(pkg)), slices.Index(line, room(imp))
			if to > from {
				t.Errorf("%s imports %s: %s stands before %s in the line", pkg, imp, room(pkg), room(imp))
			}
		}
	}
}

func TestFloorsWithinARoom(t *testing.T) {
	all := packages(t)
	for _, order := range floors {
		for i, pkg := range order {
			for _, above := range order[i+1:] {
				if slices.Contains(all[pkg], above) {
					t.Errorf("%s imports %s, which stands above it", pkg, above)
				}
			}
		}
	}
}

func TestPurePackagesReachNothingOutside(t *testing.T) {
	root := moduleRoot(t)
	for pkg := range packages(t) {
		if !slices.ContainsFunc(pure, func(p string) bool { return pkg == p || strings.HasPrefix(pkg, p+"/") }) {
			continue
		}
		for _, file := range goFiles(t, filepath.Join(root, pkg)) {
			if isProgram(t, file) {
				continue // a generator or a fitting program, no part of the bot
			}
			for _, imp := range importsOf(t, file) {
				if slices.Contains(forbidden, imp) {
					t.Errorf("%s imports %s, but %s is pure", file, imp, pkg)
				}
			}
		}
	}
}

func TestTheTopHoldsTheFourRoomsOnly(t *testing.T) {
	entries, err := os.ReadDir(moduleRoot(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !slices.Contains(line, e.Name()) {
			t.Errorf("folder %s stands at the top: only %s do", e.Name(), strings.Join(line, ", "))
		}
	}
}

// packages maps each package of the module (path below its root) to the module's
// packages that its files, tests left out, import.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	root := moduleRoot(t)
	all := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != root || d.Name() == "testdata" || nestedModule(root, path)) {
			return filepath.SkipDir
		}
		if d.IsDir() {
			pkg, _ := filepath.Rel(root, path)
			for _, file := range goFiles(t, path) {
				all[pkg] = append(all[pkg], ours(importsOf(t, file))...)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < len(line) {
		t.Fatalf("found %d packages below %s: looked in the wrong place", len(all), root)
	}
	return all
}

func nestedModule(root, path string) bool {
	_, err := os.Stat(filepath.Join(path, "go.mod"))
	return err == nil && path != root
}

func goFiles(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(files, func(f string) bool { return strings.HasSuffix(f, "_test.go") })
}

func importsOf(t *testing.T, file string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, imp := range f.Imports {
		path, _ := strconv.Unquote(imp.Path.Value)
		paths = append(paths, path)
	}
	return paths
}

func isProgram(t *testing.T, file string) bool {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly)
	if err != nil {
		t.Fatal(err)
	}
	return f.Name.Name == "main"
}

func ours(imports []string) []string {
	var own []string
	for _, imp := range imports {
		if rest, ok := strings.CutPrefix(imp, "attribot/"); ok {
			own = append(own, rest)
		}
	}
	return own
}

func room(pkg string) string {
	first, _, _ := strings.Cut(pkg, "/")
	return first
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if filepath.Dir(dir) == dir {
			t.Fatal("no go.mod above the test's folder")
		}
		dir = filepath.Dir(dir)
	}
}
