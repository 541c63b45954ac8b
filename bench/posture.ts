// Posture held against the cases beside the project, each family as a figure: node bench/posture.ts. Versions have no cases there;
// their figure is of our own orders. Needs ../shared/data/posture.

import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareNames } from '../src/exposure/cpe/compare-names.ts'
import { parseCpe } from '../src/exposure/cpe/cpe-name.ts'
import { matchCriterion } from '../src/exposure/cpe/match-criteria.ts'
import { readScan } from '../src/exposure/imports/formats.ts'
import { matchPurl } from '../src/exposure/purl/match-purl.ts'
import { parsePurl } from '../src/exposure/purl/purl.ts'
import type { VersionRange } from '../src/exposure/versions/ranges.ts'
import { readCheckBook } from '../src/identity/checks/check-book.ts'
import { runChecks } from '../src/identity/checks/run-checks.ts'
import { importExport } from '../src/identity/import-export.ts'
import { CONTENT, KNOWLEDGE, NOW_MS, memoryRecords } from '../src/identity/station.test-helper.ts'

const CASES = join(import.meta.dirname, '../../shared/data/posture')
if (!existsSync(CASES)) throw new Error(`${CASES} is not there`)

/** Cells of a table by line, without its heading where it has one. */
function table(file: string, skip: number): readonly (readonly string[])[] {
  const lines = readFileSync(join(CASES, file), 'utf8').trim().split('\n')
  return lines.slice(skip).map((line) => line.split('\t'))
}

function told(what: string, asked: string, right: number, wrong: readonly string[]): void {
  const all = right + wrong.length
  const percent = all === 0 ? 0 : (right * 100) / all
  console.log(`${what}: ${right} of ${all}, ${percent.toFixed(2)} % (asked: ${asked})`)
  for (const one of wrong.slice(0, 20)) console.log(`  ${one}`)
}

/** Equal, subset, superset, disjoint, as the reference tells a pair. */
function relation(source: string, target: string): string {
  const [one, other] = [parseCpe(source), parseCpe(target)]
  if (!one.ok || !other.ok) return 'not read'
  const relations = Object.values(compareNames(one.value, other.value))
  const all = (...kinds: readonly string[]) => relations.every((met) => kinds.includes(met))
  return [
    all('equal'),
    all('equal', 'subset'),
    all('equal', 'superset'),
    relations.includes('disjoint'),
  ]
    .map(Number)
    .join('')
}

const pairs = table('cpe_mitre_pairs_part.tsv', 0).filter(([, , is]) => /^[01]{4}$/.test(is ?? ''))
const wrongPairs = pairs.filter(([a = '', b = '', is]) => relation(a, b) !== is)
told(
  'CPE pairs',
  '≥ 99.9 %',
  pairs.length - wrongPairs.length,
  wrongPairs.map((row) => row.join(' ')),
)

const BOUNDS = new Map<string, keyof VersionRange>([
  ['StartIncluding', 'startIncluding'],
  ['StartExcluding', 'startExcluding'],
  ['EndIncluding', 'endIncluding'],
  ['EndExcluding', 'endExcluding'],
])

function rangeOf(text: string): VersionRange {
  if (text === 'RANGE') return { startIncluding: '0' }
  const bounds = [...text.matchAll(/having(\w+)\("([^"]*)"\)/g)]
  return Object.fromEntries(
    bounds.map(([, side = '', bound = '']) => [BOUNDS.get(side) ?? side, bound]),
  )
}

function isMatched(source: string, range: VersionRange, component: string): boolean {
  if (source.startsWith('pkg:')) {
    const [one, other] = [parsePurl(source), parsePurl(component)]
    return (
      one.ok &&
      other.ok &&
      matchPurl({ purl: one.value, range }, other.value).verdict === 'affected'
    )
  }
  const [one, other] = [parseCpe(source), parseCpe(component)]
  return (
    one.ok &&
    other.ok &&
    matchCriterion({ name: one.value, range }, other.value).verdict === 'affected'
  )
}

const vectors = table('dependency_track_cpe_vectors_part.tsv', 1)
for (const [what, isRange] of [
  ['CPE names without ranges', false],
  ['ranges', true],
] as const) {
  const own = vectors.filter(([, range]) => (range !== 'WITHOUT_RANGE') === isRange)
  const wrong = own.filter(
    ([source = '', range = '', is, component = '']) =>
      isMatched(source, rangeOf(range), component) !== (is === 'MATCHES'),
  )
  told(
    what,
    '100 %',
    own.length - wrong.length,
    wrong.map((row) => row.join(' ')),
  )
}

const scans = table('scans/expected_counts.tsv', 1)
const wrongScans: string[] = []
for (const [tool = '', file = '', is] of scans) {
  const counted = await countOf(tool, file).catch((thrown: unknown) => String(thrown))
  if (counted !== Number(is)) wrongScans.push(`${tool}/${file}: ${counted}, expected ${is}`)
}
told('scanner counts', '≥ 95 % of files', scans.length - wrongScans.length, wrongScans)

async function countOf(tool: string, file: string): Promise<number> {
  const { scanned } = await readScan({
    file,
    bytes: createReadStream(join(CASES, 'scans', tool, file)),
  })
  const groups = new Set<string>()
  for await (const one of scanned)
    if (one.kind === 'finding' && one.state !== 'no-fix') groups.add(one.group)
  return groups.size
}

const records = await memoryRecords()
const bytes = readFileSync(join(CASES, 'scuba/ProviderSettingsExport.json'))
await importExport(records, KNOWLEDGE, { file: 'tenant.json', bytes, who: 'bench', nowMs: NOW_MS })
const results = await runChecks(records, readCheckBook(CONTENT), NOW_MS)
const policies = table('scuba/expected_part.tsv', 1).filter(([policy]) =>
  policy?.startsWith('MS.AAD.'),
)
const verdicts = policies.map(([policy = '', met, criticality = '']) => {
  const ours = results.find(({ check }) => check.id === policy)?.verdict ?? 'missing'
  const isOpen = criticality.includes('Not-Implemented')
  return { policy, ours, theirs: isOpen ? 'not_assessable' : met === 'True' ? 'pass' : 'fail' }
})
const assessable = verdicts.filter(({ theirs }) => theirs !== 'not_assessable')
const wrongVerdicts = assessable.filter(({ ours, theirs }) => ours !== theirs)
told(
  'tenant verdicts that can be assessed',
  '≥ 95 %',
  assessable.length - wrongVerdicts.length,
  wrongVerdicts.map(({ policy, ours, theirs }) => `${policy}: ${ours}, expected ${theirs}`),
)
const openOnes = verdicts.filter(({ theirs }) => theirs === 'not_assessable')
told(
  'tenant verdicts that the reference leaves open, said to be so',
  'explained',
  openOnes.filter(({ ours }) => ours === 'not_assessable').length,
  openOnes
    .filter(({ ours }) => ours !== 'not_assessable')
    .map(({ policy, ours }) => `${policy}: ${ours}`),
)
await records.destroy()
