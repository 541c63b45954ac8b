// A running station's evidence: entries get their place, checkpoints are signed on a schedule, people verify and export.

import { createHash } from 'node:crypto'
import { DAY_MS, SECOND_MS, canonicalJson, reasonOf } from '../core/index.ts'
import type { Clock } from '../core/index.ts'
import type { EvidenceBundle, EvidenceReport, EvidenceState } from '../model/index.ts'
import type { Records, Store } from '../store/index.ts'
import { decodeEntry, encodeEntry } from './batch/entry.ts'
import type { Entry } from './batch/entry.ts'
import { exportBundle, leastSize, placesOfBatch } from './bundle/export-bundle.ts'
import type { Place } from './bundle/export-bundle.ts'
import { appendWaiting } from './log/append.ts'
import { entriesOfTile, logSize, tileHashes } from './log/read-log.ts'
import { keptCheckpoint, signCheckpoint } from './log/sign-checkpoint.ts'
import { encodeEntries } from './log/tiles.ts'
import { openCheckpoint } from './notes/checkpoint.ts'
import { verifierKeyText } from './notes/keys.ts'
import type { SignerKey } from './notes/keys.ts'
import { verifyEvidence } from './verify/verify.ts'
import { newestUnderQuorum, withCosignatures } from './witness/cosigned.ts'
import { policyRow, quorumState, readPolicy } from './witness/quorum.ts'

export type Evidence = {
  /** That checkpoints of this log are signed with. */
  readonly key: SignerKey
  readonly state: () => Promise<Omit<EvidenceState, 'witnessing'>>
  /** Appends what waits and signs. Gives the note. Throws EVIDENCE_REWRITTEN. */
  readonly checkpoint: () => Promise<string>
  /** A tile's hashes, or with 'entries' its entries, as far as the newest checkpoint goes; empty beyond. */
  readonly tile: (level: number | 'entries', n: number) => Promise<Uint8Array>
  /** Starts a verification; one that runs is given back. */
  readonly verify: (checkpoints: readonly string[]) => EvidenceReport
  readonly report: () => EvidenceReport | null
  readonly exportLines: (
    places: readonly Place[],
    batches: readonly string[],
  ) => Promise<EvidenceBundle>
  /** Something that nobody shall be able to deny: its digest is logged. `id` names it once and for all. */
  readonly note: (id: string, about: string, thing: unknown) => Promise<void>
  /** Digests of what was noted under ids that begin so. */
  readonly noted: (prefix: string) => Promise<ReadonlyMap<string, string>>
  /** What lies before this day is about to be dropped. */
  readonly retention: (beforeMs: number, days: number) => Promise<void>
  /** Whom to ask for what they signed of this log, whenever it is verified. */
  readonly elsewhere: (ask: AskElsewhere) => void
  readonly close: () => Promise<void>
}

/** Notes that others signed last; how many were asked for one. Those who do not answer hold nothing up. */
export type AskElsewhere = (
  origin: string,
) => Promise<{ readonly asked: number; readonly notes: readonly string[] }>

export type OpenEvidence = {
  readonly store: Store
  readonly key: SignerKey
  /** Where the newest checkpoint is kept apart from the records. */
  readonly folder: string
  readonly clock: Clock
  readonly everyMs?: number
  readonly onTrouble: (cause: unknown) => void
}

export function openEvidence(options: OpenEvidence): Evidence {
  const { store, key, clock } = options
  const { records } = store
  const schedule = startSchedule(options)
  const verifications = openVerifications(options)
  return {
    key,
    state: () => stateOf(options),
    checkpoint: schedule.now,
    tile: async (level, n) => {
      const size = await logSize(records)
      if (level !== 'entries') return tileHashes(records, level, n)
      return encodeEntries(await entriesOfTile(records, n, size))
    },
    verify: verifications.start,
    report: verifications.report,
    exportLines: async (places, batches) => {
      const checkpoint = await schedule.now()
      const whole: Place[] = []
      for (const batch of batches) whole.push(...(await placesOfBatch(store.events.ask, batch)))
      const all = [...places, ...whole]
      const shown = await shownCheckpoint(store, checkpoint, all)
      const bundle = { store, places: all, key: verifierKeyText(key), nowMs: clock.nowMs() }
      return exportBundle({ ...bundle, ...shown })
    },
    elsewhere: verifications.elsewhere,
    note: async (id, about, thing) => {
      const digest = noteDigest(thing)
      await write(options, `note:${id}`, { type: 'note', about, digest, made: clock.nowMs() })
    },
    noted: (prefix) => notedUnder(records, prefix),
    retention: async (beforeMs, days) => {
      const before = new Date(Math.floor(beforeMs / DAY_MS) * DAY_MS).toISOString().slice(0, 10)
      const entry = { type: 'retention', before, days, made: clock.nowMs() } as const
      await write(options, `retention:${before}`, entry)
    },
    close: async () => {
      await schedule.close()
      await verifications.close()
    },
  }
}

