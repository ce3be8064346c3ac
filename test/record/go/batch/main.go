// Builds many directories in one process, as `kustomize build` does with its defaults.
// Reads absolute paths, one a line; prints one JSON line each: {"path", "ok", "yaml"} or {"path", "ok", "error"}.
// A path behind an exclamation mark is one whose tree may set a schema: only then is the builtin one, which takes
// longer to read than most trees to build, forgotten before and after.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/kustomize/kyaml/openapi"
)

type answer struct {
	Path  string `json:"path"`
	OK    bool   `json:"ok"`
	YAML  string `json:"yaml,omitempty"`
	Error string `json:"error,omitempty"`
}

func build(path string) (result answer) {
	defer func() {
		if crash := recover(); crash != nil {
			result = answer{Path: path, Error: fmt.Sprintf("panic: %v", crash)}
		}
	}()
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionUnspecified
	resources, err := krusty.MakeKustomizer(options).Run(filesys.MakeFsOnDisk(), path)
	if err != nil {
		return answer{Path: path, Error: err.Error()}
	}
	text, err := resources.AsYaml()
	if err != nil {
		return answer{Path: path, Error: err.Error()}
	}
	return answer{Path: path, OK: true, YAML: string(text)}
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	debug.SetGCPercent(800)
	for in.Scan() {
		path, setsSchema := strings.CutPrefix(in.Text(), "!")
		if setsSchema {
			openapi.ResetOpenAPI()
		}
		if err := out.Encode(build(path)); err != nil {
			panic(err)
		}
		if setsSchema {
			openapi.ResetOpenAPI()
		}
	}
}
