// What the server asks of a hub about campaigns.

import type {
  Campaign,
  CampaignAct,
  CampaignDetail,
  IncidentAsk,
  IncidentTaken,
} from '../model/index.ts'
import type { Language } from '../words/index.ts'

export type CampaignService = {
  readonly list: () => Promise<{ readonly asOf: string; readonly campaigns: Campaign[] }>
  /** Throws NOT_FOUND. For others, figures under the hub's floor are hidden, and who stands behind them. */
  readonly detail: (id: string, forOthers: boolean) => Promise<CampaignDetail>
  readonly page: (id: string, forOthers: boolean, language: Language) => Promise<string>
  /** Throws NOT_FOUND, BAD_REQUEST. */
  readonly act: (
    act: CampaignAct,
    who: string,
  ) => Promise<{ readonly act: string; readonly campaign: string }>
  /** Throws NOT_FOUND, BAD_REQUEST where a later act is in the way. */
  readonly undo: (act: string, who: string) => Promise<void>
  /** The id of the report. */
  /** A report as a file. Throws BAD_REQUEST with what is wrong in it. */
  readonly importIncident: (
    bytes: AsyncIterable<Uint8Array>,
    ask: { readonly organisation: string },
    who: string,
  ) => Promise<IncidentTaken>
  readonly incident: (incident: IncidentAsk, who: string) => Promise<string>
}
