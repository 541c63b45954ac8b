// The history of a repository as git prints it: commits, oldest first, with the files each wrote.

export type Commit = {
  readonly id: string
  readonly atMs: number
  readonly files: readonly { readonly path: string; readonly blob: string }[]
}

/** Along the main line: what a merge brings is one step of it. Names come as they are, ended by NUL. */
export const LOG_ARGUMENTS = [
  'log',
  '-z',
  '--reverse',
  '--topo-order',
  '--first-parent',
  '-m',
  '--root',
  '--raw',
  '--no-abbrev',
  '--no-renames',
  '--no-notes',
  '--no-show-signature',
  '--no-ext-diff',
  '--no-textconv',
  '--ignore-submodules=all',
  '--format=tformat:commit %H %ct',
] as const

const HEAD = /^commit ([0-9a-f]{40,64}) (-?\d{1,15})$/
/** `:old new old-blob new-blob status`; only files: a link, a submodule or what was removed has another mode. */
const RAW = /^:\d{6} (100644|100755|100664) [0-9a-f]+ ([0-9a-f]{40,64}) [A-Z]\d*$/
/** Longest name of a file; git itself allows more. */
const MOST_NAME = 4096

export async function* readHistory(pieces: AsyncIterable<Buffer>): AsyncGenerator<Commit> {
  let commit: { id: string; atMs: number; files: { path: string; blob: string }[] } | undefined
  let raw: string | undefined
  for await (const bytes of tokensOf(pieces)) {
    const text = bytes.toString('utf8')
    if (raw !== undefined) {
      const blob = RAW.exec(raw)?.[2]
      raw = undefined
      if (blob !== undefined && bytes.length <= MOST_NAME) commit?.files.push({ path: text, blob })
      continue
    }
    const token = text.replace(/^\n+/, '')
    if (token.startsWith(':')) {
      raw = token
      continue
    }
    const head = HEAD.exec(token.trim())
    if (head === null) continue
    if (commit !== undefined) yield commit
    commit = { id: head[1] ?? '', atMs: Number(head[2]) * 1000, files: [] }
  }
  if (commit !== undefined) yield commit
}

/** What stands between NULs. */
async function* tokensOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of pieces) {
    let all: Buffer = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    for (let end = all.indexOf(0); end !== -1; end = all.indexOf(0)) {
      yield all.subarray(0, end)
      all = all.subarray(end + 1)
    }
    // A name has its bound; what goes on longer is none.
    rest = all.length > 4 * MOST_NAME ? all.subarray(0, 4 * MOST_NAME) : all
  }
  if (rest.length > 0) yield rest
}

/** What stands beside configurations in the repositories of collectors. */
const BESIDE =
  /(?:^|\/)(?:\.|readme|license|changelog|makefile|router\.db|routers\.(?:all|up|down)|cloginrc)|\.(?:md|db|json|ya?ml|py|rb|sh|pl|html?|png|jpe?g|gz|zip|log|swp|new|raw)$/i

/** Whether a file may be the configuration of a device, by its name. */
export function mayBeConfig(path: string): boolean {
  return !BESIDE.test(path) && path.isWellFormed() && !path.includes('\uFFFD')
}
