// The holder's side: a hub that others named as keeper of a key. It computes on blinded values and sees how many; what is reported
// under its key it never sees, and whoever collects has no key.

import type { z } from 'zod'
import { DAY_MS } from '../../core/index.ts'
import { BlindQuestionSchema } from '../../model/index.ts'
import type {
  BlindAnswerSchema,
  ThresholdKeyAnswerSchema,
  ThresholdRefusal,
  ThresholdState,
} from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { elementsIn } from '../blind/answer-at-hub.ts'
import type { BlindHub } from '../blind/epochs.ts'
import { leftOfClass, spend } from '../blind/spend.ts'
import { newKeyPair, readyVoprf } from '../blind/voprf.ts'
import type { KeyPair } from '../blind/voprf.ts'
import { isAgreed } from '../peer/live-members.ts'
import type { PeerRow } from '../peer/peers.ts'

export const HOLDER_PATHS = {
  key: '/vigie/threshold/key',
  evaluate: '/vigie/threshold/evaluate',
} as const

/** Addresses that log in from outside are few; at 5,000 a day all of IPv4 takes 2,300 years, and a key lasts a month. */
export const LOGIN_BUDGET = 5000
const CLASS = 'login'
const EPOCH_MS = 30 * DAY_MS

type Asking = { readonly row: PeerRow; readonly nowMs: number }
type Answer = { readonly status: number; readonly body: unknown }
type HeldKey = { readonly epoch: number; readonly pair: KeyPair; readonly endsMs: number }

/** Undefined for another path. */
export async function answerAtHolder(
  blind: BlindHub,
  { row, nowMs }: Asking,
  { path, body }: { readonly path: string; readonly body: unknown },
): Promise<Answer | undefined> {
  if (path !== HOLDER_PATHS.key && path !== HOLDER_PATHS.evaluate) return undefined
  const { records } = blind.hub
  if (!(await isAgreed(records, row.name, nowMs))) return refused(403, 'not agreed')
  const of = { peer: row.name, class: CLASS, most: LOGIN_BUDGET, nowMs }
  if (path === HOLDER_PATHS.key) {
    const { epoch, pair, endsMs } = await heldKey(blind, nowMs)
    const said: z.infer<typeof ThresholdKeyAnswerSchema> = {
      epoch,
      key: hex(pair.publicKey),
      ends: new Date(endsMs).toISOString(),
      left: await leftOfClass(records, of),
    }
    return { status: 200, body: said }
  }
  const asked = BlindQuestionSchema.omit({ class: true }).safeParse(body)
  if (!asked.success) return refused(400, 'not readable')
  const elements = elementsIn(asked.data.blinded)
  if (elements === undefined) return refused(400, 'no element')
  const { epoch, pair } = await heldKey(blind, nowMs)
  if (epoch !== asked.data.epoch) return refused(409, 'another epoch')
  const spent = await spend(records, { ...of, count: elements.length })
  if (!spent.ok) return refused(429, spent.refused)
  const evaluation = await blind.crunch.evaluate(pair, elements)
  if (evaluation === undefined) return refused(400, 'no element')
  const said: z.infer<typeof BlindAnswerSchema> = {
    evaluated: Buffer.concat(evaluation.evaluated).toString('base64'),
    proof: Buffer.from(evaluation.proof).toString('base64'),
  }
  return { status: 200, body: said }
}

function refused(status: number, why: ThresholdRefusal): Answer {
  return { status, body: { refused: why } }
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const aboutOf = (epoch: number) => `threshold key ${epoch}`

/** The key that holds now; with a new one the former is destroyed, so what was reported under it can never be opened by trying. */
async function heldKey(blind: BlindHub, nowMs: number): Promise<HeldKey> {
  const before = await readKey(blind)
  if (before !== undefined && nowMs < before.endsMs) return before
  return blind.inTurn(async () => {
    const meanwhile = await readKey(blind)
    return meanwhile !== undefined && nowMs < meanwhile.endsMs ? meanwhile : begin(blind, nowMs)
  })
}

async function readKey({ hub, seal }: BlindHub): Promise<HeldKey | undefined> {
  const row = await liveRow(hub.records)
  if (row?.sealed_key == null) return undefined
  const secret = seal.open(row.sealed_key, aboutOf(row.epoch))
  const pair = {
    secretKey: Buffer.from(secret, 'hex'),
    publicKey: Buffer.from(row.public_key, 'hex'),
  }
  return { epoch: row.epoch, pair, endsMs: row.ends.getTime() }
}

function liveRow(records: Records) {
  return records
    .selectFrom('threshold_keys')
    .selectAll()
    .where('ended', 'is', null)
    .executeTakeFirst()
}

async function begin({ hub, seal }: BlindHub, nowMs: number): Promise<HeldKey> {
  await readyVoprf()
  const pair = newKeyPair()
  const endsMs = nowMs + EPOCH_MS
  return hub.records.transaction().execute(async (step) => {
    const last = await step
      .selectFrom('threshold_keys')
      .select((of) => of.fn.max('epoch').as('epoch'))
      .executeTakeFirst()
    const epoch = (last?.epoch ?? 0) + 1
    await step
      .updateTable('threshold_keys')
      .set({ ended: new Date(nowMs), sealed_key: null })
      .where('ended', 'is', null)
      .execute()
    await step
      .insertInto('threshold_keys')
      .values({
        epoch,
        public_key: hex(pair.publicKey),
        sealed_key: seal.seal(hex(pair.secretKey), aboutOf(epoch)),
        made: new Date(nowMs),
        ends: new Date(endsMs),
      })
      .execute()
    return { epoch, pair, endsMs }
  })
}

/** What people of the holder see: who asked how much in 24 hours. */
export async function holderState(
  records: Records,
  nowMs: number,
): Promise<NonNullable<ThresholdState['hub']>['key']> {
  const row = await liveRow(records)
  if (row === undefined) return null
  const rows = await records
    .selectFrom('blind_asked')
    .select((of) => ['peer', of.fn.sum('asked').as('asked'), of.fn.sum('refused').as('refused')])
    .where('key_class', '=', CLASS)
    .where('hour', '>', new Date(nowMs - DAY_MS))
    .groupBy('peer')
    .orderBy('peer')
    .execute()
  return {
    epoch: row.epoch,
    fingerprint: row.public_key.slice(0, 16),
    ends: row.ends.toISOString(),
    asked: rows.map(({ peer, asked, refused: not }) => ({
      peer,
      asked: Number(asked),
      refused: Number(not),
    })),
  }
}
