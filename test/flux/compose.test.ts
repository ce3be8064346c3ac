import { beforeAll, describe, expect, it } from 'vitest'
import { buildModel } from '../../src/flux/build.ts'
import { composeValues } from '../../src/flux/compose.ts'
import { isRelease } from '../../src/flux/kinds.ts'
import { clusterLookup } from '../../src/flux/lookup.ts'
import { readConfig } from '../../src/gate/config.ts'
import { createBuilder } from '../../src/kustomize/builder.ts'
import { memoryTree } from '../../src/tree/memory.ts'
import { valueOf } from '../../src/yaml/value.ts'
import { fluxgate } from '../cli/run.ts'
import { testShell } from '../shell.ts'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const MAIN = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: fleet, namespace: team}
spec: {interval: 5m, url: https://github.com/example/fleet}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: web, namespace: team}
spec: {interval: 10m, path: ./web, prune: true, sourceRef: {kind: GitRepository, name: fleet}}
`

function repository(valuesFrom: string, values: string, data: string): Record<string, string> {
  return {
    'clusters/main.yaml': MAIN,
    'web/map.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: values, namespace: team}\ndata:\n${data}`,
    'web/release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: web, namespace: team}
spec:
  interval: 1h
  chartRef: {kind: OCIRepository, name: web}
  valuesFrom: ${valuesFrom}
  values: ${values}
`,
  }
}

function compose(valuesFrom: string, values: string, data: string) {
  const tree = memoryTree(repository(valuesFrom, values, data))
  const read = readConfig(tree, () => testShell().asset('schemas/config.schema.json'))
  if (!read.ok) throw new Error(read.reason)
  const [cluster] = buildModel(tree, read.config, '', createBuilder).clusters
  const release = cluster?.kustomizations.flatMap(one => one.objects).find(isRelease)
  if (cluster === undefined || release === undefined) throw new Error('no release')
  const { values: made, unknown } = composeValues(release, clusterLookup(cluster))
  return { values: valueOf(made), unknown }
}

const FROM = '{kind: ConfigMap, name: values'

describe('values in the order of helm-controller', () => {
  it.each([
    [
      'maps merge, lists and scalars are replaced, inline values win',
      `[${FROM}}, ${FROM}, valuesKey: more}]`,
      '{a: {x: 9}}',
      '  values.yaml: |\n    a: {x: 1, u: 1}\n    l: [1, 2]\n  more: |\n    a: {u: 2, z: 2}\n    l: [3]\n',
      { a: { x: 9, u: 2, z: 2 }, l: [3] },
    ],
    [
      'a target path at the top loses against inline values',
      `[${FROM}, valuesKey: one, targetPath: a}]`,
      '{a: inline, b: 1}',
      '  one: from\n',
      { a: 'inline', b: 1 },
    ],
    [
      'a target path inside an inline map wins: both are one map to Helm',
      `[${FROM}, valuesKey: one, targetPath: a.b}]`,
      '{a: {b: inline, c: 1}}',
      '  one: from\n',
      { a: { b: 'from', c: 1 } },
    ],
    [
      'and loses where values before it made a map of its own there',
      `[${FROM}}, ${FROM}, valuesKey: one, targetPath: a.b}]`,
      '{a: {b: inline}}',
      '  values.yaml: "a: {q: 1}"\n  one: from\n',
      { a: { q: 1, b: 'inline' } },
    ],
    [
      'types, quotes, lists and indexes of target paths',
      `[${FROM}, valuesKey: n, targetPath: n}, ${FROM}, valuesKey: q, targetPath: 'x\\.y[1].z'}, ${FROM}, valuesKey: l, targetPath: l}, ${FROM}, valuesKey: l, targetPath: t, literal: true}]`,
      '{}',
      `  n: "12"\n  q: '"12"'\n  l: "{a,b}"\n`,
      { n: 12, 'x.y': [null, { z: '12' }], l: ['a', 'b'], t: '{a,b}' },
    ],
  ])('%s', (_, valuesFrom, values, data, wanted) => {
    const made = compose(valuesFrom, values, data)
    expect(
      JSON.parse(
        JSON.stringify(made.values, (_key, one: unknown) =>
          typeof one === 'bigint' ? Number(one) : one,
        ),
      ),
    ).toEqual(wanted)
    expect(made.unknown).toEqual([])
  })

  it('names what cannot be known', () => {
    const { unknown } = compose(
      '[{kind: Secret, name: outside, valuesKey: k}]',
      '{a: 1}',
      '  x: y\n',
    )
    expect(unknown).toEqual(['Secret team/outside, key k'])
  })
})

describe('build --values', () => {
  let folder: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fluxgate-values-'))
    const files = {
      ...repository(
        `[${FROM}}, {kind: Secret, name: s}]`,
        '{a: {x: 9}}',
        '  values.yaml: |\n    a:\n      u: 1\n',
      ),
      'web/secret.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: team}\nstringData:\n  values.yaml: |\n    b: {hidden: seen}\n',
    }
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return () => rmSync(folder, { recursive: true, force: true })
  })

  it('prints each value with the line that set it, and no secret', () => {
    const { code, out } = fluxgate(['build', '--values', 'team/web'], folder)
    expect(code).toBe(0)
    expect(out.split('\n').map(line => line.replace(/ +/g, ' ').trim())).toEqual([
      'a: # web/map.yaml:6',
      'u: 1 # web/map.yaml:7',
      'x: 9 # web/release.yaml:8',
      'b: # web/secret.yaml:6',
      'hidden: <masked> # web/secret.yaml:6 (values-from)',
      '',
    ])
  })

  it('names the releases that there are', () => {
    const { code, err } = fluxgate(['build', '--values', 'team/other'], folder)
    expect({ code, err }).toEqual({
      code: 2,
      err: 'fluxgate: no HelmRelease team/other; there are team/web\n',
    })
  })
})
