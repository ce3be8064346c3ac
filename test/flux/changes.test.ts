import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Verdict } from '../../src/gate/verdict.ts'
import { reportJson } from '../../src/report/json.ts'
import { reportMarkdown } from '../../src/report/markdown.ts'
import type { ReportInput } from '../../src/report/reporter.ts'
import { reportText } from '../../src/report/text.ts'
import { makeSeal, sealed } from '../secrets/seal.ts'
import { check } from './check.ts'
import type { Files } from './layouts.ts'

const MAIN = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: fleet, namespace: flux-system}
spec: {interval: 5m, url: https://github.com/example/fleet}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: web, namespace: flux-system}
spec:
  interval: 10m
  path: ./web
  prune: true
  sourceRef: {kind: GitRepository, name: fleet}
  decryption: {provider: sops, secretRef: {name: sops-age}}
`

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n'

function configMap(name: string, data: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: web
data:
${data}`
}

function files(web: Files): Files {
  return { 'clusters/main.yaml': MAIN, 'web/namespace.yaml': NAMESPACE, ...web }
}

function inputOf(verdict: Verdict): ReportInput {
  return {
    tool: { name: 'fluxgate', version: '0' },
    ...verdict,
    counts: { error: 0, warning: 0, note: 0 },
    exit: 0,
    color: false,
    quiet: false,
  }
}

describe('what changes', () => {
  const base = files({
    'web/a.yaml': configMap('a', '  level: info\n  size: "3"\n  text: |\n    one\n    two\n'),
    'web/gone.yaml': configMap('gone', '  x: "1"\n'),
  })
  const head = files({
    'web/a.yaml': `# moved down\n${configMap('a', '  level: debug\n  text: |\n    one\n    zwei\n  more: "1"\n')}`,
    'web/new.yaml': configMap('new', '  x: "1"\n'),
  })
  const verdict = check(head, base)

  it('names the fields with their old and new values and lines', () => {
    expect(verdict.changes?.map(one => `${one.kind} ${one.object}`)).toEqual([
      'changed v1 ConfigMap web/a',
      'added v1 ConfigMap web/new',
      'removed v1 ConfigMap web/gone',
    ])
    const text = reportText(inputOf(verdict))
    expect(text).toContain('data.level: info (web/a.yaml:7) → debug (web/a.yaml:8)')
    expect(text).toContain('data.size: "3" (web/a.yaml:8) → nothing')
    expect(text).toContain('data.more: nothing → "1" (web/a.yaml:12)')
    expect(text).toContain('line 2 of 3: "two" (web/a.yaml:9) → line 2 of 3: "zwei"')
    expect(text).toContain('flux-system/web (clusters): 1 added, 1 changed, 1 removed')
  })

  it('says the same in JSON and Markdown', () => {
    const report = JSON.parse(reportJson(inputOf(verdict)))
    expect(report.changes[0]).toMatchObject({
      kustomization: 'flux-system/web',
      kind: 'changed',
      object: 'v1 ConfigMap web/a',
      path: 'web/a.yaml',
      fields: [
        {
          field: 'data.level',
          before: { text: 'info', path: 'web/a.yaml', line: 7 },
          after: { text: 'debug', path: 'web/a.yaml', line: 8 },
        },
        { field: 'data.text' },
        { field: 'data.more' },
        { field: 'data.size' },
      ],
    })
    const page = reportMarkdown(inputOf(verdict))
    expect(page).toContain('### What changes\n\n1 added, 1 changed, 1 removed.')
    expect(page).toContain('- changed ` v1 ConfigMap web/a `')
  })

  it('is nothing where only comments, order and files differ', () => {
    const same = files({
      'web/other.yaml': configMap(
        'a',
        '  size: "3"\n  level: info # why\n  text: "one\\ntwo\\n"\n',
      ),
      'web/gone.yaml': configMap('gone', "  x: '1'\n"),
    })
    expect(check(same, base).changes).toEqual([])
  })

  it('pairs items of lists by their names', () => {
    const pod = (containers: string) =>
      files({
        'web/pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: web}\nspec:\n  containers:\n${containers}`,
      })
    const item = (name: string, tag: string) => `    - {name: ${name}, image: "x/${name}:${tag}"}\n`
    const { changes } = check(pod(item('new', '1') + item('a', '2')), pod(item('a', '1')))
    expect(changes?.flatMap(one => one.fields.map(field => field.field))).toEqual([
      'spec.containers[0]',
      'spec.containers[1].image',
    ])
  })
})

it('shows no secret, old or new, wherever it stands', async () => {
  const seal = await makeSeal()
  const side = () => {
    const values = Array.from({ length: 6 }, () => randomBytes(15).toString('base64url'))
    const [plain, coded, token, env, url, hidden = ''] = values
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'e', namespace: 'web' } }
    const web = files({
      'web/s.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: web}\nstringData: {a: ${plain}}\ndata: {b: ${Buffer.from(String(coded)).toString('base64')}}\n`,
      'web/c.yaml': configMap('c', `  api-token: ${token}\n  url: postgres://u:${url}@db/x\n`),
      'web/p.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: web}\nspec: {containers: [{name: a, image: x, env: [{name: DB_PASSWORD, value: ${env}}]}]}\n`,
      'web/e.yaml': sealed({ ...secret, stringData: { x: hidden } }, ['stringData'], seal),
    })
    return { values: [...values, Buffer.from(String(coded)).toString('base64')], web }
  }
  const [old, now] = [side(), side()]
  const verdict = check(now.web, old.web)
  const changed = verdict.changes?.flatMap(one => one.fields.map(field => field.field))
  expect(changed).toEqual(
    expect.arrayContaining(['stringData.a', 'data.b', 'data.api-token', 'stringData.x']),
  )
  for (const report of [reportText, reportJson, reportMarkdown]) {
    const text = report(inputOf(verdict))
    for (const value of [...old.values, ...now.values]) expect(text).not.toContain(value)
    expect(text).not.toContain('ENC[')
  }
})

it('pairs items of one name by their order', () => {
  const alert = (severity: string) => `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Alert
metadata: {name: all, namespace: web}
spec:
  eventSeverity: ${severity}
  providerRef: {name: chat}
  eventSources:
    - {kind: GitRepository, name: '*'}
    - {kind: Kustomization, name: '*'}
`
  const provider =
    'apiVersion: notification.toolkit.fluxcd.io/v1beta3\nkind: Provider\nmetadata: {name: chat, namespace: web}\nspec: {type: slack, secretRef: {name: chat}}\n'
  const of = (severity: string) =>
    files({ 'web/alert.yaml': alert(severity), 'web/provider.yaml': provider })
  const fields = check(of('error'), of('info')).changes?.flatMap(one =>
    one.kind === 'changed' ? one.fields.map(({ field }) => field) : [],
  )
  expect(fields).toEqual(['spec.eventSeverity'])
  expect(check(of('info'), of('info')).changes).toEqual([])
})

it('says once what many Kustomizations need from elsewhere', () => {
  const use = (name: string) => `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec:
  interval: 10m
  path: ./${name}
  prune: true
  sourceRef: {kind: GitRepository, name: fleet}
  postBuild: {substituteFrom: [{kind: ConfigMap, name: cluster}]}
`
  const { checked } = check({
    'clusters/main.yaml': `${MAIN}${use('one')}${use('two')}`,
    'web/namespace.yaml': NAMESPACE,
    'one/a.yaml': configMap('a', '  x: "1"\n'),
    'two/b.yaml': configMap('b', '  x: "1"\n'),
  })
  expect(checked.skipped.map(one => one.what)).toEqual(['ConfigMap flux-system/cluster'])
})
