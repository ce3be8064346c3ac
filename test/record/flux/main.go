// The referee for Flux: answers questions, one JSON object a line, with the modules that Flux 2.9.4 is made of.
package main

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/fluxcd/pkg/envsubst"
	"github.com/fluxcd/pkg/kustomize"
	"github.com/fluxcd/pkg/sourceignore"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

type question struct {
	Op            string            `json:"op"`
	Text          string            `json:"text"`
	Vars          map[string]string `json:"vars"`
	Strict        bool              `json:"strict"`
	Always        bool              `json:"always"`
	Ignore        *string           `json:"ignore"`
	Files         map[string]string `json:"files"`
	Path          string            `json:"path"`
	Kustomization map[string]any    `json:"kustomization"`
}

type answer struct {
	// Base64: what comes out need not be UTF-8.
	Text      string   `json:"text,omitempty"`
	Kept      []string `json:"kept,omitempty"`
	Manifest  string   `json:"manifest,omitempty"`
	Action    string   `json:"action,omitempty"`
	Resources []string `json:"resources,omitempty"`
	Stage     string   `json:"stage,omitempty"`
	Error     string   `json:"error,omitempty"`
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	decoder := json.NewDecoder(in)
	encoder := json.NewEncoder(out)
	for decoder.More() {
		var q question
		if err := decoder.Decode(&q); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		if err := encoder.Encode(reply(q)); err != nil {
			os.Exit(1)
		}
	}
}

func reply(q question) (a answer) {
	defer func() {
		if r := recover(); r != nil {
			a = answer{Stage: "panic", Error: fmt.Sprint(r)}
		}
	}()
	switch q.Op {
	case "expand":
		return expand(q)
	case "ignore":
		return inFolder(q, ignore)
	case "build":
		return inFolder(q, build)
	}
	return answer{Error: "unknown op " + q.Op}
}

func expand(q question) answer {
	text, err := envsubst.Eval(q.Text, func(name string) (string, bool) {
		value, ok := q.Vars[name]
		return value, ok || !q.Strict
	})
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Text: base64.StdEncoding.EncodeToString([]byte(text))}
}

// inFolder lays the files out on disk; a content `->target` is a link.
func inFolder(q question, run func(question, string) answer) answer {
	dir, err := os.MkdirTemp("", "referee-")
	if err != nil {
		return answer{Stage: "setup", Error: err.Error()}
	}
	defer os.RemoveAll(dir)
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return answer{Stage: "setup", Error: err.Error()}
	}
	for name, content := range q.Files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return answer{Stage: "setup", Error: err.Error()}
		}
		if target, ok := strings.CutPrefix(content, "->"); ok {
			err = os.Symlink(target, path)
		} else {
			err = os.WriteFile(path, []byte(content), 0o600)
		}
		if err != nil {
			return answer{Stage: "setup", Error: err.Error()}
		}
	}
	a := run(q, dir)
	a.Error = strings.ReplaceAll(a.Error, dir, "/root")
	return a
}

// ignore lists what source-controller would put into the artifact (storage.SourceIgnoreFilter over a walk).
func ignore(q question, dir string) answer {
	domain := strings.Split(dir, string(filepath.Separator))
	ps, err := sourceignore.LoadIgnorePatterns(dir, domain)
	if err != nil {
		return answer{Error: err.Error()}
	}
	if q.Ignore != nil {
		ps = append(ps, sourceignore.ReadPatterns(strings.NewReader(*q.Ignore), domain)...)
	}
	matcher := sourceignore.NewDefaultMatcher(ps, domain)
	if len(ps) > 0 {
		matcher = sourceignore.NewMatcher(append(sourceignore.VCSPatterns(domain), ps...))
	}
	kept := []string{}
	err = filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		mode := info.Mode()
		if !mode.IsRegular() && !mode.IsDir() {
			return nil
		}
		if matcher.Match(strings.Split(path, string(filepath.Separator)), info.IsDir()) {
			return nil
		}
		if rel, _ := filepath.Rel(dir, path); rel != "." {
			if mode.IsDir() {
				rel += "/"
			}
			kept = append(kept, rel)
		}
		return nil
	})
	if err != nil {
		return answer{Error: err.Error()}
	}
	sort.Strings(kept)
	return answer{Kept: kept}
}

// build does what kustomize-controller does between the artifact and the apply, decryption left out.
func build(q question, root string) answer {
	dir := filepath.Join(root, q.Path)
	ks := unstructured.Unstructured{Object: q.Kustomization}
	action, err := kustomize.NewGenerator(root, ks).WriteFile(dir)
	a := answer{Action: string(action)}
	if err != nil {
		a.Stage, a.Error = "generate", err.Error()
		return a
	}
	for _, name := range []string{"kustomization.yaml", "kustomization.yml", "Kustomization"} {
		if data, err := os.ReadFile(filepath.Join(dir, name)); err == nil {
			a.Manifest = string(data)
			break
		}
	}
	resources, err := kustomize.SecureBuild(root, dir, false)
	if err != nil {
		a.Stage, a.Error = "build", err.Error()
		return a
	}
	for _, res := range resources.Resources() {
		if _, ok := q.Kustomization["spec"].(map[string]any)["postBuild"]; ok {
			outcome, err := kustomize.SubstituteVariables(context.Background(), nil, ks, res,
				kustomize.SubstituteWithStrict(q.Strict), kustomize.SubstituteWithAlways(q.Always))
			if err != nil {
				a.Stage, a.Error = "substitute", err.Error()
				return a
			}
			if outcome != nil {
				if _, err := resources.Replace(res); err != nil {
					a.Stage, a.Error = "replace", err.Error()
					return a
				}
			}
		}
	}
	for _, res := range resources.Resources() {
		data, err := res.AsYAML()
		if err != nil {
			a.Stage, a.Error = "print", err.Error()
			return a
		}
		a.Resources = append(a.Resources, string(data))
	}
	return a
}
