// What somebody who has nothing but a bundle can find out. Pure: no clock, no store, no network.

import { EvidenceBundleSchema } from '../../model/index.ts'
import type { BundleCheck, EvidenceBundle } from '../../model/index.ts'
import { decodeEntry } from '../batch/entry.ts'
import type { BatchEntry } from '../batch/entry.ts'
import { lineHash } from '../batch/line-record.ts'
import { leafHash } from '../merkle/hashes.ts'
import { inclusionFlaw, rootFrom } from '../merkle/verify.ts'
import { openCheckpoint } from '../notes/checkpoint.ts'
import type { OpenedCheckpoint } from '../notes/checkpoint.ts'
import { parseVerifierKey } from '../notes/keys.ts'

type Flaw = BundleCheck['flaws'][number]

/**
 * Checks a bundle. `keys` are texts of keys that whoever checks trusts from elsewhere, the log's first; without one the
 * bundle's own key is used, which shows that the bundle is whole, not whose it is.
 */
export function checkBundle(given: unknown, keys: readonly string[]): BundleCheck {
  const read = EvidenceBundleSchema.safeParse(given)
  if (!read.success) return broken('bundle', read.error.issues[0]?.message ?? 'not a bundle')
  const bundle = read.data
  const trusted = (keys.length === 0 ? [bundle.key] : keys).map(parseVerifierKey)
  const [log, ...cosigners] = trusted.filter((key) => key !== undefined)
  if (log === undefined || cosigners.length + 1 < trusted.length) return broken('key', 'not a key')
  const opened = openCheckpoint(bundle.checkpoint, [log, ...cosigners])
  if (!opened.ok) return broken('checkpoint', opened.problem)
  const entries = checkEntries(bundle, opened.value)
  const lines = checkLines(bundle, entries.batches)
  return {
    origin: opened.value.origin,
    size: String(opened.value.size),
    signedBy: opened.value.signed.map(({ key, atMs }) => ({
      name: key.name,
      at: atMs === undefined ? null : new Date(atMs).toISOString(),
    })),
    entries: bundle.entries.length - entries.flaws.length,
    lines: bundle.lines.length - lines.length,
    flaws: [...entries.flaws, ...lines],
  }
}

function broken(what: string, reason: string): BundleCheck {
  return { origin: '', size: '0', signedBy: [], entries: 0, lines: 0, flaws: [{ what, reason }] }
}

function checkEntries({ entries }: EvidenceBundle, { size, root }: OpenedCheckpoint) {
  const batches = new Map<string, BatchEntry>()
  const flaws: Flaw[] = []
  for (const { at, entry, proof } of entries) {
    const bytes = Buffer.from(entry, 'utf8')
    const leaf = leafHash(bytes)
    const flaw = inclusionFlaw(size, { index: BigInt(at), leaf, root, proof: proof.map(bytesOf) })
    const decoded = decodeEntry(bytes)
    if (flaw !== undefined) flaws.push({ what: `entry ${at}`, reason: flaw })
    else if (decoded === undefined) flaws.push({ what: `entry ${at}`, reason: 'not an entry' })
    else if (decoded.type === 'batch') batches.set(decoded.batch, decoded)
  }
  return { batches, flaws }
}

function checkLines(
  { lines }: EvidenceBundle,
  batches: ReadonlyMap<string, BatchEntry>,
): readonly Flaw[] {
  return lines.flatMap((line) => {
    const entry = batches.get(line.batch)
    const reason = entry === undefined ? 'its batch is not proven' : lineFlaw(line, entry)
    return reason === undefined ? [] : [{ what: `line ${line.batch}:${line.line}`, reason }]
  })
}

function lineFlaw(
  { inChunk, inBatch, raw, ...line }: EvidenceBundle['lines'][number],
  { root }: BatchEntry,
): string | undefined {
  const leaf = lineHash({ ...line, raw: bytesOf(raw) })
  // The chunk's own root is not given: it is what the line's proof leads to.
  const chunk = climb(leaf, inChunk)
  if (chunk === undefined) return 'no way to its 256 lines'
  const batch = climb(chunk, inBatch)
  if (batch === undefined) return 'no way to its batch'
  return batch.toString('hex') === root ? undefined : 'root differs'
}

type Step = EvidenceBundle['lines'][number]['inChunk']

/** Where the proof leads; undefined when it is not one of this length. */
function climb(leaf: Uint8Array, { index, size, proof }: Step): Buffer | undefined {
  return rootFrom(BigInt(size), { index: BigInt(index), leaf, proof: proof.map(bytesOf) })
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text, 'base64')
}
