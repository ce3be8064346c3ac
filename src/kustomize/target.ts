import type { Source, Span } from '../text/source.ts'
import { Accumulation } from './accumulation.ts'
import type { Context } from './context.ts'
import type { KustomizationFile } from './file.ts'
import type { Loader } from './loader.ts'
import { ignoredText, readObjects } from './objects.ts'
import { appendPath } from './origin.ts'
import { isKnownKind } from './resid.ts'
import { type Origin, Resource } from './resource.ts'
import type { Session } from './session.ts'

/** Runs the fields of a kustomization file, in kustomize's order. */
export type Run = (target: Target, into: Accumulation) => Accumulation

/** One kustomization directory in a build (api/internal/target KustTarget). */
export class Target {
  readonly session: Session
  readonly loader: Loader
  readonly file: KustomizationFile
  /** Where it lies as seen from the root; undefined where no annotation asks for it. */
  readonly origin: Origin | undefined
  readonly #run: Run

  constructor(
    session: Session,
    loader: Loader,
    file: KustomizationFile,
    origin: Origin | undefined,
    run: Run,
  ) {
    this.session = session
    this.loader = loader
    this.file = file
    this.origin = origin
    this.#run = run
  }

  /** Runs every field of the file on what is there (a component) or on nothing. */
  accumulate(into: Accumulation = new Accumulation()): Accumulation {
    return this.#run(this, into)
  }

  /** The kustomization of another directory in the same build. */
  enter(loader: Loader, file: KustomizationFile, origin: Origin | undefined): Target {
    return new Target(this.session, loader, file, origin, this.#run)
  }

  /** How the annotations name a builtin of this file. */
  originOf(kind: string): Origin | undefined {
    if (this.origin === undefined) return undefined
    const configuredIn = appendPath(this.origin, this.file.name)
    return { configuredIn, configuredBy: { apiVersion: 'builtin', kind } }
  }

  context(all: Accumulation): Context {
    return {
      file: this.file,
      specs: all.specs,
      findMergeType: (apiVersion, kind) => this.session.findMergeType(apiVersion, kind),
      load: (path, at) => this.load(path, at),
      bytes: (path, at) => this.loader.store.bytes(this.locate(path, at)),
      parseResources: (source, inside) => {
        const { roots, ignored } = readObjects(source)
        if (ignored) this.session.findings.push(ignoredText(inside ?? ignored))
        return roots.map(root => {
          const resource = new Resource(root, source.path)
          this.session.hasUnknown ||= !isKnownKind(resource.id)
          return resource
        })
      },
      report: finding => this.session.findings.push(finding),
    }
  }

  locate(path: string, at?: Span): string {
    const found = this.loader.locate(path, at)
    this.session.files.add(found)
    return found
  }

  load(path: string, at?: Span): Source {
    return this.loader.store.source(this.locate(path, at))
  }
}
