// The git program, started without a shell. What it reads of a repository is content alone: it works in a mirror of ours whose
// settings are ours, so that no hook, filter, submodule or link of the repository is ever followed.

import { execFile, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { VigieError, reasonOf } from '../../core/index.ts'
import type { RepositoryProblem } from '../../core/index.ts'

/** `safe.directory`: the repository belongs to whoever collects; only its objects are read. */
const SETTINGS = `[safe]
	directory = *
[core]
	hooksPath = /dev/null
	symlinks = false
	fsmonitor = false
[protocol]
	allow = never
[protocol "file"]
	allow = always
[protocol "https"]
	allow = always
[protocol "ssh"]
	allow = always
[fetch]
	recurseSubmodules = false
[submodule]
	recurse = false
[gc]
	auto = 0
[maintenance]
	auto = false
[pack]
	threads = 1
[transfer]
	bundleURI = false
`

export type Git = {
  /** What it prints. Throws REPOSITORY_REFUSED. */
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<Buffer>
  /** What it prints, piece by piece. Throws REPOSITORY_REFUSED. */
  readonly stream: (args: readonly string[]) => AsyncGenerator<Buffer>
}
export type RunOptions = {
  readonly timeoutMs?: number
  readonly mostBytes?: number
  /** Stops it when this folder holds more. */
  readonly watched?: { readonly folder: string; readonly mostBytes: number }
}

const TIMEOUT_MS = 60_000
const MOST_BYTES = 1024 * 1024
const WATCH_MS = 500

/** `place`: what the trouble is told of. */
export function gitIn(folder: string, place: string): Git {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const settings = join(folder, 'settings')
  writeFileSync(settings, SETTINGS, { mode: 0o600 })
  const env = environment(settings)
  const refused = (cause: unknown, stderr: string) => refusedBy(cause, stderr, place)
  return {
    run: (args, options = {}) => run(args, { folder, env, refused, ...options }),
    stream: (args) => stream(args, { folder, env, refused }),
  }
}

type Program = {
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  readonly refused: (cause: unknown, stderr: string) => VigieError
}

function environment(settings: string): NodeJS.ProcessEnv {
  const { PATH, HOME, SSH_AUTH_SOCK, https_proxy: proxy } = process.env
  return {
    PATH,
    HOME,
    ...(SSH_AUTH_SOCK === undefined ? {} : { SSH_AUTH_SOCK }),
    ...(proxy === undefined ? {} : { https_proxy: proxy }),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: settings,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    GIT_SSH_COMMAND: 'ssh -oBatchMode=yes -oConnectTimeout=20',
    GIT_ALLOW_PROTOCOL: 'file:https:ssh',
    GIT_OPTIONAL_LOCKS: '0',
  }
}

function run(
  args: readonly string[],
  { folder, env, refused, ...options }: Program & RunOptions,
): Promise<Buffer> {
  const { timeoutMs = TIMEOUT_MS, mostBytes = MOST_BYTES, watched } = options
  return new Promise((resolve, reject) => {
    let isTooLarge = false
    const child = execFile(
      'git',
      [...args],
      {
        cwd: folder,
        env,
        timeout: timeoutMs,
        maxBuffer: mostBytes,
        encoding: 'buffer',
        killSignal: 'SIGKILL',
      },
      (cause, stdout, stderr) => {
        clearInterval(timer)
        if (cause === null) resolve(stdout)
        else reject(refused(isTooLarge ? 'too_large' : cause, stderr.toString('utf8')))
      },
    )
    const timer = setInterval(() => {
      if (watched === undefined || bytesIn(watched.folder) <= watched.mostBytes) return
      isTooLarge = true
      child.kill('SIGKILL')
    }, WATCH_MS)
  })
}

async function* stream(
  args: readonly string[],
  { folder, env, refused }: Program,
): AsyncGenerator<Buffer> {
  const child = spawn('git', [...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let stderr = ''
  child.stderr.on('data', (piece: Buffer) => {
    if (stderr.length < MOST_BYTES) stderr += piece.toString('utf8')
  })
  const ended = new Promise<Error | number | null>((resolve) => {
    child.once('error', resolve)
    child.once('close', resolve)
  })
  try {
    for await (const piece of child.stdout) yield Buffer.from(piece)
    const end = await ended
    if (end !== 0) throw refused(end, stderr)
  } finally {
    child.kill('SIGKILL')
  }
}

function refusedBy(cause: unknown, stderr: string, place: string): VigieError {
  const [first = ''] = stderr.split('\n').filter((line) => /^(?:fatal|error|remote)/.test(line))
  const reason = (first || reasonOf(cause)).replaceAll(/[^\x20-\x7E]/g, '?').slice(0, 200)
  return new VigieError(
    'REPOSITORY_REFUSED',
    { place, problem: problemOf(cause), reason },
    { cause },
  )
}

function problemOf(cause: unknown): RepositoryProblem {
  if (cause === 'too_large') return 'too_large'
  const { code, killed } = Object(cause)
  if (code === 'ENOENT') return 'no_git'
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'file_too_large'
  return killed === true ? 'too_slow' : 'unreadable'
}

/** Of all files below a folder; links are not followed. */
export function bytesIn(folder: string): number {
  let bytes = 0
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    // Git takes temporary files away while we look.
    bytes += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0
  }
  return bytes
}
