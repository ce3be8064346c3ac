// Builds many directories in one process, as `kustomize build` does with its defaults.
// Reads absolute paths, one a line; prints one JSON line each: {"path", "ok", "yaml"} or {"path", "ok", "error"}.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

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
	openapi.ResetOpenAPI()
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
	for in.Scan() {
		if err := out.Encode(build(in.Text())); err != nil {
			panic(err)
		}
	}
}
