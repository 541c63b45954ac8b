import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { zipOf } from '../../core/zip.test-helper.ts'
import { REPORTS } from '../imports/wild-reports.test-helper.ts'
import { recogniseFile } from './index.ts'

const GOLDEN = join(import.meta.dirname, '../../../content/parsers')
const of = (text: string) => recogniseFile(Buffer.from(text))

describe('a report among logs', () => {
  test.each(REPORTS.filter(({ tool }) => tool !== 'csv'))('$name is recognised', ({ text }) => {
    expect(of(text)).toBe('scan')
  })

  test('packed, zipped, in UTF-16, or cut anywhere, it is the same', () => {
    const text =
      '<?xml version="1.0"?>\n<!DOCTYPE nmaprun>\n<!-- Nmap 7.95 -->\n<nmaprun scanner="nmap">'
    const packed = gzipSync(text.repeat(200))
    expect(recogniseFile(packed.subarray(0, packed.length - 12))).toBe('scan')
    expect(recogniseFile(zipOf({ name: 'scan.xml', bytes: Buffer.from(text) }))).toBe('scan')
    expect(recogniseFile(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toBe('scan')
    expect(recogniseFile(zipOf({ name: 'fw.log', bytes: Buffer.from('a line') }))).toBeUndefined()
  })

  test.each([
    [
      'KEV',
      '{"title":"CISA","catalogVersion":"2026.08.20","vulnerabilities":[{"cveID":"CVE-2024-1"',
    ],
    [
      'CVE record',
      '{"dataType":"CVE_RECORD","dataVersion":"5.1","cveMetadata":{"cveId":"CVE-2024-1"}}',
    ],
    [
      'NVD',
      '{"resultsPerPage":1,"format":"NVD_CVE","vulnerabilities":[{"cve":{"id":"CVE-2024-1"}}]}',
    ],
    ['CSAF', '{"document":{"category":"csaf_security_advisory","csaf_version":"2.0"}}'],
    ['OpenVEX', '{"@context":"https://openvex.dev/ns/v0.2.0","statements":[]}'],
    ['EPSS', '#model_version:v2025.03.14,score_date:2026-08-20T00:00:00Z\ncve,epss,percentile\n'],
    ['endoflife.date', '[{"cycle":"7.4","eol":"2027-01-01"}]'],
  ])('%s is knowledge', (_name, text) => {
    expect(of(text)).toBe('knowledge')
  })

  test('a list of machines is one, a log with the same columns is none', () => {
    expect(
      of('Nom;Adresse IP;Criticité;Fin de soutien\npare-feu;192.0.2.1;élevée;2027-01-01\n'),
    ).toBe('scan')
    expect(of('sep=;\nhost;cpe\nfw;cpe:2.3:o:a:b:1:*:*:*:*:*:*:*\n')).toBe('scan')
    expect(of('time,host,criticality,message\n2026-01-01,fw,high,hello\n')).toBeUndefined()
    expect(of('host,user,action\nfw,ann,login\n')).toBeUndefined()
  })

  test.each([
    ['CloudTrail', '{"Records":[{"eventTime":"2026-01-01","requestParameters":{"OwnerId":"1"}}]}'],
    [
      'Azure activity',
      '[{"id":"/subscriptions/1/providers/Microsoft.Compute/x","eventTimestamp":"2026"}]',
    ],
    ['an alert of Wazuh', '{"data":{"vulnerability":{"cve":"CVE-2024-1"}},"rule":{"level":7}}'],
    [
      'a line that quotes one',
      '{"message":"<nmaprun>","services":[{"name":"x"}],"cveId":"CVE-2024-1"}',
    ],
    [
      'an event that quotes one',
      '<Event><Data>&lt;nmaprun &gt;</Data><x><nmaprun a="1"/></x></Event>',
    ],
    ['DMARC', '<feedback><report_metadata><org_name>x</org_name></report_metadata></feedback>'],
    ['another report', '<report><summary>backup</summary></report>'],
  ])('%s stays a log', (_name, text) => {
    expect(of(text)).toBeUndefined()
  })

  test('no golden log is taken for a report', () => {
    const logs = readdirSync(GOLDEN, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.yaml'))
      .map((entry) => join(entry.parentPath, entry.name))
    expect(logs.length).toBeGreaterThan(50)
    expect(logs.filter((path) => recogniseFile(readFileSync(path)) !== undefined)).toEqual([])
  })

  test('what is damaged or nested without end is nothing, and costs little', () => {
    expect(recogniseFile(Buffer.from([0x1f, 0x8b, 1, 2]))).toBeUndefined()
    expect(recogniseFile(Buffer.from('PK\u0003\u0004'))).toBeUndefined()
    expect(of('['.repeat(250_000))).toBeUndefined()
    expect(of('{"a":'.repeat(50_000))).toBeUndefined()
    expect(of(`{"${'\\'.repeat(200_000)}`)).toBeUndefined()
    expect(of('<!--'.repeat(60_000))).toBeUndefined()
    expect(of(' '.repeat(250_000))).toBeUndefined()
  })
})
