/**
 * Where we answer otherwise than a real tool, on purpose or because the corner is not worth its code.
 * A row that no longer disagrees fails a test.
 */
export interface Deviation {
  readonly tool: string
  readonly id: string
  readonly reason: string
  /** A text on which both still differ, where one text can show it. */
  readonly example?: string
}

const yaml = 'kustomize'

export const deviations: readonly Deviation[] = [
  {
    tool: yaml,
    id: 'yaml-depth',
    reason:
      'We refuse more than 1,500 levels (go-yaml: 10,000): whoever reads nodes recurses, and hostile input must not overflow the stack.',
    example: `a: ${'['.repeat(1600)}${']'.repeat(1600)}\n`,
  },
  {
    tool: yaml,
    id: 'comments-in-an-edited-text',
    reason:
      'A replacement inside a text that is YAML prints the text anew. Its comments stay where the text is laid out as kyaml prints it; in one that kyaml indents otherwise, or with a blank line behind a comment, we drop them.',
  },
  {
    tool: yaml,
    id: 'yaml-excessive-aliasing',
    reason:
      'kyaml expands aliases without a limit until memory ends; we refuse at the share of aliases at which go-yaml itself does.',
  },
  {
    tool: yaml,
    id: 'yaml-self-alias',
    reason: 'kustomize overflows its stack and dies; we say that the anchor contains itself.',
  },
  {
    tool: yaml,
    id: 'yaml-keep-and-comment',
    reason:
      'Behind a block scalar that keeps its line breaks (`|+`), kustomize adds one more where a comment follows after an empty line; we keep what was written.',
    example: '- "a\\tb"\n- >+\n  # end\n\n# e\n',
  },
  {
    tool: yaml,
    id: 'yaml-quoted-merge',
    reason:
      'What stands under a quoted "<<" vanishes in kustomize, so an error inside it goes unseen there; we report it.',
    example: '"<<":\n  ? {a: b}\n  : c\n',
  },
  {
    tool: 'flux',
    id: 'sub-missing-source',
    reason:
      'A ConfigMap with variables may be in the cluster already, made by Terraform, say: that nothing in the repository makes it is a note.',
  },
  {
    tool: 'flux',
    id: 'hr-missing-values',
    reason:
      'A ConfigMap with values may be in the cluster already: that nothing in the repository makes it is a note.',
  },
  {
    tool: 'flux',
    id: 'unknown-group',
    reason:
      'The definition of a kind that nobody has shown us may be in the cluster already: it is a note.',
  },
  {
    tool: 'flux',
    id: 'seal-without-key',
    reason:
      'Without secretRef the controller decrypts with the key that `--sops-age-secret` or its environment gives it: neither need be in the repository.',
  },
  {
    tool: 'flux',
    id: 'rel-patch-path-missing',
    reason:
      'Whether a patch of a post-renderer fits depends on what the templates of the chart render; we render none.',
  },
  {
    tool: 'flux',
    id: 'rel-patch-names-nothing',
    reason:
      'Whether a patch of a post-renderer finds its object depends on what the templates of the chart render; we render none.',
  },
  {
    tool: 'flux',
    id: 'api-node-port',
    reason:
      'The range of node ports is a flag of the server: a port outside of the default range is a warning.',
  },
  {
    tool: 'flux',
    id: 'flux-external-artifact',
    reason:
      'Flux denies access while a feature gate is off, which the controllers often set outside of the repository; we say that nothing makes the artifact.',
  },
  {
    tool: 'flux-build',
    id: 'sops-patch',
    reason:
      'The controller decrypts the files of patches before the build; `build --flux` decrypts objects only, and says that it cannot build.',
  },
  {
    tool: 'flux-build',
    id: 'ok-workloads',
    reason:
      'A list of volumeClaimTemplates is owned as a whole, with the defaults that the server writes into it; we foretell what is sent.',
  },
  {
    tool: 'flux-build',
    id: 'upd-replicas',
    reason:
      'A list of volumeClaimTemplates is owned as a whole, with the defaults that the server writes into it; we foretell what is sent.',
  },
  {
    tool: 'flux-build',
    id: 'not-over-own',
    reason:
      'With `ssa: IfNotPresent` an object is not applied over one that is there; `build --flux` does not know what is there.',
  },
  {
    tool: 'flux-build',
    id: 'api-null-fields',
    reason:
      'A typed object loses optional fields that are empty on its way through the controller; we foretell them as they are written.',
  },
  {
    tool: 'flux-build',
    id: 'api-empty-texts',
    reason:
      'A typed object loses optional fields that are empty on its way through the controller; we foretell them as they are written.',
  },
  {
    tool: 'flux-build',
    id: 'include-of-itself',
    reason:
      'What a GitRepository includes is taken for the content of another repository, also where it is this one: nothing of it is built.',
  },
  {
    tool: 'flux-build',
    id: 'kust-sorted',
    reason:
      'The label `managedByLabel` names the program that builds: kustomize there, the controller here.',
  },
  {
    tool: 'flux-build',
    id: 'seal-disabled',
    reason:
      'It is applied as ciphertext, as foretold; ciphertext differs in every run, so what was recorded cannot be replayed.',
  },
]
