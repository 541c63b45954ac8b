// Exposures as a file for a spreadsheet (RFC 4180), one line an asset and a vulnerability, what is due first on top.

import type { Exposure } from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'

/** A spreadsheet in French takes a comma for the sign of decimals. */
const SEPARATORS: Readonly<Record<Language, string>> = { en: ',', fr: ';' }
/** A mark of UTF-8, without which Excel reads accents as Windows letters. */
const MARK = '\uFEFF'

export function spreadsheetOf(exposures: readonly Exposure[], language: Language): string {
  const { sheet, tier, actions, facing } = wordsOf(language).exposure
  const rows = exposures.map((one) => [
    one.due?.slice(0, 10) ?? '',
    one.overdue ? sheet.yes : sheet.no,
    actions[one.action],
    one.assetName,
    one.owner,
    facing[one.basis.facing],
    one.product,
    one.version,
    one.vulnerability,
    one.title,
    one.basis.exploited ? sheet.yes : sheet.no,
    tier(one.basis.tier),
    one.epss === null ? '' : decimal(one.epss, language),
    one.score === null ? '' : decimal(one.score, language),
    one.why[language],
    one.exception === null ? '' : one.exception.expires.slice(0, 10),
    one.triageCase === null ? '' : String(one.triageCase),
  ])
  const line = (cells: readonly string[]) => cells.map(cellOf).join(SEPARATORS[language])
  return `${MARK}${[sheet.columns, ...rows].map(line).join('\r\n')}\r\n`
}

function decimal(value: number, language: Language): string {
  const text = String(Math.round(value * 10_000) / 10_000)
  return language === 'fr' ? text.replace('.', ',') : text
}

/** What begins like a formula is text: names of assets come from outside. */
function cellOf(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return `"${text.replaceAll('"', '""')}"`
}