/** The newest checkpoint that covers the lines and meets the quorum; else the newest of all, with who signed it so far. */
async function shownCheckpoint(store: Store, newest: string, places: readonly Place[]) {
  const { records } = store
  const row = await policyRow(records)
  const policy = await readPolicy(records)
  const least = await leastSize(store, [...new Set(places.map(({ batch }) => batch))])
  const met = policy === undefined ? undefined : await newestUnderQuorum(records, policy, least)
  const size = Number(newest.split('\n')[1])
  const shown = met ?? { size, note: await withCosignatures(records, size, newest) }
  return { checkpoint: shown.note, size: shown.size, policy: row?.policy }
}

async function stateOf({
  store,
  key,
  folder,
  clock,
}: OpenEvidence): Promise<Omit<EvidenceState, 'witnessing'>> {
  const { records } = store
  const newest = await records
    .selectFrom('evidence_checkpoints')
    .select(['note', 'made'])
    .orderBy('size', 'desc')
    .executeTakeFirst()
  const waiting = await records
    .selectFrom('evidence_entries')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('at', 'is', null)
    .executeTakeFirstOrThrow()
  return {
    asOf: new Date(clock.nowMs()).toISOString(),
    origin: key.name,
    key: verifierKeyText(key),
    size: await logSize(records),
    waiting: Number(waiting.n),
    checkpoint: newest?.note ?? keptCheckpoint(folder) ?? null,
    checkpointMade: newest === undefined ? null : new Date(newest.made).toISOString(),
  }
}

/** SHA-256 of a thing as canonical JSON, as the log says it. */
export function noteDigest(thing: unknown): string {
  return createHash('sha256').update(canonicalJson(thing)).digest('hex')
}

async function notedUnder(records: Records, prefix: string): Promise<ReadonlyMap<string, string>> {
  const rows = await records
    .selectFrom('evidence_entries')
    .select(['id', 'entry'])
    .where('kind', '=', 'note')
    .where((by) => by.fn('starts_with', ['id', by.val(`note:${prefix}`)]))
    .execute()
  const notes = rows.map(({ id, entry }) => {
    const read = decodeEntry(entry)
    // A row that is no note any more has the digest of nothing.
    return [id.slice('note:'.length), read?.type === 'note' ? read.digest : ''] as const
  })
  return new Map(notes)
}

/** Entries that are no batches are written once under their id. */
async function write({ store, clock }: OpenEvidence, id: string, entry: Entry): Promise<void> {
  await store.records
    .insertInto('evidence_entries')
    .values({
      id,
      kind: entry.type,
      at: null,
      entry: encodeEntry(entry),
      chunks: new Uint8Array(),
      made: new Date(clock.nowMs()),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const EVERY_MS = 30 * SECOND_MS

/** One after another, whoever asks. */
function startSchedule(options: OpenEvidence) {
  const { store, key, folder, clock, everyMs = EVERY_MS, onTrouble } = options
  let turn: Promise<unknown> = Promise.resolve()
  const now = (): Promise<string> => {
    const next = turn.then(async () => {
      await appendWaiting(store.records)
      return signCheckpoint({ records: store.records, key, folder, nowMs: clock.nowMs() })
    })
    turn = next.catch(() => undefined)
    return next
  }
  const timer = setInterval(() => void now().catch(onTrouble), everyMs)
  timer.unref()
  return {
    now,
    close: async () => {
      clearInterval(timer)
      await turn
    },
  }
}

function openVerifications(options: OpenEvidence) {
  const { store, key, folder, clock, onTrouble } = options
  let newest: EvidenceReport | null = null
  let running: Promise<void> = Promise.resolve()
  let ask: AskElsewhere = async () => ({ asked: 0, notes: [] })
  const run = async (checkpoints: readonly string[], askedMs: number) => {
    const kept = keptCheckpoint(folder)
    const { asked, notes } = await ask(key.name)
    // What is not signed with this station's key is nobody's word about this log.
    const signed = notes.filter((note) => openCheckpoint(note, [key]).ok)
    const known = [...checkpoints, ...(kept === undefined ? [] : [kept]), ...signed]
    const quorum = await quorumState(store.records, clock.nowMs())
    const about = { quorum, elsewhere: { asked, answered: signed.length } }
    const onProgress = (report: EvidenceReport) => {
      newest = { ...report, ...about }
    }
    const report = await verifyEvidence({ store, key, checkpoints: known, askedMs, onProgress })
    newest = { ...report, ...about, ended: new Date(clock.nowMs()).toISOString() }
  }
  return {
    start: (checkpoints: readonly string[]): EvidenceReport => {
      if (newest?.state === 'running') return newest
      const askedMs = clock.nowMs()
      newest = emptyReport(askedMs)
      const started = newest
      running = run(checkpoints, askedMs).catch((cause: unknown) => {
        newest = { ...started, state: 'failed', problem: reasonOf(cause) }
        onTrouble(cause)
      })
      return started
    },
    report: () => newest,
    elsewhere: (given: AskElsewhere) => {
      ask = given
    },
    close: () => running,
  }
}

function emptyReport(askedMs: number): EvidenceReport {
  return {
    state: 'running',
    asked: new Date(askedMs).toISOString(),
    ended: null,
    size: 0,
    root: '',
    checkpoints: 0,
    batches: { verified: 0, expired: 0, uncovered: 0 },
    lines: 0,
    flaws: [],
    flawCount: 0,
    problem: null,
    quorum: 'none',
    elsewhere: { asked: 0, answered: 0 },
  }
}
