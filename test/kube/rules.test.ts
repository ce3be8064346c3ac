import { describe, expect, it } from 'vitest'
import { idOf } from '../../src/kube/object.ts'
import { isTimeZone, scheduleProblem } from '../../src/kube/rules/cron.ts'
import { formatIp, parseIp, strictIp, strictNetwork } from '../../src/kube/rules/ip.ts'
import { checkRules } from '../../src/kube/rules/object.ts'
import { formatQuantity, parseQuantity, spellingOf } from '../../src/kube/rules/quantity.ts'
import { Source } from '../../src/text/source.ts'
import { parse } from '../../src/yaml/parse.ts'
import { judgeText, schemasOf } from '../apiserver/judge.ts'

/** What the rules say of a manifest. */
function judge(text: string, minor = 36, namespaced = true): readonly string[] {
  const root = parse(new Source('case.yaml', text), 'v2').documents[0]?.root
  if (root?.kind !== 'map') throw new Error(`no manifest: ${text}`)
  return checkRules({ id: idOf(root), root }, { minor, namespaced }).map(one => one.message)
}

const pod = (spec: string) => `apiVersion: v1
kind: Pod
metadata: {name: p, namespace: shop}
spec: {containers: [{name: a, image: b}], ${spec}}
`

const job = (spec: string) => `apiVersion: batch/v1
kind: Job
metadata: {name: j, namespace: shop}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}, ${spec}}
`

it('reads null limits as zero, and texts that are tagged as binary', () => {
  const pod = (limits: string, name: string) =>
    `{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {serviceAccountName: ${name}, containers: [{name: c, image: i, resources: {requests: {memory: 1Gi}, limits: ${limits}}}]}}`
  const said = (text: string) => judgeText(text, schemasOf('1.36')).paths
  expect(said(pod('{memory: null}', 'a'))).toEqual(['spec.containers[0].resources.requests'])
  expect(said(pod('{memory: 1Gi}', '!!binary YQ=='))).toEqual([])
  expect(said(pod('{memory: 1Gi}', 'YQ=='))).toEqual(['spec.serviceAccountName'])
})

describe('quantities', () => {
  it.each([
    ['1500m', '1500m'],
    ['1000m', '1'],
    ['0.5Gi', '512Mi'],
    ['1024Mi', '1Gi'],
    ['1e3', '1e3'],
    ['1000', '1k'],
    ['.5', '500m'],
    ['-2Ki', '-2Ki'],
    ['0.0000000001', '1n'],
  ])('reads %s as %s', (text, canonical) => {
    const quantity = parseQuantity(text)
    expect(quantity && formatQuantity(quantity)).toBe(canonical)
  })

  it.each(['', '1 Gi', '1gb', '1.2.3', '1e', '--1', '1KI'])('refuses %j', text => {
    expect(parseQuantity(text)).toBeUndefined()
  })

  it('remembers what Go remembers', () => {
    expect(['+1', '1.', '1000m', '0.001', '1024Ki', '1Mi'].map(spellingOf)).toEqual([
      '+1',
      '1.',
      '1',
      '1m',
      '1Mi',
      '1Mi',
    ])
  })
})

