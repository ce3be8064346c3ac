import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { gzipSync } from 'node:zlib'
import { listen } from './ports.ts'

/** A chart: its files below the chart's folder. */
export interface Chart {
  readonly name: string
  readonly version: string
  readonly files: Readonly<Record<string, string>>
}

/** A Helm repository of charts of our own: `/index.yaml` and `/NAME-VERSION.tgz`. */
export class HelmServer {
  readonly #server: Server
  readonly #files = new Map<string, Buffer>()
  url = ''

  constructor() {
    this.#server = createServer((asked, answer) => {
      const found = this.#files.get((asked.url ?? '').replace(/^\//, ''))
      answer.statusCode = found ? 200 : 404
      answer.end(found ?? 'not here')
    })
  }

  async start(charts: readonly Chart[]): Promise<void> {
    this.url = `http://127.0.0.1:${await listen(this.#server)}`
    const packed = charts.map(chart => ({ chart, bytes: pack(chart) }))
    for (const { chart, bytes } of packed) this.#files.set(fileName(chart), bytes)
    this.#files.set('index.yaml', Buffer.from(index(packed)))
  }

  stop(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

/** The name of a packed chart. */
export function fileName({ name, version }: Chart): string {
  return `${name}-${version}.tgz`
}

function chartYaml({ name, version }: Chart): string {
  return `apiVersion: v2\nname: ${name}\nversion: ${version}\nappVersion: "${version}"\n`
}

/** A chart as `helm package` makes it. */
export function pack(chart: Chart): Buffer {
  const files = { 'Chart.yaml': chartYaml(chart), ...chart.files }
  const blocks = Object.entries(files).flatMap(([path, text]) =>
    entry(`${chart.name}/${path}`, text),
  )
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]))
}

/** One file of a tar archive (POSIX ustar). */
function entry(path: string, text: string): Buffer[] {
  const body = Buffer.from(text)
  const head = Buffer.alloc(512)
  const octal = (value: number, width: number) => value.toString(8).padStart(width - 1, '0')
  head.write(path, 0, 100)
  head.write(octal(0o644, 8), 100)
  head.write(octal(0, 8), 108)
  head.write(octal(0, 8), 116)
  head.write(octal(body.length, 12), 124)
  head.write(octal(0, 12), 136)
  head.write(' '.repeat(8), 148)
  head.write('0', 156)
  head.write('ustar', 257)
  head.write('00', 263)
  const sum = head.reduce((all, byte) => all + byte, 0)
  head.write(`${octal(sum, 7)}\0 `, 148)
  return [head, body, Buffer.alloc((512 - (body.length % 512)) % 512)]
}

/** The index of a repository, as Helm reads it. */
export function index(
  packed: readonly { readonly chart: Chart; readonly bytes?: Buffer }[],
): string {
  const entries = Map.groupBy(packed, one => one.chart.name)
  const lines = ['apiVersion: v1', 'entries:']
  for (const [name, versions] of entries) {
    lines.push(`  ${name}:`)
    for (const { chart, bytes } of versions) {
      const digest = createHash('sha256')
        .update(bytes ?? Buffer.alloc(0))
        .digest('hex')
      lines.push(
        `    - apiVersion: v2`,
        `      name: ${name}`,
        `      version: ${chart.version}`,
        `      created: "2026-01-01T00:00:00Z"`,
        `      digest: ${digest}`,
        `      urls: [${fileName(chart)}]`,
      )
    }
  }
  return `${lines.join('\n')}\n`
}
