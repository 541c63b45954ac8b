// What a hub answers a member that asks blindly: its list, as far as the policy lets this member know of each value on it, and
// evaluations, as far as the member's budget goes.

import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { BLIND_PAGE, BlindListAskSchema, BlindQuestionSchema } from '../../model/index.ts'
import type {
  BlindAnswerSchema,
  BlindList,
  BlindListAsk,
  BlindQuestion,
  BlindRefusal,
} from '../../model/index.ts'
import { judgeFor } from '../hub/hub-context.ts'
import { BLIND_PLACE, HUB_ROOT } from '../hub/places.ts'
import { isAgreed } from '../peer/live-members.ts'
import type { PeerRow } from '../peer/peers.ts'
import { currentEpoch } from './epochs.ts'
import type { BlindHub } from './epochs.ts'
import { MACHINE, logBlind } from './log.ts'
import { budgetOf, leftOf, spend } from './spend.ts'
import { filledUp } from './tags.ts'
import type { PublishedTag } from './tags.ts'
import { ELEMENT_BYTES } from './voprf.ts'

export const BLIND_PATHS = { list: '/vigie/blind/list', evaluate: '/vigie/blind/evaluate' } as const

export type BlindAsking = { readonly row: PeerRow; readonly nowMs: number }
type Answer = { readonly status: number; readonly body: unknown }

/** Undefined for another path. */
export async function answerBlindAtHub(
  blind: BlindHub,
  asking: BlindAsking,
  { path, body }: { readonly path: string; readonly body: unknown },
): Promise<Answer | undefined> {
  if (path !== BLIND_PATHS.list && path !== BLIND_PATHS.evaluate) return undefined
  if (!(await isAgreed(blind.hub.records, asking.row.name, asking.nowMs)))
    return refused(403, 'not agreed')
  if (path === BLIND_PATHS.list) {
    const asked = BlindListAskSchema.safeParse(body)
    return asked.success ? list(blind, asking, asked.data) : refused(400, 'not readable')
  }
  const asked = BlindQuestionSchema.safeParse(body)
  return asked.success ? evaluate(blind, asking, asked.data) : refused(400, 'not readable')
}

function refused(status: number, why: BlindRefusal): Answer {
  return { status, body: { refused: why } }
}

async function list(
  blind: BlindHub,
  asking: BlindAsking,
  { known, after }: BlindListAsk,
): Promise<Answer> {
  const { row, nowMs } = asking
  const { records } = blind.hub
  const { epoch, keys, endsMs } = await currentEpoch(blind, nowMs)
  const { own, withheld } = await tagsFor(blind, asking, epoch)
  const all = filledUp(own, { secret: blind.secret, epoch })
  const digest = digestOf(epoch, all)
  const rest = known === digest ? [] : all.filter(({ tag }) => tag > after)
  if (known !== digest && after === '') {
    const about = `${own.length}; ${withheld}`
    await logBlind(records, { peer: row.name, act: 'list given', about, by: MACHINE, nowMs })
  }
  const said: BlindList = {
    epoch,
    keys,
    ends: new Date(endsMs).toISOString(),
    digest,
    size: all.length,
    left: await leftOf(records, row.name, nowMs),
    tags: rest.slice(0, BLIND_PAGE),
    more: rest.length > BLIND_PAGE,
  }
  return { status: 200, body: said }
}

function digestOf(epoch: number, tags: readonly PublishedTag[]): string {
  const digest = createHash('sha256').update(`${epoch}\n`)
  for (const { tag, record } of tags) digest.update(`${tag} ${record}\n`)
  return digest.digest('hex')
}

/** Of the values this member may know of: the policy decides on each, at each question. */
async function tagsFor({ hub }: BlindHub, { row, nowMs }: BlindAsking, epoch: number) {
  const judge = await judgeFor(hub, row, { nowMs })
  const rows = await hub.records
    .selectFrom('blind_tags as tag')
    .innerJoin('taxii_objects as object', 'object.id', 'tag.indicator')
    .select(['tag.tag', 'tag.record', 'object.body'])
    .where('tag.epoch', '=', epoch)
    .where('object.root', '=', HUB_ROOT)
    .where('object.collection', '=', BLIND_PLACE)
    .where('object.is_last', '=', true)
    .execute()
  const own: PublishedTag[] = []
  const reasons = new Map<string, number>()
  for (const { tag, record, body } of rows) {
    const decision = judge(JSON.parse(body), BLIND_PLACE)
    if (decision.verdict === 'send') own.push({ tag, record })
    else {
      const rule = decision.reasons[0]?.rule ?? 'parts are marked'
      reasons.set(rule, (reasons.get(rule) ?? 0) + 1)
    }
  }
  const withheld = [...reasons].map(([rule, count]) => `${rule} ${count}`).join(', ')
  return { own, withheld: withheld === '' ? '–' : withheld }
}

async function evaluate(
  blind: BlindHub,
  { row, nowMs }: BlindAsking,
  { epoch, class: name, blinded }: BlindQuestion,
): Promise<Answer> {
  const { records } = blind.hub
  const elements = elementsIn(blinded)
  if (elements === undefined) return refused(400, 'no element')
  const current = await currentEpoch(blind, nowMs)
  if (current.epoch !== epoch) return refused(409, 'another epoch')
  const spent = await spend(records, {
    peer: row.name,
    class: name,
    count: elements.length,
    most: (await budgetOf(records, row.name))[name],
    nowMs,
  })
  if (!spent.ok) {
    if (spent.isFirst) {
      const about = `${spent.refused}: ${name}, ${elements.length}`
      await logBlind(records, { peer: row.name, act: 'refused', about, by: MACHINE, nowMs })
    }
    return refused(429, spent.refused)
  }
  const evaluation = await blind.crunch.evaluate(current.pairs[name], elements)
  if (evaluation === undefined) return refused(400, 'no element')
  const said: z.infer<typeof BlindAnswerSchema> = {
    evaluated: Buffer.concat(evaluation.evaluated).toString('base64'),
    proof: Buffer.from(evaluation.proof).toString('base64'),
  }
  return { status: 200, body: said }
}

/** Undefined where the bytes are no whole number of elements. */
export function elementsIn(base64: string): readonly Buffer[] | undefined {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length === 0 || bytes.length % ELEMENT_BYTES !== 0) return undefined
  return Array.from({ length: bytes.length / ELEMENT_BYTES }, (_, at) =>
    bytes.subarray(at * ELEMENT_BYTES, (at + 1) * ELEMENT_BYTES),
  )
}
