// Who would see what is prepared, were it given out: every member, by the same function that decides when it is.

import type { Preview } from '../../model/index.ts'
import { listPeers } from '../peer/peers.ts'
import { pathText } from '../stix/problem.ts'
import { judgeFor } from './hub-context.ts'
import type { Hub } from './hub-context.ts'
import { COLLECTIONS } from './places.ts'
import type { Prepared } from './publish.ts'

const MOST_PREVIEWED = 100

/** The first hundred objects, each exactly as it would leave. */
export async function previewOf(
  hub: Hub,
  { objects, refused, limits: bound }: Prepared,
  nowMs: number,
): Promise<Preview> {
  const members = (await listPeers(hub.records)).filter(
    ({ role, state }) => role === 'member' && state === 'joined',
  )
  const judges = await Promise.all(
    members.map(async (row) => ({
      peer: row.name,
      judge: await judgeFor(hub, row, { nowMs, bound }),
    })),
  )
  const shown = objects.slice(0, MOST_PREVIEWED).map((body) => ({
    id: String(body['id']),
    body,
    peers: judges.map(({ peer, judge }) => {
      const { verdict, reasons } = judge(body, COLLECTIONS.indicators)
      const told = reasons.map(({ rule, about, path }) => ({ rule, about, path: pathText(path) }))
      return { peer, verdict, reasons: told }
    }),
  }))
  return { objects: shown, more: objects.length > shown.length, refused: refused.slice(0, 1000) }
}
