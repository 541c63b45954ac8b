// What a question costs of a member's pace.

import { isFeedPath } from '../misp/serve-feed.ts'
import type { TaxiiRequest } from '../taxii/asked.ts'

/** What is sent is checked object by object. */
const POST_COST = 4
/** A thousand evaluations are half a second of a processor. */
const BLIND_COST = 10
/** A feed's list is decided on whole, each time; an event of it for one day. */
const FEED_COST = { whole: 20, event: 2 }

export function costOf({ method, path }: TaxiiRequest): number {
  if (isFeedPath(path))
    return /(?:manifest\.json|hashes\.csv)$/.test(path) ? FEED_COST.whole : FEED_COST.event
  if (method !== 'POST') return 1
  return path.startsWith('/vigie/blind/') || path.startsWith('/vigie/threshold/')
    ? BLIND_COST
    : POST_COST
}
