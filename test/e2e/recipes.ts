/** How one real program is built: a wrapper module of its own with these replace lines, then `go build`. */
export interface Recipe {
  readonly name: string
  readonly package: string
  readonly version: string
  readonly replace: Readonly<Record<string, string>>
  readonly ldflags?: string
}

const KUBERNETES = '1.36.2'

/** The modules that k8s.io/kubernetes keeps in its own tree and that are published beside it. */
const STAGING =
  'api apiextensions-apiserver apimachinery apiserver cli-runtime client-go cloud-provider cluster-bootstrap ' +
  'code-generator component-base component-helpers controller-manager cri-api cri-client csi-translation-lib ' +
  'dynamic-resource-allocation endpointslice externaljwt kms kube-aggregator kube-controller-manager kube-proxy ' +
  'kube-scheduler kubectl kubelet metrics mount-utils pod-security-admission sample-apiserver sample-cli-plugin ' +
  'sample-controller streaming cri-streaming'

function kubernetes(name: string): Recipe {
  const staged = STAGING.split(' ').map(one => [`k8s.io/${one}`, `v0.${KUBERNETES.slice(2)}`])
  const stamp = 'k8s.io/component-base/version'
  const [major, minor] = KUBERNETES.split('.')
  return {
    name,
    package: `k8s.io/kubernetes/cmd/${name}`,
    version: `v${KUBERNETES}`,
    replace: Object.fromEntries(staged),
    ldflags: `-X ${stamp}.gitVersion=v${KUBERNETES} -X ${stamp}.gitMajor=${major} -X ${stamp}.gitMinor=${minor}`,
  }
}

const DIGEST = 'github.com/opencontainers/go-digest'
const DIGEST_NEW = 'v1.0.1-0.20231025023718-d50d2fec9c98'

function controller(name: string, version: string, replace: Recipe['replace']): Recipe {
  return { name, package: `github.com/fluxcd/${name}`, version, replace }
}

/** The control plane, the controllers of Flux 2.9.4, and what encrypts for them; smallest first. */
export const recipes: readonly Recipe[] = [
  { name: 'etcd', package: 'go.etcd.io/etcd/server/v3', version: 'v3.6.8', replace: {} },
  controller('notification-controller', 'v1.9.3', {}),
  controller('kustomize-controller', 'v1.9.4', {
    [DIGEST]: 'v1.0.1-0.20220411205349-bde1400a84be',
  }),
  controller('helm-controller', 'v1.6.3', { [DIGEST]: DIGEST_NEW }),
  controller('source-controller', 'v1.9.4', {
    [DIGEST]: DIGEST_NEW,
    'github.com/fluxcd/pkg/artifact': 'v0.18.1',
  }),
  { name: 'sops', package: 'github.com/getsops/sops/v3/cmd/sops', version: 'v3.13.2', replace: {} },
  kubernetes('kube-apiserver'),
  kubernetes('kube-controller-manager'),
]
