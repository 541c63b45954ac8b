// What somebody who has nothing but a bundle can find out. Pure: no clock, no store, no network.

import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import { EvidenceBundleSchema } from '../../model/index.ts'
import type { BundleCheck, EvidenceBundle } from '../../model/index.ts'
import { decodeEntry } from '../batch/entry.ts'
import type { BatchEntry } from '../batch/entry.ts'
import { lineHash } from '../batch/line-record.ts'
import { isSame, leafHash } from '../merkle/hashes.ts'
import { inclusionFlaw, rootFrom } from '../merkle/verify.ts'
import { openCheckpoint } from '../notes/checkpoint.ts'
import type { OpenedCheckpoint } from '../notes/checkpoint.ts'
import { parseVerifierKey } from '../notes/keys.ts'
import type { VerifierKey } from '../notes/keys.ts'
import { isQuorum, parsePolicy } from '../witness/policy.ts'
import type { WitnessPolicy } from '../witness/policy.ts'

type Flaw = BundleCheck['flaws'][number]

export type BundleTrust = {
  readonly keys: readonly string[]
  /** A tlog-policy of whoever checks; it counts instead of the bundle's own. */
  readonly policy?: string | undefined
}

/**
 * Checks a bundle. `keys` are texts of keys that whoever checks trusts from elsewhere, the log's first; without one the
 * bundle's own key is used, which shows that the bundle is whole, not whose it is.
 */
export function checkBundle(given: unknown, { keys, policy }: BundleTrust): BundleCheck {
  const read = EvidenceBundleSchema.safeParse(given)
  if (!read.success) return broken('bundle', read.error.issues[0]?.message ?? 'not a bundle')
  const bundle = read.data
  const trusted = (keys.length === 0 ? [bundle.key] : keys).map(parseVerifierKey)
  const [log, ...cosigners] = trusted.filter((key) => key !== undefined)
  if (log === undefined || cosigners.length + 1 < trusted.length) return broken('key', 'not a key')
  const rule = readRule(policy ?? bundle.policy, log)
  if (!rule.ok) return broken('policy', rule.problem)
  const witnesses = rule.value === undefined ? [] : [...rule.value.witnesses.values()]
  const opened = openCheckpoint(bundle.checkpoint, [log, ...cosigners, ...witnesses])
  if (!opened.ok) return broken('checkpoint', opened.problem)
  const quorum = quorumOf(rule.value, opened.value)
  const entries = checkEntries(bundle, opened.value)
  const lines = checkLines(bundle, entries.batches)
  return {
    origin: opened.value.origin,
    size: String(opened.value.size),
    signedBy: opened.value.signed.map(({ key, atMs }) => ({
      name: key.name,
      at: atMs === undefined ? null : new Date(atMs).toISOString(),
    })),
    quorum,
    isOwnPolicy: policy === undefined && bundle.policy !== undefined,
    entries: bundle.entries.length - entries.flaws.length,
    lines: bundle.lines.length - lines.length,
    flaws: [
      ...(quorum === 'not met' ? [{ what: 'checkpoint', reason: 'the quorum is not met' }] : []),
      ...entries.flaws,
      ...lines,
    ],
  }
}

/** Undefined without a policy. One that names logs must name this one. */
function readRule(
  text: string | undefined,
  log: VerifierKey,
): Result<WitnessPolicy | undefined, string> {
  if (text === undefined) return ok(undefined)
  const parsed = parsePolicy(text)
  if (!parsed.ok) return failed(`line ${parsed.problem.line}: ${parsed.problem.reason}`)
  const { logs } = parsed.value
  const isForLog = logs.length === 0 || logs.some((one) => isSame(one.publicKey, log.publicKey))
  return isForLog ? ok(parsed.value) : failed('it names other logs than this one')
}

/** By the bytes of the keys: their names are labels. */
function quorumOf(
  rule: WitnessPolicy | undefined,
  { signed }: OpenedCheckpoint,
): BundleCheck['quorum'] {
  if (rule === undefined) return 'none'
  const has = (key: VerifierKey) =>
    signed.some((one) => one.key.kind === 'cosignature' && isSame(one.key.publicKey, key.publicKey))
  return isQuorum(rule, has) ? 'met' : 'not met'
}

function broken(what: string, reason: string): BundleCheck {
  return {
    origin: '',
    size: '0',
    signedBy: [],
    quorum: 'none',
    isOwnPolicy: false,
    entries: 0,
    lines: 0,
    flaws: [{ what, reason }],
  }
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
