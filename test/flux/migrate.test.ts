import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEdits, migrations, unifiedDiff } from '../../src/flux/migrate.ts'
import { memoryTree } from '../../src/tree/memory.ts'

const OLD = `# kept
apiVersion: "helm.toolkit.fluxcd.io/v2beta1" # why
kind: HelmRelease
metadata: {name: web,   namespace: demo}
spec:
  chart:
    spec:
      valuesFile: prod.yaml
      chart: x
---
apiVersion: source.toolkit.fluxcd.io/v1beta1
kind: GitRepository
metadata:
  name: x
spec:
  gitImplementation: go-git
  url: https://example.com/x
`

const edit = (text: string) =>
  applyEdits(text, migrations(memoryTree({ 'a.yaml': text }), '2.9', '1.36'))

test('a migration changes what is old and nothing else', () => {
  expect(unifiedDiff('a.yaml', OLD, edit(OLD))).toMatchInlineSnapshot(`
    "--- a/a.yaml
    +++ b/a.yaml
    @@ -1,17 +1,16 @@
     # kept
    -apiVersion: "helm.toolkit.fluxcd.io/v2beta1" # why
    +apiVersion: "helm.toolkit.fluxcd.io/v2" # why
     kind: HelmRelease
     metadata: {name: web,   namespace: demo}
     spec:
       chart:
         spec:
    -      valuesFile: prod.yaml
    +      valuesFiles: [prod.yaml]
           chart: x
     ---
    -apiVersion: source.toolkit.fluxcd.io/v1beta1
    +apiVersion: source.toolkit.fluxcd.io/v1
     kind: GitRepository
     metadata:
       name: x
     spec:
    -  gitImplementation: go-git
       url: https://example.com/x
    "
  `)
})

test('what was migrated needs no migration, and every other line is as it was', () => {
  const kinds = fc.constantFrom(
    ['kustomize.toolkit.fluxcd.io/v1beta2', 'Kustomization'],
    ['helm.toolkit.fluxcd.io/v2beta2', 'HelmRelease'],
    ['image.toolkit.fluxcd.io/v1beta2', 'ImagePolicy'],
    ['policy/v1beta1', 'PodDisruptionBudget'],
    ['apps/v1', 'Deployment'],
  )
  const quote = fc.constantFrom('', '"', "'")
  const noise = fc.constantFrom('', '# a comment', 'spec: {a: 1,  b: "x"}', "data:\n  k:   'v'")
  fc.assert(
    fc.property(fc.array(fc.tuple(kinds, quote, noise), { minLength: 1, maxLength: 4 }), docs => {
      const text = docs
        .map(
          ([[version, kind], q, more]) =>
            `apiVersion: ${q}${version}${q}   # c\nkind: ${kind}\nmetadata:\n  name: x\n${more}\n`,
        )
        .join('---\n')
      const after = edit(text)
      expect(edit(after)).toBe(after)
      const strip = (one: string) => one.replaceAll(/^(apiVersion: ["']?[\w.]+\/)\w+/gm, '$1')
      expect(strip(after)).toBe(strip(text))
      expect(after).not.toMatch(/v\d+beta\d/)
    }),
  )
})
