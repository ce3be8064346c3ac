// Prints the strategic merge table of kyaml's builtin OpenAPI as compact JSON:
// {"kinds": {"apps/v1 Deployment": type}, "names": {"io.k8s…": type}, "types": [{"field": type | [type, key…]}]}
// A number is a map of that type; a list `[type, key…]` is a list that merges by those keys
// (type -1: no element type; no key: a set of primitives). What can reach no merging list is left out.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"

	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/kustomize/kyaml/openapi"
)

const prefix = "#/definitions/"

type table struct {
	definitions spec.Definitions
	useful      map[string]bool
	numbers     map[string]int
	types       []map[string]any
}

func refOf(s *spec.Schema) string {
	if s == nil {
		return ""
	}
	return strings.TrimPrefix(s.Ref.String(), prefix)
}

func merges(s *spec.Schema) bool {
	strategy, _ := s.Extensions["x-kubernetes-patch-strategy"].(string)
	for _, one := range strings.Split(strategy, ",") {
		if one == "merge" {
			return true
		}
	}
	return false
}

func elementRef(s *spec.Schema) string {
	if s.Items == nil {
		return ""
	}
	return refOf(s.Items.Schema)
}

func keysOf(s *spec.Schema) []string {
	if list, ok := s.Extensions["x-kubernetes-list-map-keys"].([]any); ok {
		keys := []string{}
		for _, key := range list {
			keys = append(keys, key.(string))
		}
		return keys
	}
	if key, ok := s.Extensions["x-kubernetes-patch-merge-key"].(string); ok {
		return []string{key}
	}
	return nil
}

// mark finds, to a fixed point, the definitions from which a merging list can be reached.
func (t *table) mark() {
	for changed := true; changed; {
		changed = false
		for name, d := range t.definitions {
			if t.useful[name] {
				continue
			}
			for _, property := range d.Properties {
				if merges(&property) || t.useful[refOf(&property)] {
					t.useful[name], changed = true, true
					break
				}
			}
			if d.AdditionalProperties != nil && t.useful[refOf(d.AdditionalProperties.Schema)] {
				panic("a map of mergeable values: the table cannot say that: " + name)
			}
		}
	}
}

func (t *table) number(name string) int {
	if !t.useful[name] {
		return -1
	}
	if n, ok := t.numbers[name]; ok {
		return n
	}
	n := len(t.types)
	t.numbers[name] = n
	fields := map[string]any{}
	t.types = append(t.types, fields)
	properties := t.definitions[name].Properties
	names := make([]string, 0, len(properties))
	for field := range properties {
		names = append(names, field)
	}
	sort.Strings(names)
	for _, field := range names {
		property := properties[field]
		if ap := property.AdditionalProperties; ap != nil && t.useful[refOf(ap.Schema)] {
			panic("a map of mergeable values: the table cannot say that: " + name)
		}
		if merges(&property) {
			entry := []any{t.number(elementRef(&property))}
			for _, key := range keysOf(&property) {
				entry = append(entry, key)
			}
			fields[field] = entry
		} else if target := refOf(&property); t.useful[target] {
			fields[field] = t.number(target)
		}
	}
	return n
}

func main() {
	t := &table{openapi.Schema().Definitions, map[string]bool{}, map[string]int{}, nil}
	t.mark()
	kinds := map[string]int{}
	names := make([]string, 0, len(t.definitions))
	for name := range t.definitions {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		gvks, _ := t.definitions[name].Extensions["x-kubernetes-group-version-kind"].([]any)
		for _, one := range gvks {
			gvk := one.(map[string]any)
			version := gvk["version"].(string)
			if group, _ := gvk["group"].(string); group != "" {
				version = group + "/" + version
			}
			if t.useful[name] {
				kinds[fmt.Sprintf("%s %s", version, gvk["kind"])] = t.number(name)
			}
		}
	}
	answer := map[string]any{"kinds": kinds, "names": t.numbers, "types": t.types}
	if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
		panic(err)
	}
}
