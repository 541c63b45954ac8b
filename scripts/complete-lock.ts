// Completes package-lock.json for every platform Vigie supports. Where a registry mirror lacks the optional packages of
// other platforms, `npm install` leaves them out and `npm ci` refuses on those platforms; this adds their entries, and
// makes sure that the lock file names no registry.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = join(import.meta.dirname, '../package-lock.json')

type Entry = {
  version?: string
  resolved?: string
  optional?: boolean
  optionalDependencies?: Record<string, string>
  os?: string[]
  cpu?: string[]
  libc?: string[]
  dev?: boolean
}
type Lock = { packages: Record<string, Entry> }

const lock = JSON.parse(readFileSync(FILE, 'utf8')) as Lock // schema edge: npm wrote it

const OS = [
  'linux',
  'darwin',
  'win32',
  'android',
  'freebsd',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
  'openharmony',
] as const
const CPU: Readonly<Record<string, string>> = {
  x64: 'x64',
  arm64: 'arm64',
  arm: 'arm',
  ia32: 'ia32',
  ppc64: 'ppc64',
  s390x: 's390x',
  riscv64: 'riscv64',
  loong64: 'loong64',
  mips64el: 'mips64el',
  wasm32: 'wasm32',
}

/** Reads system and processor from a package's name, as these packages are named: `@chdb/lib-linux-arm64-gnu`. */
function platformOf(name: string): Pick<Entry, 'os' | 'cpu'> {
  const words = name.split(/[-/]/)
  const os = OS.filter((system) => words.includes(system))
  const cpu = words.flatMap((word) => CPU[word] ?? [])
  return { ...(os.length === 0 ? {} : { os: [...os] }), ...(cpu.length === 0 ? {} : { cpu }) }
}

let added = 0
for (const [path, entry] of Object.entries(lock.packages)) {
  // A workspace's `resolved` is its folder and stays.
  if (entry.resolved?.startsWith('http') === true) delete entry.resolved
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${path}/node_modules/${name}`
    const top = `node_modules/${name}`
    if (lock.packages[nested] !== undefined || lock.packages[top] !== undefined) continue
    const version = range.replace(/^[\^~]/, '')
    lock.packages[top] = {
      version,
      ...platformOf(name),
      ...(entry.dev === true ? { dev: true } : {}),
      optional: true,
    }
    added += 1
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)),
)
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)
process.stdout.write(`${added} entries added.\n`)
