import { parseAllDocuments } from 'yaml'
import { condition, type Ref } from './api.ts'
import type { Cluster } from './cluster.ts'
import { type Files, textOf } from './git.ts'
import { dig, isObj, items, text } from './json.ts'
import { pull } from './pull.ts'
import { expect, type Steps } from './steps.ts'
import { adapt, ownFiles } from './tree.ts'
import type { World } from './world.ts'

const FLUX = 'flux-system'
const KUSTOMIZATIONS = ['flux-system', 'infrastructure', 'apps', 'apps-staging']
const ENVIRONMENTS = ['apps-staging', 'apps-production']
const TAG = ['newTag: 2.30.0', 'newTag: 2.31.0'] as const
const NOTE = 'apps/base/audiobookshelf/announcement.yaml'
const ANNOUNCEMENT = `apiVersion: v1
kind: ConfigMap
metadata:
  name: announcement
data:
  text: A new release is here.
`

/** The project's promise, told from the pull request to the rebuilt cluster. */
export class Story {
  readonly #world: World
  readonly #steps: Steps
  #cluster: Cluster
  #files: Files = {}

  constructor(world: World, cluster: Cluster, steps: Steps) {
    this.#world = world
    this.#cluster = cluster
    this.#steps = steps
  }

  /** Of what main holds now, what is there for the cluster. */
  get deployed(): Files {
    const paths = Object.entries(this.#files)
    return Object.fromEntries(paths.filter(([path]) => /^(apps|clusters|\.)/.test(path)))
  }

  /** From an empty cluster to a merged change that Flux has applied. */
  async tell(): Promise<void> {
    const { git, helm, github, recipient, folder } = this.#world
    const around = { git: git.url, helm: helm.url, github: github.url, recipient }
    const { run } = this.#runner()
    await run('the repository is on a Git server, its secrets encrypted for a new key', () => {
      git.create('fluxgate')
      this.#files = adapt(ownFiles(), around, folder)
      this.#commit('main', this.#files, 'chore: start')
      return `${Object.keys(this.#files).length} files`
    })
    const change = this.#change()
    await run('the gate lets the pull request pass', async () => {
      this.#commit('change', change, 'feat(apps): move audiobookshelf to 2.31.0')
      const { exit, diagnostics } = await pull(this.#world, 'change')
      expect(exit === 0, `exit ${exit}\n${diagnostics.join('\n')}`)
    })
    await run('the gate refuses a path that is not there', async () => {
      const at = 'clusters/aks-cluster/apps.yaml'
      const wrong = textOf(change[at]).replace('./apps/production', './apps/prod')
      this.#commit('wrong', { ...change, [at]: wrong }, 'feat(apps): move the folder')
      const { exit, diagnostics } = await pull(this.#world, 'wrong')
      const named = diagnostics.some(one => one.startsWith(`error missing-path ${at}`))
      expect(exit === 1 && named, `exit ${exit}\n${diagnostics.join('\n')}`)
    })
    await run('Flux is pointed at main and applies it', () => this.bootstrap())
    await run('the change is merged and Flux pulls it', async () => {
      this.#merge(change)
      await this.#pulled()
      for (const namespace of ENVIRONMENTS) {
        const found = await this.#read('apps/v1', 'Deployment', 'audiobookshelf', namespace)
        const image = text(found, 'spec', 'template', 'spec', 'containers', 0, 'image')
        expect(image.endsWith(':2.31.0'), `${namespace} runs ${image}`)
      }
    })
    await this.#inspect()
  }

  /** What a person does once: the keys, and the two objects that `flux bootstrap` applies. */
  async bootstrap(): Promise<void> {
    const { api } = this.#cluster
    const key = { 'age.agekey': this.#world.identity }
    await api.put(secret('sops-age', key))
    await api.put(secret('flux-system', { username: 'git', password: 'none' }))
    const path = 'clusters/aks-cluster/flux-system/gotk-sync.yaml'
    for (const document of parseAllDocuments(textOf(this.#files[path])))
      await api.put(refOf(document.toJS()))
    await this.#pulled()
  }

  /** The same on an empty cluster. */
  async recover(cluster: Cluster): Promise<void> {
    this.#cluster = cluster
    const { run } = this.#runner()
    const start = performance.now()
    await run('an empty cluster pointed at the repository has everything again', async () => {
      await this.bootstrap()
      await this.#everything()
      return `recovered in ${((performance.now() - start) / 1000).toFixed(0)} s`
    })
  }

  /** Somebody deletes and edits by hand, and something leaves Git. */
  async heal(): Promise<void> {
    const { run } = this.#runner()
    const { api } = this.#cluster
    const server = ref('apps/v1', 'Deployment', 'audiobookshelf', 'apps-production')
    await run('a deleted object comes back', async () => {
      await api.delete(server)
      await this.#cluster.until('its end', async () => !(await api.read(server)))
      await this.#reconcile('Kustomization', 'apps')
      await this.#cluster.until('its return', async () => !!(await api.read(server)))
    })
    await run('an edited object is put right', async () => {
      const target = ref('apps/v1', 'Deployment', 'cloudflared', 'apps-staging')
      await api.merge(target, {
        spec: { template: { spec: { automountServiceAccountToken: true } } },
      })
      await this.#reconcile('Kustomization', 'apps-staging')
      const path = ['spec', 'template', 'spec', 'automountServiceAccountToken']
      const right = async () => dig(await api.read(target), ...path) === false
      await this.#cluster.until('the value of Git', right)
    })
    const controller = ref('apps/v1', 'Deployment', 'ingress-nginx-controller', 'ingress-nginx')
    const replicas = async () => dig(await api.read(controller), 'spec', 'replicas')
    await run('an edited object of Helm is put right', async () => {
      await api.merge(controller, { spec: { replicas: 5 } })
      await this.#reconcile('HelmRelease', 'ingress-nginx', 'ingress-nginx')
      await this.#cluster.until('two replicas', async () => (await replicas()) === 2)
    })
    await run('a deleted object of Helm comes back', async () => {
      const uid = async () => text(await api.read(controller), 'metadata', 'uid')
      const old = await uid()
      await api.delete(controller)
      await this.#reconcile('HelmRelease', 'ingress-nginx', 'ingress-nginx')
      await this.#cluster.until('its return', async () => !['', old].includes(await uid()))
    })
    await run('what leaves Git is removed', async () => {
      const note = ref('v1', 'ConfigMap', 'announcement', 'apps-production')
      expect((await api.read(note)) !== undefined, 'it was not there')
      const { [NOTE]: _, ...rest } = this.#files
      this.#merge({ ...rest, ...this.#listing('') })
      await this.#pulled()
      await this.#cluster.until('its end', async () => !(await api.read(note)))
    })
  }

  #runner() {
    return { run: this.#steps.run.bind(this.#steps) }
  }

  #change(): Files {
    const listed = this.#listing('  - announcement.yaml\n')
    return { ...this.#files, ...listed, [NOTE]: ANNOUNCEMENT }
  }

  /** The app's kustomization.yaml with the new tag and further resources. */
  #listing(more: string): Files {
    const at = 'apps/base/audiobookshelf/kustomization.yaml'
    const now = textOf(this.#files[at])
      .replace(...TAG)
      .replace('  - announcement.yaml\n', '')
    return { [at]: now.replace('  - storage.yaml\n', `  - storage.yaml\n${more}`) }
  }

  #commit(branch: string, files: Files, message: string): void {
    const { git } = this.#world
    if (branch !== 'main' && git.head('fluxgate', branch) === '')
      git.git('-C', git.path('fluxgate'), 'branch', branch, 'main')
    git.commit('fluxgate', new Map([[branch, files]]), message)
  }

  #merge(files: Files): void {
    this.#files = files
    this.#commit('main', files, 'feat(apps): merge the change')
  }

  async #read(apiVersion: string, kind: string, name: string, namespace: string) {
    return this.#cluster.api.read(ref(apiVersion, kind, name, namespace))
  }

  /** Asks for a reconciliation now: what `flux reconcile` does. */
  async #reconcile(kind: string, name: string, namespace = FLUX): Promise<void> {
    const requestedAt = new Date().toISOString()
    const annotations = { 'reconcile.fluxcd.io/requestedAt': requestedAt }
    await this.#cluster.api.merge(ref(VERSIONS[kind] ?? '', kind, name, namespace), {
      metadata: { annotations },
    })
  }

  /** Waits until all Kustomizations and releases are ready at the head of main. */
  async #pulled(): Promise<void> {
    const head = this.#world.git.head('fluxgate', 'main')
    await this.#reconcile('GitRepository', FLUX)
    let last = ''
    const arrived = async () => {
      for (const name of KUSTOMIZATIONS) {
        const found = await this.#read(VERSIONS['Kustomization'] ?? '', 'Kustomization', name, FLUX)
        const ready = condition(found)
        last = `${name}: ${ready?.reason} ${ready?.message}`
        const applied = text(found, 'status', 'lastAppliedRevision')
        if (ready?.status !== 'True' || !applied.endsWith(head)) return false
      }
      return true
    }
    await this.#cluster.until(`revision ${head}`, arrived).catch(error => {
      throw new Error(`${error instanceof Error ? error.message : error}\n${last}`)
    })
  }

  async #inspect(): Promise<void> {
    const { run } = this.#runner()
    await run('both environments run, and ingress-nginx is installed', () => this.#everything())
    await run('secrets are decrypted', async () => {
      for (const namespace of ENVIRONMENTS) {
        const found = await this.#read('v1', 'Secret', 'cloudflared-credentials', namespace)
        const value = Buffer.from(text(found, 'data', 'credentials.json'), 'base64').toString()
        expect(value.startsWith('{"TunnelSecret":'), `the Secret of ${namespace} is not readable`)
      }
    })
    await run('GitHub gets the status of the merged commit', async () => {
      const head = this.#world.git.head('fluxgate', 'main')
      const { statuses } = this.#world.github
      const told = () => statuses.filter(one => one.sha === head && one.state === 'success')
      const all = async () =>
        KUSTOMIZATIONS.every(name => told().some(one => one.context.includes(`/${name}/`)))
      await this.#cluster.until('the statuses', all).catch(error => {
        throw new Error(`${error}\n${statuses.map(one => `${one.sha} ${one.context}`).join('\n')}`)
      })
      const [first] = told()
      expect(first?.repository === 'example/fluxgate', `it went to ${first?.repository}`)
      return `${told().length} statuses`
    })
  }

  async #everything(): Promise<string> {
    const release = await this.#read(
      VERSIONS['HelmRelease'] ?? '',
      'HelmRelease',
      'ingress-nginx',
      'ingress-nginx',
    )
    const ready = condition(release)
    expect(ready?.status === 'True', `ingress-nginx: ${ready?.reason} ${ready?.message}`)
    const version = text(release, 'status', 'history', 0, 'chartVersion')
    expect(version === '4.14.3', `ingress-nginx is at ${version}`)
    for (const namespace of ENVIRONMENTS)
      for (const name of ['audiobookshelf', 'cloudflared']) {
        const found = await this.#read('apps/v1', 'Deployment', name, namespace)
        const conditions = items(found, 'status', 'conditions')
        const available = conditions.find(one => text(one, 'type') === 'Available')
        expect(text(available, 'status') === 'True', `${namespace}/${name} is not available`)
      }
    return `ingress-nginx ${version}`
  }
}

const VERSIONS: Readonly<Record<string, string>> = {
  GitRepository: 'source.toolkit.fluxcd.io/v1',
  Kustomization: 'kustomize.toolkit.fluxcd.io/v1',
  HelmRelease: 'helm.toolkit.fluxcd.io/v2',
}

function ref(apiVersion: string, kind: string, name: string, namespace: string): Ref {
  return { apiVersion, kind, metadata: { name, namespace } }
}

function secret(name: string, stringData: Readonly<Record<string, string>>) {
  return { ...ref('v1', 'Secret', name, FLUX), stringData }
}

/** A parsed manifest as something that can be applied. */
export function refOf(value: unknown): Ref {
  const [apiVersion, kind] = [text(value, 'apiVersion'), text(value, 'kind')]
  const name = text(value, 'metadata', 'name')
  if (!isObj(value) || name === '') throw new Error('a document is not a manifest')
  const metadata = dig(value, 'metadata')
  return { ...value, apiVersion, kind, metadata: { ...(isObj(metadata) ? metadata : {}), name } }
}
