/** Every package that the sources load, and why it is there. */
export const reasons: Readonly<Record<string, string>> = {
  ajv: 'JSON Schema for our configuration, `values.schema.json` of charts and schemas that users bring; loaded when one is there',
  'ajv-formats': 'the formats of those schemas (`uri`, `date-time` …)',
  '@marcbachmann/cel-js': 'parses and evaluates CEL rules of CRDs; loaded when a CRD has some',
  re2js: "Go's regular expressions, linear on hostile input; loaded when a pattern is not plain",
  yaml: 'edits that keep comments and order (`fluxgate migrate --write`); loaded then',
  minimatch: 'path globs of the allow-list',
  'age-encryption': 'unwraps data keys with `--identity`, never in a pull request; loaded then',
  '@actions/core': 'inputs, annotations and outputs of the actions',
  '@actions/github':
    'title, body and commits of a pull request where git does not have them; loaded then',
  '@kubernetes/client-node':
    'reads the schemas of a cluster in `fluxgate schemas sync`; loaded then',
}
