// Prints kustomize's field tables (`fields`) or the scopes of the kinds it knows (`scopes`) as JSON:
//
//	cd test/record/fields
//	go run . fields > ../../../src/kustomize/generated/fields.json
//	go run . scopes > ../../../src/kustomize/generated/scopes.json
//
// The module's name lets it read the tables, which are internal to kustomize/api.
// A field spec is "group|version|kind|path", with a leading "+" where the field is created.
package main

import (
	"encoding/json"
	"os"
	"sort"

	"sigs.k8s.io/kustomize/api/internal/plugins/builtinconfig"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/openapi"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

func specs(in types.FsSlice) []string {
	out := []string{}
	for _, s := range in {
		text := s.Group + "|" + s.Version + "|" + s.Kind + "|" + s.Path
		if s.CreateIfNotPresent {
			text = "+" + text
		}
		out = append(out, text)
	}
	return out
}

func fields() any {
	c := builtinconfig.MakeDefaultConfig()
	references := [][]any{}
	for _, r := range c.NameReference {
		references = append(references, []any{r.Group + "|" + r.Version + "|" + r.Kind, specs(r.Referrers)})
	}
	return map[string]any{
		"namePrefix": specs(c.NamePrefix), "nameSuffix": specs(c.NameSuffix),
		"namespace": specs(c.NameSpace), "commonLabels": specs(c.CommonLabels),
		"labels": specs(c.Labels), "templateLabels": specs(c.TemplateLabels),
		"commonAnnotations": specs(c.CommonAnnotations), "varReference": specs(c.VarReference),
		"images": specs(c.Images), "replicas": specs(c.Replicas), "nameReference": references,
	}
}

func scopes() any {
	scope := map[bool][]string{}
	seen := map[string]bool{}
	for _, definition := range openapi.Schema().Definitions {
		list, _ := definition.Extensions["x-kubernetes-group-version-kind"].([]any)
		for _, one := range list {
			gvk, _ := one.(map[string]any)
			group, _ := gvk["group"].(string)
			version, _ := gvk["version"].(string)
			kind, _ := gvk["kind"].(string)
			if group != "" {
				version = group + "/" + version
			}
			namespaced, found := openapi.IsNamespaceScoped(yaml.TypeMeta{APIVersion: version, Kind: kind})
			if name := version + " " + kind; found && !seen[name] {
				seen[name] = true
				scope[namespaced] = append(scope[namespaced], name)
			}
		}
	}
	sort.Strings(scope[false])
	sort.Strings(scope[true])
	return map[string]any{"cluster": scope[false], "namespaced": scope[true]}
}

func main() {
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", " ")
	table := fields()
	if len(os.Args) > 1 && os.Args[1] == "scopes" {
		table = scopes()
	}
	if err := out.Encode(table); err != nil {
		panic(err)
	}
}
