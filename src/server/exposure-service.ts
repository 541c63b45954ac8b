// What the server asks of a station's exposure.

import type { z } from 'zod'
import type {
  AdvisoriesSchema,
  AdvisoryFilterSchema,
  Asset,
  AssetChange,
  AssetDetailSchema,
  AssetFilterSchema,
  AssetsSchema,
  ExceptionAsk,
  ExposureException,
  ExposureExport,
  ExposureFilter,
  ExposuresSchema,
  FacetsSchema,
  FeedsSchema,
  KnowledgeListSchema,
  Narrow,
  PatchesSchema,
  ScanAsk,
  ScanImported,
} from '../model/index.ts'
import type { Language } from '../words/index.ts'

/** All throw NOT_FOUND for what is not here. */
export type ExposureService = {
  readonly advisories: (
    filter: z.infer<typeof AdvisoryFilterSchema>,
  ) => Promise<z.infer<typeof AdvisoriesSchema>>
  readonly patches: (
    filter: z.infer<typeof AdvisoryFilterSchema>,
  ) => Promise<z.infer<typeof PatchesSchema>>
  readonly facets: (narrow: Narrow) => Promise<z.infer<typeof FacetsSchema>>
  /** A file for a spreadsheet. */
  readonly spreadsheet: (ask: ExposureExport, language: Language) => Promise<string>
  readonly exposures: (filter: ExposureFilter) => Promise<z.infer<typeof ExposuresSchema>>
  readonly assets: (
    filter: z.infer<typeof AssetFilterSchema>,
  ) => Promise<z.infer<typeof AssetsSchema>>
  readonly asset: (id: string) => Promise<z.infer<typeof AssetDetailSchema>>
  readonly changeAsset: (id: string, change: AssetChange, who: string) => Promise<Asset>
  /** Throws BAD_REQUEST for an asset that is merged already. */
  readonly merge: (id: string, into: string, who: string) => Promise<Asset>
  readonly unmerge: (id: string, who: string) => Promise<Asset>
  /** Throws EXCEPTION_TOO_LONG. */
  readonly except: (ask: ExceptionAsk, who: string) => Promise<ExposureException>
  readonly revoke: (id: string, who: string) => Promise<void>
  readonly feeds: () => Promise<z.infer<typeof FeedsSchema>>
  /** Throws CONTENT_INVALID, and nothing of the file was taken. */
  readonly importScan: (
    bytes: AsyncIterable<Uint8Array>,
    ask: ScanAsk,
    who: string,
  ) => Promise<ScanImported>
  /** Throws CONTENT_INVALID, FEED_GOES_BACK. */
  readonly loadKnowledge: (
    bytes: AsyncIterable<Uint8Array>,
    file: string,
    who: string,
  ) => Promise<z.infer<typeof KnowledgeListSchema>>
}
