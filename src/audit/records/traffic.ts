// What a change lets through more or less than before, as sets of packets: of each list and policy that both versions have.

import type { TrafficChange } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { networkOf } from '../network/network-of.ts'
import type { ReadConfig, ReadWith } from '../read-config.ts'
import { differencesIn } from '../segmentation/filter-questions.ts'
import { brokenOf, isSameMake } from '../wholeness.ts'
import { readAgain } from './read-again.ts'
import { getVersion } from './versions.ts'

const MOST_LISTS = 50
const MOST_SETS = 40

export type Pair = { readonly was: ReadConfig | undefined; readonly now: ReadConfig | undefined }

/** Conditions count as met. Empty for what is not whole, or is of two makes: nothing can be said then. */
export function trafficBetween({ was, now }: Pair): TrafficChange[] {
  if (was === undefined || now === undefined || !isSameMake(was, now)) return []
  if (brokenOf({ now, before: was }).length > 0) return []
  const before = networkOf([{ config: was, source: '' }])
  const after = networkOf([{ config: now, source: '' }])
  const pairs = after.flatMap((device, at) => {
    const renamed = before.length === after.length ? before[at] : undefined
    const earlier = before.find(({ name }) => name === device.name) ?? renamed
    return earlier === undefined ? [] : [[earlier, device] as const]
  })
  return pairs
    .flatMap(([earlier, device]) => differencesIn(earlier, device))
    .slice(0, MOST_LISTS)
    .map(({ filter, widened, narrowed, isTooLarge }) => ({
      filter,
      widened: widened.slice(0, MOST_SETS),
      narrowed: narrowed.slice(0, MOST_SETS),
      isTooLarge: isTooLarge || widened.length > MOST_SETS || narrowed.length > MOST_SETS,
    }))
}

/** Of a change that was stored. Empty where there is none of that id. */
export async function trafficOf(
  change: string,
  { records, tools }: { readonly records: Records; readonly tools: ReadWith },
): Promise<TrafficChange[]> {
  const diff = await records
    .selectFrom('audit_diffs')
    .select(['version_before', 'version_after'])
    .where('id', '=', change)
    .executeTakeFirst()
  if (diff === undefined || diff.version_before === null) return []
  const [was, now] = await Promise.all([
    getVersion(records, diff.version_before),
    getVersion(records, diff.version_after),
  ])
  return trafficBetween({ was: readAgain(was.row, tools), now: readAgain(now.row, tools) })
}
