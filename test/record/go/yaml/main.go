// Answers for thousands of documents what the readers inside kustomize 5.8.1 make of them.
// In: one document a line, base64. Out: one line of JSON each, with the answers of the v2 reader
// (sigs.k8s.io/yaml) and of the v3 reader with kustomize's printer (kyaml → JSON → sigs.k8s.io/yaml).
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/yaml"
)

type answer struct {
	OK    bool   `json:"ok"`
	Text  string `json:"text,omitempty"`
	Error string `json:"error,omitempty"`
}

type answers struct {
	V2 answer `json:"v2"`
	V3 answer `json:"v3"`
}

func guard(run func() (string, error)) (out answer) {
	defer func() {
		if r := recover(); r != nil {
			out = answer{Error: fmt.Sprint("panic: ", r)}
		}
	}()
	text, err := run()
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{OK: true, Text: text}
}

func readV2(doc []byte) (string, error) {
	text, err := yaml.YAMLToJSON(doc)
	return string(text), err
}

func readV3(doc []byte) (string, error) {
	reader := kio.ByteReader{Reader: bytes.NewReader(doc), OmitReaderAnnotations: true, AnchorsAweigh: true, DisableUnwrapping: true}
	nodes, err := reader.Read()
	if err != nil {
		return "", err
	}
	var parts []string
	for _, node := range nodes {
		text, err := node.MarshalJSON()
		if err != nil {
			return "", err
		}
		out, err := yaml.JSONToYAML(text)
		if err != nil {
			return "", err
		}
		parts = append(parts, string(out))
	}
	return strings.Join(parts, "---\n"), nil
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<26)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	for in.Scan() {
		doc, err := base64.StdEncoding.DecodeString(in.Text())
		if err != nil {
			panic(err)
		}
		one := answers{
			V2: guard(func() (string, error) { return readV2(doc) }),
			V3: guard(func() (string, error) { return readV3(doc) }),
		}
		if err := encoder.Encode(one); err != nil {
			panic(err)
		}
	}
}
