import { expect, test } from 'vitest'
import { readRecordsTable } from './import-records.ts'

const ROWS = [
  'device,starts,ends,reason,reference,allows',
  'fw-hall,2026-12-01T12:00:00-05:00,2026-12-01T23:00:00-05:00,Café,CHG-1,firewall policy',
].join('\n')
const RECORD = {
  device: 'fw-hall',
  starts: '2026-12-01T17:00:00.000Z',
  ends: '2026-12-02T04:00:00.000Z',
  reason: 'Café',
  reference: 'CHG-1',
  allows: ['firewall policy'],
}
const inFrench = ROWS.replace(/.*/, 'Appareil,Début,Fin,Motif,Référence,Permet')

test.each([
  ['as a program writes it', Buffer.from(ROWS)],
  [
    'with semicolons, as Excel writes it in French',
    Buffer.from(`\uFEFF${inFrench.replaceAll(',', ';')}`),
  ],
  ['with tabs in UTF-16', Buffer.from(`\uFEFF${inFrench.replaceAll(',', '\t')}`, 'utf16le')],
  ['in Latin-1 with both line ends', Buffer.from(ROWS.replace('\n', '\r\n'), 'latin1')],
])('a table %s is read', (_how, bytes) => {
  expect(readRecordsTable(bytes)).toEqual({ records: [RECORD], refused: [] })
})

test.each([
  ['nothing', '', '–'],
  ['other columns', 'number,short_description\nCHG1,patch', 'number,short_description'],
  ['a quote that never ends', 'device\n"never', /Quote/],
  ['too many rows', `${ROWS}\n${'a,b,c,d\n'.repeat(10_000)}`, '> 10000'],
  ['no text', 'device\0', 'binary'],
])('%s is refused, and says what was met', (_what, text, met) => {
  expect(() => readRecordsTable(Buffer.from(text))).toThrow(
    expect.objectContaining({
      code: 'BAD_REQUEST',
      details: expect.objectContaining({
        met: typeof met === 'string' ? met : expect.stringMatching(met),
      }),
    }),
  )
})
