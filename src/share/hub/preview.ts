// Who would see an object, were it given out: every peer, by the same function that decides when it is.

import type { Preview } from '../../model/index.ts'
import { listPeers } from '../peer/peers.ts'
import { checkObject } from '../stix/check-object.ts'
import { isObject, pathText } from '../stix/problem.ts'
import { judgeFor } from './hub-context.ts'
import type { Hub } from './hub-context.ts'
import { COLLECTIONS } from './places.ts'

const MOST_PREVIEWED = 100

export async function previewOf(
  hub: Hub,
  objects: readonly unknown[],
  nowMs: number,
): Promise<Preview> {
  const members = (await listPeers(hub.records)).filter(
    ({ role, state }) => role === 'member' && state === 'joined',
  )
  const judges = await Promise.all(
    members.map(async (row) => ({ peer: row.name, judge: await judgeFor(hub, row, nowMs) })),
  )
  const shown: Preview['objects'] = []
  const refused: Preview['refused'] = []
  for (const object of objects.slice(0, MOST_PREVIEWED)) {
    const error = checkObject(object).find(({ severity }) => severity === 'error')
    const id = isObject(object) ? String(object['id']).slice(0, 300) : 'unknown'
    if (error !== undefined || !isObject(object))
      refused.push({
        id,
        reason: error === undefined ? '' : `${pathText(error.path)}: ${error.sentence}`,
      })
    else
      shown.push({
        id,
        peers: judges.map(({ peer, judge }) => {
          const { verdict, reasons } = judge(object, COLLECTIONS.indicators)
          const told = reasons.map(({ rule, about, path }) => ({
            rule,
            about,
            path: pathText(path),
          }))
          return { peer, verdict, reasons: told }
        }),
      })
  }
  return { objects: shown, refused }
}