describe('schedules', () => {
  it.each([
    '* * * * *',
    '*/61 0 1 jan mon-fri',
    '@hourly',
    '@every 1h30m',
    '0,30 8-18/2 ? * 0',
    ', * * * *',
  ])('takes %s', text => expect(scheduleProblem(text)).toBeUndefined())

  it.each([
    ['* * * *', 'expected exactly 5 fields, found 4: [* * * *]'],
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
    ['* * * * 7', 'end of range (7) above maximum (6): 7'],
    ['5-1 * * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['@never', 'unrecognized descriptor: @never'],
  ])('refuses %s', (text, problem) => expect(scheduleProblem(text)).toBe(problem))

  it('knows time zones by their exact names', () => {
    expect(['Europe/Berlin', 'UTC', 'Etc/GMT+5'].every(isTimeZone)).toBe(true)
    expect(['europe/berlin', 'Europe/Nowhere', '+05:00'].some(isTimeZone)).toBe(false)
  })
})

describe('addresses', () => {
  it.each([
    ['2001:db8::1', '2001:db8::1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['::', '::'],
    ['1::', '1::'],
    ['10.1.2.3', '10.1.2.3'],
  ])('prints %s as %s', (text, printed) => {
    const address = parseIp(text)
    expect(address && formatIp(address)).toBe(printed)
  })

  it('is strict where it must be', () => {
    expect(strictIp('010.1.2.3')).toEqual(['must not have leading 0s'])
    expect(strictIp('::ffff:1.2.3.4')).toEqual(['must not be an IPv4-mapped IPv6 address'])
    expect(strictNetwork('10.0.0.1/8')).toEqual(['must not have bits set beyond the prefix length'])
    expect(strictNetwork('10.0.0.0/8')).toEqual([])
    expect(parseIp('1.2.3')).toBeUndefined()
    expect(parseIp('1::2::3')).toBeUndefined()
  })
})

describe('pods', () => {
  it.each([
    [
      'volumes: [{name: v, emptyDir: {}, hostPath: {path: /}}]',
      'spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type',
    ],
    [
      'dnsPolicy: None',
      'spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None',
    ],
    [
      'hostPID: true, shareProcessNamespace: true',
      'spec.securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled',
    ],
    [
      'os: {name: windows}, securityContext: {fsGroup: 1}',
      'spec.securityContext.fsGroup: Forbidden: cannot be set for a windows pod',
    ],
    [
      'tolerations: [{operator: Equal}]',
      'spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"',
    ],
    [
      'hostAliases: [{ip: 1.2.3}]',
      'spec.hostAliases[0].ip: Invalid value: "1.2.3": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
    ['overhead: {hugepages-2Mi: 2Mi}', 'spec.overhead: Forbidden: HugePages require cpu or memory'],
    [
      'terminationGracePeriodSeconds: 5, ephemeralContainers: [{name: x, image: y}]',
      'spec.ephemeralContainers: Forbidden: cannot be set on create',
    ],
    [
      'activeDeadlineSeconds: 2147483648',
      'spec.activeDeadlineSeconds: Invalid value: 2147483648: must be between 1 and 2147483647, inclusive',
    ],
  ])('with %s', (spec, message) => expect(judge(pod(spec))).toContain(message))

  it('says nothing of a sound one', () => {
    expect(judge(pod('volumes: [{name: v}], restartPolicy: Always'))).toEqual([])
  })

  it('points at the place itself, or at the key above', () => {
    const root = parse(new Source('c', pod('dnsPolicy: None')), 'v2').documents[0]?.root
    if (root?.kind !== 'map') throw new Error('no manifest')
    const [finding] = checkRules({ id: idOf(root), root }, { minor: 36, namespaced: true })
    expect(finding?.at.source.text.slice(finding.at.start, finding.at.end)).toBe('spec')
  })
})

describe('older servers', () => {
  it('do not know environment from files', () => {
    const text = pod(
      'initContainers: [{name: i, image: b, env: [{name: A, valueFrom: {fileKeyRef: {key: k, path: p, volumeName: v}}}]}]',
    )
    expect(judge(text, 34)).toContainEqual(
      expect.stringContaining('must specify one of: `fieldRef`'),
    )
    expect(judge(text, 36)).toEqual([
      'spec.initContainers[0].env[0].valueFrom.fileKeyRef.volumeName: Not found: "v"',
    ])
  })

  it('want service names that begin with a letter', () => {
    const text =
      'apiVersion: v1\nkind: Service\nmetadata: {name: 1a}\nspec: {ports: [{port: 80}]}\n'
    expect(judge(text, 36)).toEqual([])
    expect(judge(text, 34)).toHaveLength(1)
  })
})

describe('jobs', () => {
  it.each([
    [
      'completionMode: Indexed, completions: 3, successPolicy: {rules: [{succeededIndexes: "0-3"}]}',
      'spec.successPolicy.rules[0].succeededIndexes: Invalid value: "0-3": error parsing succeededIndexes: too large index: "3"',
    ],
    [
      'maxFailedIndexes: 1',
      'spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified',
    ],
    [
      'podFailurePolicy: {rules: [{action: FailJob}]}',
      'spec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required',
    ],
    [
      'podReplacementPolicy: Never',
      'spec.podReplacementPolicy: Unsupported value: "Never": supported values: "Failed", "TerminatingOrFailed"',
    ],
  ])('with %s', (spec, message) => expect(judge(job(spec))).toContain(message))
})

describe('other kinds', () => {
  it.each([
    [
      '{apiVersion: networking.k8s.io/v1, kind: IPAddress, metadata: {name: 10.0.0.01}, spec: {parentRef: {resource: services, name: x}}}',
      'metadata.name: Invalid value: "10.0.0.01": must not have leading 0s',
    ],
    [
      '{apiVersion: networking.k8s.io/v1, kind: ServiceCIDR, metadata: {name: x}, spec: {cidrs: [10.0.0.0/8, 10.1.0.0/16]}}',
      'spec.cidrs: Invalid value: ["10.0.0.0/8","10.1.0.0/16"]: may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64',
    ],
    [
      '{apiVersion: storage.k8s.io/v1, kind: CSIDriver, metadata: {name: x.y}, spec: {tokenRequests: [{audience: a, expirationSeconds: 5}]}}',
      'spec.tokenRequests[0].expirationSeconds: Invalid value: 5: may not specify a duration less than 10 minutes',
    ],
    [
      '{apiVersion: storage.k8s.io/v1, kind: VolumeAttributesClass, metadata: {name: x}, driverName: a.b}',
      'parameters: Required value: must contain at least one key/value pair',
    ],
    [
      '{apiVersion: v1, kind: Endpoints, metadata: {name: x}, subsets: [{addresses: [{ip: 127.0.0.1}]}]}',
      'subsets[0].addresses[0].ip: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
    ],
    [
      '{apiVersion: v1, kind: ReplicationController, metadata: {name: x}, spec: {selector: {a: b}, template: {metadata: {labels: {a: c}}, spec: {containers: [{name: a, image: b}]}}}}',
      'spec.template.metadata.labels: Invalid value: {"a":"c"}: `selector` does not match template `labels`',
    ],
    [
      '{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicyBinding, metadata: {name: x}, spec: {policyName: y, validationActions: [Deny, Warn]}}',
      'spec.validationActions: Invalid value: ["Deny","Warn"]: must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)',
    ],
    [
      '{apiVersion: admissionregistration.k8s.io/v1, kind: MutatingAdmissionPolicy, metadata: {name: x}, spec: {matchConstraints: {resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [DELETE], resources: [pods]}]}, reinvocationPolicy: Never, mutations: [{patchType: JSONPatch, jsonPatch: {expression: a}}]}}',
      'spec.matchConstraints.resourceRules.operations: Unsupported value: "DELETE": supported values: "*", "CONNECT", "CREATE", "UPDATE"',
    ],
    [
      '{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: x}, spec: {leaseDurationSeconds: 0}}',
      'spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0',
    ],
  ])('%s', (text, message) => expect(judge(text, 36, false)).toContain(message))
})

describe('secrets', () => {
  it('never shows a value', () => {
    const value = 'c2VjcmV0LXZhbHVl'
    const said = judge(
      `{apiVersion: v1, kind: Secret, metadata: {name: x}, type: kubernetes.io/dockerconfigjson, data: {.dockerconfigjson: ${value}, "a b": ${value}}}`,
    )
    expect(said).toHaveLength(2)
    expect(said.join('\n')).not.toMatch(/c2VjcmV0|secret-value/)
  })
})
