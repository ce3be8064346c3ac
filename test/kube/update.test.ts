import { describe, expect, it } from 'vitest'
import { idOf } from '../../src/kube/object.ts'
import { judgeUpdate } from '../../src/kube/verdict.ts'
import { Source } from '../../src/text/source.ts'
import { nodeOf } from '../../src/yaml/make.ts'
import { parse } from '../../src/yaml/parse.ts'
import { readFreshUpdates, readUpdates, type Update } from '../apiserver/cases.ts'
import { schemasOf } from '../apiserver/judge.ts'

const schemas = schemasOf('1.36')

function objectOf(root: unknown) {
  const node = nodeOf(JSON.parse(JSON.stringify(root)))
  if (node.kind !== 'map') throw new Error('no manifest')
  return { id: idOf(node), root: node }
}

function read(text: string) {
  const root = parse(new Source('case.yaml', text), 'v2').documents[0]?.root
  if (root?.kind !== 'map') throw new Error('no manifest')
  return { id: idOf(root), root }
}

const job = (spec: string, image = 'a') =>
  read(
    `{apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: {${spec}, template: {spec: {restartPolicy: Never, containers: [{name: c, image: ${image}}]}}}}`,
  )
const claim = (spec: string) =>
  read(
    `{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: c}, spec: {accessModes: [ReadWriteOnce], ${spec}}}`,
  )
function isRefused({ base, head }: Update): boolean {
  return judgeUpdate(objectOf(base), objectOf(head), schemas).some(
    finding => finding.level === undefined || finding.level === 'error',
  )
}

const said = (...[old, now]: [ReturnType<typeof read>, ReturnType<typeof read>]) =>
  judgeUpdate(old, now, schemas).map(one => one.message.split('\n')[0])

describe('updates', () => {
  it('are accepted or refused as the server did', () => {
    const wrong = readUpdates().filter(one => isRefused(one) !== one.ssa.code >= 300)
    // What only the cluster knows: whether a claim is bound, which families it serves.
    expect(wrong.map(one => `${one.kind} ${one.path}`).sort()).toEqual([
      'PersistentVolumeClaim /spec/resources/requests/storage',
      'PersistentVolumeClaim /spec/volumeAttributesClassName',
      'Service /spec/ipFamilyPolicy',
    ])
  })

  it('of our own seeds are accepted or refused as the server did, but where it fills in what nobody wrote', () => {
    const updates = readFreshUpdates()
    const wrong = updates.filter(one => isRefused(one) !== one.ssa.code >= 300)
    expect(updates.length).toBeGreaterThan(1000)
    expect(wrong.length / updates.length).toBeLessThan(0.015)
  })

  it('may write a default down', () => {
    expect(said(job('parallelism: 1'), job('parallelism: 1, completionMode: NonIndexed'))).toEqual(
      [],
    )
  })

  it('may not give a started job another image, a suspended one another place', () => {
    expect(said(job('suspend: true'), job('suspend: true', 'b'))).toHaveLength(1)
    expect(said(job('suspend: false'), job('suspend: false', 'b'))[0]).toMatch(
      /^spec\.template: Invalid value: \{…\}: field is immutable$/,
    )
  })

  it('let a claim grow and not shrink', () => {
    const size = (text: string) => claim(`resources: {requests: {storage: ${text}}}`)
    expect(said(size('5Gi'), size('5120Mi'))).toEqual([])
    expect(said(size('5Gi'), size('6Gi'))).toEqual([])
    expect(said(size('5Gi'), size('4Gi'))).toEqual([
      'spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
    ])
  })
})
