import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseCpe } from './cpe/cpe-name.ts'
import { matchCriterion } from './cpe/match-criteria.ts'
import type { Match } from './match.ts'
import { matchPurl } from './purl/match-purl.ts'
import { parsePurl } from './purl/purl.ts'
import type { VersionRange } from './versions/ranges.ts'

const VECTORS = join(
  import.meta.dirname,
  '../../../shared/data/posture/dependency_track_cpe_vectors_part.tsv',
)

function cpe(text: string) {
  const parsed = parseCpe(text)
  if (!parsed.ok) throw new Error(parsed.problem)
  return parsed.value
}

function purl(text: string) {
  const parsed = parsePurl(text)
  if (!parsed.ok) throw new Error(parsed.problem)
  return parsed.value
}

function match(source: string, range: VersionRange, component: string): Match {
  if (source.startsWith('pkg:')) return matchPurl({ purl: purl(source), range }, purl(component))
  return matchCriterion({ name: cpe(source), range }, cpe(component))
}

const HAVING: Readonly<Record<string, keyof VersionRange>> = {
  StartIncluding: 'startIncluding',
  StartExcluding: 'startExcluding',
  EndIncluding: 'endIncluding',
  EndExcluding: 'endExcluding',
}

/** A `RANGE` that the vectors do not show holds every version. */
function rangeOf(text: string): VersionRange {
  if (text === 'RANGE') return { startIncluding: '0' }
  const bounds = [...text.matchAll(/having(\w+)\("([^"]*)"\)/g)]
  return Object.fromEntries(
    bounds.map(([, side = '', bound = '']) => [HAVING[side] ?? side, bound]),
  )
}

describe('criteria', () => {
  test.each([
    [
      'cpe:2.3:o:juniper:junos:*:*:*:*:*:*:*:*',
      { startIncluding: '22.1', endExcluding: '22.1r3-s4' },
      'cpe:2.3:o:juniper:junos:22.1:r3-s3:*:*:*:*:*:*',
      'affected',
      100,
    ],
    [
      'cpe:2.3:o:juniper:junos:*:*:*:*:*:*:*:*',
      { startIncluding: '22.1', endExcluding: '22.1r3-s4' },
      'cpe:2.3:o:juniper:junos:22.1:r3-s4:*:*:*:*:*:*',
      'not-affected',
      100,
    ],
    [
      'cpe:2.3:a:apache:http_server:*:*:*:*:*:*:*:*',
      { endExcluding: '2.4.60' },
      'cpe:2.3:a:apache:http_server:*:*:*:*:*:*:*:*',
      'affected',
      10,
    ],
    [
      'cpe:2.3:a:apache:http_server:*:*:*:*:*:*:*:*',
      { endExcluding: '2.4.60' },
      'cpe:2.3:a:apache:http_server:2.4.x-custom:*:*:*:*:*:*:*',
      'unsure',
      10,
    ],
    [
      'cpe:2.3:a:citrix:netscaler_gateway:*:*:*:*:fips:*:*:*',
      { endExcluding: '13.1-37.219' },
      'cpe:2.3:a:citrix:netscaler_gateway:13.1-37.100:*:*:*:*:*:*:*',
      'affected',
      80,
    ],
    [
      'cpe:2.3:a:*:mail:*:*:*:*:*:*:*:*',
      {},
      'cpe:2.3:a:nextcloud:mail:1.0:*:*:*:*:*:*:*',
      'affected',
      80,
    ],
    [
      'pkg:pypi/Some_Package',
      { endExcluding: '1.0rc2' },
      'pkg:pypi/some-package@1.0rc1',
      'affected',
      100,
    ],
  ])('%s %j to %s: %s (%i)', (source, range, component, verdict, confidence) => {
    expect(match(source, range, component)).toMatchObject({ verdict, confidence })
  })

  const rows = existsSync(VECTORS)
    ? readFileSync(VECTORS, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split('\t'))
    : []
  test.skipIf(rows.length === 0).each(rows)(
    '%s %s %s %s',
    (source = '', range = '', expected, component = '') => {
      const { verdict } = match(source, rangeOf(range), component)
      expect(verdict === 'not-affected' ? 'DOES_NOT_MATCH' : 'MATCHES').toBe(expected)
    },
  )
})
