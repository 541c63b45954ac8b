// The whole verification: signatures, the tree from its first entry, the digests made again from stored lines, the ledger.

import { DAY_MS } from '../../core/index.ts'
import type { EvidenceFlaw, EvidenceReport } from '../../model/index.ts'
import type { Store } from '../../store/index.ts'
import { decodeEntry } from '../batch/entry.ts'
import type { BatchEntry } from '../batch/entry.ts'
import { logSize } from '../log/read-log.ts'
import { openCheckpoint } from '../notes/checkpoint.ts'
import type { VerifierKey } from '../notes/keys.ts'
import { checkBatches } from './check-batches.ts'
import type { Logged } from './check-batches.ts'
import { checkLedger, countUncovered, unknownBatches } from './check-ledger.ts'
import { walkLog } from './walk-log.ts'
import type { SignedRoot } from './walk-log.ts'

export type Verify = {
  readonly store: Store
  readonly key: VerifierKey
  /** Checkpoints beside those of the records: the file that lies apart from them, and what others kept. */
  readonly checkpoints: readonly string[]
  readonly askedMs: number
  readonly onProgress?: (report: EvidenceReport) => void
}

const MOST_LISTED = 1000
/** Lines whose digests are made again by one statement, and batches at most. */
const LINES_AT_ONCE = 500_000
const BATCHES_AT_ONCE = 500

type Tally = Pick<EvidenceReport, 'batches' | 'lines'> & { flaws: EvidenceFlaw[] }

/** Never throws for what it finds; throws what the engines throw. Lines that arrive meanwhile are left to the next one. */
export async function verifyEvidence(verify: Verify): Promise<EvidenceReport> {
  const { store, onProgress } = verify
  const { records, events } = store
  const size = await logSize(records)
  const signed = await signedRoots(verify)
  const tally: Tally = {
    batches: { verified: 0, expired: 0, uncovered: 0 },
    lines: 0,
    flaws: [...signed.flaws],
  }
  const kept = await retentionBefore(store)
  const check = collect(store, tally, kept)
  const walk = await walkLog(records, { size, signed: signed.roots }, async (entries, chunks) => {
    await check.add(entries, chunks)
    onProgress?.(reportOf(verify, { size, tally, state: 'running' }))
  })
  await check.end()
  tally.flaws.push(...walk.flaws, ...(await unknownBatches(events.ask, records)))
  tally.batches.uncovered = await countUncovered(records)
  const done = reportOf(verify, { size, tally, state: 'done' })
  return { ...done, root: walk.root.toString('base64'), checkpoints: walk.agreed }
}

function reportOf(
  { askedMs }: Verify,
  { size, tally, state }: { size: number; tally: Tally; state: EvidenceReport['state'] },
): EvidenceReport {
  return {
    state,
    asked: new Date(askedMs).toISOString(),
    ended: null,
    size,
    root: '',
    checkpoints: 0,
    batches: { ...tally.batches },
    lines: tally.lines,
    flaws: tally.flaws.slice(0, MOST_LISTED),
    flawCount: tally.flaws.length,
    problem: null,
    quorum: 'none',
    elsewhere: { asked: 0, answered: 0 },
  }
}

async function signedRoots({ store, key, checkpoints }: Verify) {
  const rows = await store.records
    .selectFrom('evidence_checkpoints')
    .select(['size', 'note'])
    .execute()
  const notes = [
    ...rows.map(({ size, note }) => ({ what: String(size), note })),
    ...checkpoints.map((note) => ({ what: note.split('\n')[1] ?? '', note })),
  ]
  const roots: SignedRoot[] = []
  const flaws: EvidenceFlaw[] = []
  for (const { what, note } of notes) {
    const opened = openCheckpoint(note, [key])
    if (opened.ok) roots.push({ size: Number(opened.value.size), root: opened.value.root })
    else flaws.push({ kind: 'checkpoint_unsigned', what: what.slice(0, 30), from: null, to: null })
  }
  return { roots, flaws }
}

/** The newest day that the log says retention has reached, in milliseconds; what came before may be gone. */
async function retentionBefore({ records }: Store): Promise<number> {
  const row = await records
    .selectFrom('evidence_entries')
    .select('entry')
    .where('kind', '=', 'retention')
    .where('at', 'is not', null)
    .orderBy('at', 'desc')
    .executeTakeFirst()
  const entry = row === undefined ? undefined : decodeEntry(row.entry)
  return entry?.type === 'retention' ? Date.parse(entry.before) : 0
}

function collect({ records, events }: Store, tally: Tally, keptFromMs: number) {
  let waiting: Logged[] = []
  let lines = 0
  const flush = async () => {
    const flaws = await checkBatches(events.ask, waiting)
    const wrong = new Set(flaws.map(({ what }) => what))
    tally.flaws.push(
      ...flaws,
      ...(await checkLedger(
        records,
        waiting.map(({ entry }) => entry),
      )),
    )
    for (const { entry } of waiting.filter((one) => !wrong.has(one.entry.batch))) {
      tally.batches.verified += 1
      tally.lines += entry.lines
    }
    waiting = []
    lines = 0
  }
  const addBatch = async (entry: BatchEntry, chunks: Uint8Array) => {
    if (dayOf(entry.first) < keptFromMs) {
      tally.batches.expired += 1
      return
    }
    waiting.push({ entry, chunks })
    lines += entry.lines
    if (lines >= LINES_AT_ONCE || waiting.length >= BATCHES_AT_ONCE) await flush()
  }
  return {
    add: async (entries: readonly Uint8Array[], chunks: readonly Uint8Array[]) => {
      for (const [at, bytes] of entries.entries()) {
        const entry = decodeEntry(bytes)
        if (entry?.type === 'batch') await addBatch(entry, chunks[at] ?? new Uint8Array())
        if (entry === undefined)
          tally.flaws.push({
            kind: 'entry_unreadable',
            what: Buffer.from(bytes).toString('utf8').slice(0, 80),
            from: null,
            to: null,
          })
      }
    },
    end: flush,
  }
}

function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS
}
