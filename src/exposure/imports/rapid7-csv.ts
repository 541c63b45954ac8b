// Rapid7 InsightVM and Nexpose: basic vulnerability check results as CSV.

import { cell, csvRows } from './read-csv.ts'
import type { Bytes } from './read-json.ts'
import { cvesIn, hostOf, instantIn, numberIn, serviceOf, severityOfScore } from './scanned.ts'
import type { Scanned } from './scanned.ts'

export const RAPID7_COLUMNS = new Set(['vulnerability test result code', 'asset ip address'])

/** Codes of results: VE exploited, VV by version, VP potential; the others say that it is not so. */
const CONFIDENCE: Readonly<Record<string, number>> = { ve: 100, vv: 80, vp: 50 }

export async function* readRapid7Csv({ file, bytes }: Bytes): AsyncGenerator<Scanned> {
  for await (const row of csvRows({ file, bytes, known: RAPID7_COLUMNS })) {
    const code = cell(row, 'vulnerability test result code').toLowerCase()
    const confidence = code === '' ? 100 : CONFIDENCE[code]
    const check = cell(row, 'vulnerability id').toLowerCase()
    if (confidence === undefined || check === '') continue
    const score = numberIn(cell(row, 'vulnerability cvssv3 score', 'vulnerability cvss score'))
    const title = cell(row, 'vulnerability title')
    const cves = cvesIn(cell(row, 'vulnerability cve ids'), cell(row, 'vulnerability cve urls'))
    const listed = (name: string) => cell(row, name).split(/[,|]/)
    yield {
      kind: 'finding',
      host: hostOf(
        [...listed('asset names'), cell(row, 'asset ip address'), ...listed('asset mac addresses')],
        {
          system: cell(row, 'asset os name') || undefined,
        },
      ),
      service: serviceOf(cell(row, 'service port'), cell(row, 'service protocol')),
      check,
      about: 'vulnerability',
      vulnerabilities: cves,
      title: title === '' ? check : title,
      // Without a score, Nexpose's own 0 to 10.
      severity: severityOfScore(score ?? numberIn(cell(row, 'vulnerability severity level'))),
      score,
      state: 'open',
      seenMs: instantIn(cell(row, 'vulnerability test date')),
      confidence,
      group: [cell(row, 'asset ip address'), cell(row, 'service port'), check].join(' | '),
    }
  }
}
