// What everything about cases shares: the records, who acts and when, and a case with all that is in it.

import { readCase } from '../../cases/index.ts'
import type { Act, CaseFolder, Doing } from '../../cases/index.ts'
import { getAlert } from '../../detect/index.ts'
import type { Alert, CaseDetail } from '../../model/index.ts'
import type { StationParts } from '../parts.ts'

export type CaseParts = Pick<StationParts, 'settings' | 'clock'> & {
  readonly evidence: Pick<StationParts['evidence'], 'note' | 'noted'>
  readonly core: Pick<StationParts['core'], 'live' | 'store'>
  /** Absent where nothing is shared. */
  readonly sharing?: Pick<StationParts['sharing'], 'nudge'>
}

/** What the parts below share. */
export type Room = CaseFolder & {
  readonly core: CaseParts['core']
  readonly evidence: CaseParts['evidence']
  /** Does something in a case; the last digest of its acts becomes a leaf of the log of evidence. */
  readonly inCase: <T>(number: number, work: (doing: Doing) => Promise<T>) => Promise<T>
  readonly act: (who: string) => Act
  readonly nowMs: () => number
  readonly asOf: () => string
}

export async function detailOf(
  { records, nowMs, asOf }: Room,
  number: number,
): Promise<CaseDetail> {
  const { alertIds, ...rest } = await readCase(records, number, nowMs())
  const alerts = await Promise.all(alertIds.map((id) => getAlert(records, id)))
  const there = alerts.filter((alert): alert is Alert => alert !== undefined)
  return {
    asOf: asOf(),
    ...rest,
    alerts: there.toSorted((a, b) => (a.firstSeen < b.firstSeen ? -1 : 1)),
  }
}
