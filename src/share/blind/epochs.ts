// A hub's keys for a time: one for each class of values, the same for all members. With a new epoch the former keys are destroyed:
// what was asked under them can never be asked again.

import { z } from 'zod'
import { DAY_MS } from '../../core/index.ts'
import { BLIND_CLASSES, BlindKeysSchema, BlindKindSchema, classOfKind } from '../../model/index.ts'
import type { BlindClass, BlindKeys, BlindKind, BlindRecord } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import type { Hub } from '../hub/hub-context.ts'
import type { Crunch } from './crunch.ts'
import { MACHINE, fingerprintOf, logBlind } from './log.ts'
import { sealRecord, tagOf } from './tags.ts'
import { inputOf } from './values.ts'
import { newKeyPair, readyVoprf } from './voprf.ts'
import type { KeyPair } from './voprf.ts'

/** Seals what has to be kept: `app` gives the station's own. */
export type BlindSeal = {
  readonly seal: (text: string, about: string) => string
  readonly open: (sealed: string, about: string) => string
}

export type BlindHub = {
  readonly hub: Hub
  readonly crunch: Crunch
  readonly seal: BlindSeal
  /** Makes the padding; never leaves. */
  readonly secret: string
  /** What changes keys or values is done one after another. */
  readonly inTurn: <T>(act: () => Promise<T>) => Promise<T>
}

export type Epoch = {
  readonly epoch: number
  readonly keys: BlindKeys
  readonly pairs: Readonly<Record<BlindClass, KeyPair>>
  readonly endsMs: number
}

/** Facts ask for a month or so: shorter costs members their budget, longer gives whoever tries values more time. */
const EPOCH_MS = 30 * DAY_MS
const SecretsSchema = z.object({ address: z.string().length(64), other: z.string().length(64) })

/** The epoch that holds now; the first is begun at the first question, the next when one is over. */
export async function currentEpoch(blind: BlindHub, nowMs: number): Promise<Epoch> {
  const before = await readEpoch(blind)
  if (before !== undefined && nowMs < before.endsMs) return before
  return blind.inTurn(async () => {
    const meanwhile = await readEpoch(blind)
    if (meanwhile !== undefined && nowMs < meanwhile.endsMs) return meanwhile
    return begin(blind, { nowMs, by: MACHINE })
  })
}

/** Begins a new epoch now: a key may be known to somebody, or somebody tried too much under it. */
export async function rotateEpoch(
  blind: BlindHub,
  act: { readonly nowMs: number; readonly by: string },
): Promise<Epoch> {
  return blind.inTurn(() => begin(blind, act))
}

async function readEpoch({ hub, seal }: BlindHub): Promise<Epoch | undefined> {
  const row = await hub.records
    .selectFrom('blind_epochs')
    .selectAll()
    .where('ended', 'is', null)
    .executeTakeFirst()
  if (row?.sealed_keys == null) return undefined
  const { epoch, ends } = row
  const keys = BlindKeysSchema.parse(row.public_keys)
  const secrets = SecretsSchema.parse(JSON.parse(seal.open(row.sealed_keys, aboutOf(epoch))))
  return {
    epoch,
    keys,
    pairs: {
      address: pairOf(secrets.address, keys.address),
      other: pairOf(secrets.other, keys.other),
    },
    endsMs: ends.getTime(),
  }
}

function pairOf(secret: string, open: string): KeyPair {
  return { secretKey: Buffer.from(secret, 'hex'), publicKey: Buffer.from(open, 'hex') }
}

const aboutOf = (epoch: number) => `blind epoch ${epoch}`
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

async function begin(
  blind: BlindHub,
  { nowMs, by }: { readonly nowMs: number; readonly by: string },
): Promise<Epoch> {
  await readyVoprf()
  const { hub, seal } = blind
  const pairs = { address: newKeyPair(), other: newKeyPair() }
  const keys = { address: hex(pairs.address.publicKey), other: hex(pairs.other.publicKey) }
  const secrets = { address: hex(pairs.address.secretKey), other: hex(pairs.other.secretKey) }
  const last = await hub.records
    .selectFrom('blind_epochs')
    .select((of) => of.fn.max('epoch').as('epoch'))
    .executeTakeFirst()
  const epoch = (last?.epoch ?? 0) + 1
  const made: Epoch = { epoch, keys, pairs, endsMs: nowMs + EPOCH_MS }
  const tags = await tagsOf(blind, made, await liveIndicators(hub.records))
  await hub.records.transaction().execute(async (step) => {
    await step
      .updateTable('blind_epochs')
      .set({ ended: new Date(nowMs), sealed_keys: null })
      .where('ended', 'is', null)
      .execute()
    await step.deleteFrom('blind_tags').execute()
    await step
      .insertInto('blind_epochs')
      .values({
        epoch,
        public_keys: JSON.stringify(keys),
        sealed_keys: seal.seal(JSON.stringify(secrets), aboutOf(epoch)),
        made: new Date(nowMs),
        ends: new Date(made.endsMs),
      })
      .execute()
    await insertTags(step, tags)
    await logBlind(step, {
      peer: '',
      act: 'epoch begun',
      about: `${epoch}: ${fingerprintOf(keys)}`,
      by,
      nowMs,
    })
  })
  return made
}

export type LiveIndicator = BlindRecord & { readonly kind: BlindKind; readonly value: string }

export async function liveIndicators(records: Records): Promise<readonly LiveIndicator[]> {
  const rows = await records
    .selectFrom('blind_indicators')
    .select(['id', 'kind', 'value', 'note', 'marking'])
    .where('ended', 'is', null)
    .execute()
  return rows.map(({ id, kind, value, note, marking }) => ({
    id,
    kind: BlindKindSchema.parse(kind),
    value,
    note,
    marking: marking as BlindRecord['marking'], // schema edge: checked when it was added
  }))
}

export type Tag = {
  readonly epoch: number
  readonly indicator: string
  readonly tag: string
  readonly record: string
}

/** Tags of values under an epoch's keys. */
export async function tagsOf(
  { crunch }: Pick<BlindHub, 'crunch'>,
  { epoch, pairs }: Pick<Epoch, 'epoch' | 'pairs'>,
  indicators: readonly LiveIndicator[],
): Promise<readonly Tag[]> {
  const tags: Tag[] = []
  for (const name of BLIND_CLASSES) {
    const own = indicators.filter(({ kind }) => classOfKind(kind) === name)
    for (let at = 0; at < own.length; at += PER_STEP) {
      const some = own.slice(at, at + PER_STEP)
      const outputs = await crunch.direct(pairs[name].secretKey, some.map(inputOf))
      for (const [place, { id, note, marking }] of some.entries()) {
        const { tag, recordKey } = tagOf(outputs[place] ?? new Uint8Array())
        tags.push({
          epoch,
          indicator: id,
          tag,
          record: sealRecord({ id, note, marking }, recordKey),
        })
      }
    }
  }
  return tags
}

const PER_STEP = 500

export async function insertTags(records: Records, tags: readonly Tag[]): Promise<void> {
  for (let at = 0; at < tags.length; at += PER_STEP)
    await records
      .insertInto('blind_tags')
      .values(tags.slice(at, at + PER_STEP))
      .execute()
}
