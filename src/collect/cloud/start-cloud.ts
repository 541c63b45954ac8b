// Keeps one reader going for each stream of each account, and follows the folder of accounts as it changes.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { reasonOf } from '../../core/index.ts'
import type { Positions } from '../files/index.ts'
import type { Intake } from '../intake.ts'
import { readAccount } from './account.ts'
import type { Account, AccountProblem } from './account.ts'
import { Asker, formPoster, paceOf } from './ask.ts'
import type { CloudStream, Collector } from './collector.ts'
import { readObjects } from './object-stream.ts'
import { readPolled } from './poll-stream.ts'
import type { StreamParts } from './poll-stream.ts'
import { readPubSub, readQueue } from './queue-stream.ts'
import { signerOf } from './sign-in.ts'
import { StreamState } from './stream-state.ts'
import { CloudFailure } from './trouble.ts'
import type { CloudTrouble } from './trouble.ts'

export type CloudOptions = {
  /** One file for each account. */
  readonly folder: string
  readonly collectors: readonly Collector[]
  readonly intake: Intake
  readonly positions: Positions
  readonly nowMs: () => number
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly onEvent: (event: CloudEvent) => void
  /** Between two looks at the folder. */
  readonly watchMs?: number
}

export type CloudEvent =
  | { readonly kind: 'account'; readonly file: string; readonly problem: AccountProblem }
  | { readonly kind: 'trouble'; readonly source: string; readonly trouble: CloudTrouble }
  | { readonly kind: 'recovered'; readonly source: string }
  | { readonly kind: 'started'; readonly source: string }

export type CloudService = {
  /** What keeps a source from being read now; undefined for one that is well or unknown. */
  readonly troubleOf: (source: string) => CloudTrouble | undefined
  readonly sources: () => readonly string[]
  readonly close: () => Promise<void>
}

const WATCH_MS = 5000
const FIRST_START_MS = 86_400_000
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [15_000, 15 * 60_000]

type Running = { readonly text: string; readonly stop: () => Promise<void> }

export function startCloud(options: CloudOptions): CloudService {
  const { watchMs = WATCH_MS } = options
  const running = new Map<string, Running>()
  const troubles = new Map<string, CloudTrouble | undefined>()
  const problems = new Map<string, string>()
  let looking: Promise<void> = Promise.resolve()
  const look = () => {
    looking = looking.then(() => followFolder(options, { running, troubles, problems }))
  }
  look()
  const timer = setInterval(look, watchMs)
  return {
    troubleOf: (source) => troubles.get(source),
    sources: () => [...troubles.keys()],
    close: async () => {
      clearInterval(timer)
      await looking
      await Promise.all([...running.values()].map(({ stop }) => stop()))
    },
  }
}

type Followed = {
  readonly running: Map<string, Running>
  readonly troubles: Map<string, CloudTrouble | undefined>
  /** Said of a file already. */
  readonly problems: Map<string, string>
}

async function followFolder(options: CloudOptions, followed: Followed): Promise<void> {
  const { folder, collectors, environment, onEvent } = options
  const { running, troubles, problems } = followed
  const found = new Map<string, Account>()
  for (const file of filesIn(folder)) {
    const name = file.replace(/\.ya?ml$/, '')
    const read = readAccount(join(folder, file), name, collectors, environment)
    if ('account' in read) {
      found.set(name, read.account)
      problems.delete(file)
    } else if (problems.get(file) !== JSON.stringify(read.problem)) {
      problems.set(file, JSON.stringify(read.problem))
      onEvent({ kind: 'account', file, problem: read.problem })
    }
  }
  for (const [name, { text, stop }] of running) {
    if (found.get(name)?.text === text) continue
    await stop()
    running.delete(name)
    for (const source of troubles.keys())
      if (source.startsWith(`cloud/${name}/`)) troubles.delete(source)
  }
  for (const [name, account] of found) {
    if (running.has(name)) continue
    running.set(name, { text: account.text, stop: startAccount(account, options, troubles) })
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((file) => /\.ya?ml$/.test(file))
  } catch {
    return []
  }
}

/** Gives what ends it. */
function startAccount(
  account: Account,
  options: CloudOptions,
  troubles: Map<string, CloudTrouble | undefined>,
): () => Promise<void> {
  const stop = new AbortController()
  const { signal } = stop
  const { values, collector } = account
  const { nowMs } = options
  const postForm = formPoster(signal)
  const signer = signerOf(collector.sign_in, { values, postForm, nowMs })
  const pace = paceOf(collector.requests_per_minute, signal)
  const readers = account.streams.flatMap((name) => {
    const stream = collector.streams[name]
    if (stream === undefined) return []
    const source = `cloud/${account.name}/${name}`
    const teller = tellerOf(source, options, troubles)
    const asker = new Asker({
      signer,
      pace,
      signal,
      onWait: teller.trouble,
      nowMs,
    })
    return [keepReading(stream, { account, source, options, asker, signal, teller })]
  })
  return async () => {
    stop.abort()
    await Promise.allSettled(readers)
  }
}

type Teller = {
  readonly trouble: (trouble: CloudTrouble) => void
  readonly well: () => void
}

/** Says the same trouble once, until the stream was read again. */
function tellerOf(
  source: string,
  { onEvent }: CloudOptions,
  troubles: Map<string, CloudTrouble | undefined>,
): Teller {
  troubles.set(source, undefined)
  const said = new Set<CloudTrouble['code']>()
  let isStarted = false
  return {
    trouble: (trouble) => {
      const isPassed = trouble.code === 'gap' || trouble.code === 'object'
      if (!isPassed) troubles.set(source, trouble)
      if (!said.has(trouble.code)) onEvent({ kind: 'trouble', source, trouble })
      said.add(trouble.code)
    },
    well: () => {
      said.clear()
      if (troubles.get(source) !== undefined) onEvent({ kind: 'recovered', source })
      else if (!isStarted) onEvent({ kind: 'started', source })
      isStarted = true
      troubles.set(source, undefined)
    },
  }
}

type Reading = {
  readonly account: Account
  readonly source: string
  readonly options: CloudOptions
  readonly asker: Asker
  readonly signal: AbortSignal
  readonly teller: Teller
}

async function keepReading(stream: CloudStream, reading: Reading): Promise<void> {
  const { account, source, options, asker, signal, teller } = reading
  const { intake, positions, nowMs } = options
  let pauseMs = FIRST_PAUSE_MS
  const onRead = () => {
    pauseMs = FIRST_PAUSE_MS
    teller.well()
  }
  while (!signal.aborted) {
    try {
      const startMs = account.sinceMs ?? nowMs() - FIRST_START_MS
      const state = StreamState.open(source, await positions.get(source), startMs)
      const origin = intake.open({ kind: 'cloud', source, context: '' })
      const { values } = account
      const told = { onTrouble: teller.trouble, onRead }
      await readStream(stream, { asker, intake, origin, state, values, signal, nowMs, ...told })
    } catch (thrown) {
      if (signal.aborted) return
      teller.trouble(
        thrown instanceof CloudFailure
          ? thrown.trouble
          : { code: 'unreadable', reason: reasonOf(thrown) },
      )
      await sleep(pauseMs, undefined, { signal }).catch(() => {})
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    }
  }
}

function readStream(stream: CloudStream, parts: StreamParts): Promise<never> {
  switch (stream.kind) {
    case 'poll':
      return readPolled(stream, parts)
    case 'objects':
      return readObjects(stream, parts)
    case 'queue':
      return readQueue(stream, parts)
    case 'pubsub':
      return readPubSub(stream, parts)
    default:
      return stream satisfies never
  }
}
