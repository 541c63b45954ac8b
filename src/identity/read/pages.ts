// Answers that come in pages. An export of some of them would end the accounts that stand in the others.

import type { Source } from './entra.ts'
import { isList, isRecord } from './read-json.ts'
import { ExportRefused } from './row.ts'
import type { Json } from './row.ts'

/** Throws ExportRefused where every page says that another follows: the last one is missing. */
export function refuseUnfinished(value: Json): void {
  const pages = (isList(value) ? value : [value]).filter(isRecord)
  if (pages.length > 0 && pages.every(goesOn)) throw new ExportRefused('', 'one_page')
}

/** Microsoft Graph (OData 4.01 JSON section 4.6.5), Google's Directory API, Duo's Admin API. */
function goesOn(page: Source): boolean {
  const { nextPageToken, metadata } = page
  return (
    (typeof nextPageToken === 'string' && nextPageToken !== '') ||
    (isRecord(metadata) && typeof metadata['next_offset'] === 'number') ||
    Object.keys(page).some((key) => /^@odata\.nextLink$/iu.test(key))
  )
}

/** The users of all pages of Google and Duo; anything else as it is. */
export function entriesOf(pages: readonly Source[]): readonly Source[] {
  const inPages = (name: string) =>
    pages.length > 0 && pages.every((page) => isList(page[name]))
      ? pages.flatMap((page) => (isList(page[name]) ? page[name].filter(isRecord) : []))
      : undefined
  return inPages('users') ?? inPages('response') ?? pages
}
