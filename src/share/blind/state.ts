// All that people see of blind matching: what this station asks and met, and at a hub what is asked of it.

import type { BlindState } from '../../model/index.ts'
import { BlindKeysSchema } from '../../model/index.ts'
import type { EventEngine, Records } from '../../store/index.ts'
import { listPeers } from '../peer/peers.ts'
import { listAsking } from './asking-records.ts'
import type { BlindHub } from './epochs.ts'
import { listHits } from './hits.ts'
import { fingerprintOf, readBlindLog } from './log.ts'
import { listSensitive } from './sensitive.ts'
import { spentByMembers } from './spend.ts'

export type BlindStateAsk = {
  readonly records: Records
  readonly engine: EventEngine
  readonly hub: BlindHub | undefined
  readonly nowMs: number
}

export async function blindState({
  records,
  engine,
  hub,
  nowMs,
}: BlindStateAsk): Promise<BlindState> {
  return {
    asOf: new Date(nowMs).toISOString(),
    asking: [...(await listAsking(records, engine))],
    hits: [...(await listHits(records))],
    hub: hub === undefined ? null : await hubState(records, nowMs),
    log: await readBlindLog(records),
  }
}

async function hubState(records: Records, nowMs: number): Promise<NonNullable<BlindState['hub']>> {
  const row = await records
    .selectFrom('blind_epochs')
    .select(['epoch', 'public_keys', 'ends'])
    .where('ended', 'is', null)
    .executeTakeFirst()
  const keys = BlindKeysSchema.safeParse(row?.public_keys).data
  const members = (await listPeers(records)).filter(
    ({ role, state }) => role === 'member' && state === 'joined',
  )
  const names = members.map(({ name }) => name)
  const { sensitive, total } = await listSensitive(records)
  return {
    epoch: row?.epoch ?? null,
    fingerprint: keys === undefined ? null : fingerprintOf(keys),
    ends: row?.ends.toISOString() ?? null,
    sensitive: [...sensitive],
    total,
    members: [...(await spentByMembers(records, names, nowMs))],
  }
}
