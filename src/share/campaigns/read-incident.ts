// An incident report of somebody as a file, read into what campaigns compare: the JSON or STIX that Vigie's own reports have, or STIX
// of anybody. What a report says of its own side (names, accounts, systems) is not read: comparing needs the intruder's side.

import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import { FEATURE_KINDS, IncidentReportSchema } from '../../model/index.ts'
import type { Feature, FeatureKind, IncidentAsk, IncidentReport } from '../../model/index.ts'
import { readBundle } from '../stix/check-bundle.ts'
import { pathText } from '../stix/problem.ts'
import type { JsonObject } from '../stix/problem.ts'
import { labelOfMarking } from '../stix/tlp.ts'
import { featuresIn } from './gather.ts'

export type ReadIncident = Omit<IncidentAsk, 'organisation'> & {
  /** Values beyond what one report may hold. */
  readonly left: number
}

export type IncidentFlaw = { readonly met: string; readonly expected: string }

const MOST_FEATURES = 200
const MOST_CHARACTERS = 16 * 1024 * 1024

export function readIncident(text: string, nowMs: number): Result<ReadIncident, IncidentFlaw> {
  if (text.length > MOST_CHARACTERS)
    return failed({ met: `${text.length} characters`, expected: `at most ${MOST_CHARACTERS}` })
  const value = jsonOf(text)
  if (typeof value !== 'object' || value === null)
    return failed({ met: 'a file that is no JSON', expected: 'a report as JSON or STIX' })
  return 'report' in value ? ofReport(value.report, nowMs) : ofBundle(text, nowMs)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const RED: IncidentFlaw = {
  met: 'TLP:RED',
  expected:
    'a report that its maker lets more than named persons see: red is not compared by machine',
}

function ofReport(given: unknown, nowMs: number): Result<ReadIncident, IncidentFlaw> {
  const read = IncidentReportSchema.safeParse(given)
  if (!read.success) {
    const { path, message } = read.error.issues[0] ?? { path: [], message: '' }
    return failed({ met: `report.${path.join('.')}`, expected: message })
  }
  const report = read.data
  if (report.consent.sharing === 'red') return failed(RED)
  const times = [
    report.occurred,
    report.detected,
    ...report.indicators.flatMap(({ firstSeen, lastSeen }) => [firstSeen, lastSeen]),
    ...report.timeline.map(({ at }) => at),
  ]
  const features = [
    ...report.indicators.flatMap(featureOf),
    ...report.techniques.map((value) => plain('technique', value)),
    ...[...cvesIn(report)].map((value) => plain('vulnerability', value)),
  ]
  return done(features, { times, note: report.title, nowMs })
}

const KINDS = { address: 'address', domain: 'domain', hash: 'file', email: 'account' } as const

function featureOf({ kind, value }: IncidentReport['indicators'][number]): readonly Feature[] {
  if (kind === 'other') return []
  if (kind === 'url') return URL.canParse(value) ? hostOf(new URL(value).hostname) : []
  return [plain(KINDS[kind], value)]
}

function hostOf(host: string): readonly Feature[] {
  const isAddress = /^[\d.]+$|:/.test(host)
  return [plain(isAddress ? 'address' : 'domain', host.replace(/^\[|\]$/g, ''))]
}

function plain(kind: FeatureKind, value: string): Feature {
  return { kind, value, vouched: false }
}

const CVE = /\bCVE-\d{4}-\d{4,7}\b/gi

function cvesIn({ narrative, found, vector }: IncidentReport): ReadonlySet<string> {
  const said = [narrative, found, vector.entry, vector.means].join('\n')
  return new Set([...said.matchAll(CVE)].map(([cve]) => cve.toUpperCase()))
}

function ofBundle(text: string, nowMs: number): Result<ReadIncident, IncidentFlaw> {
  const { objects, problems } = readBundle(text)
  const wrong = problems.find(({ severity }) => severity === 'error')
  // One object that cannot be read does not stop the others; a file without any is no report.
  if (objects.length === 0)
    return failed({
      met: wrong === undefined ? 'a file without objects' : pathText(wrong.path),
      expected: wrong?.sentence ?? 'a STIX 2.1 bundle',
    })
  if (objects.some(isRed)) return failed(RED)
  const times = objects.flatMap((one) => [one['first_seen'], one['last_seen'], one['valid_from']])
  const made = objects.flatMap(({ type, created }) => (type === 'incident' ? [created] : []))
  const incident = objects.find(({ type }) => type === 'incident' || type === 'report')
  return done(objects.flatMap(featuresOf), {
    times: [...times, ...made],
    note: typeof incident?.['name'] === 'string' ? incident['name'] : '',
    nowMs,
  })
}

function isRed({ object_marking_refs: refs }: JsonObject): boolean {
  return Array.isArray(refs) && refs.some((ref) => labelOfMarking(String(ref)) === 'red')
}

function featuresOf(object: JsonObject): readonly Feature[] {
  if (object['revoked'] === true) return []
  const { type, name } = object
  if (type === 'indicator') return featuresIn(object).map((one) => ({ ...one, vouched: false }))
  if (type === 'attack-pattern')
    return referenced(object, 'mitre-attack').map((id) => plain('technique', id))
  if (type === 'vulnerability')
    return [...String(name).matchAll(CVE)].map(([cve]) => plain('vulnerability', cve))
  if (type === 'malware' && typeof name === 'string') return [plain('malware', name)]
  if (type === 'autonomous-system') return [plain('asn', String(object['number']))]
  return []
}

function referenced({ external_references: references }: JsonObject, source: string) {
  const all: readonly unknown[] = Array.isArray(references) ? references : []
  return all.flatMap((one) =>
    typeof one === 'object' &&
    one !== null &&
    'source_name' in one &&
    one.source_name === source &&
    'external_id' in one
      ? [String(one.external_id)]
      : [],
  )
}

type Said = {
  readonly times: readonly unknown[]
  readonly note: string
  readonly nowMs: number
}

function done(
  all: readonly Feature[],
  { times, note, nowMs }: Said,
): Result<ReadIncident, IncidentFlaw> {
  const unique = new Map(
    all
      .filter(({ value }) => value.trim() !== '' && value.length <= 300)
      .map((one) => [`${one.kind} ${one.value.toLowerCase()}`, one] as const),
  )
  if (unique.size === 0)
    return failed({
      met: 'a report that names nothing of the intruder',
      expected: 'indicators, techniques, vulnerabilities or malware',
    })
  // What tells most comes first, when there is more than one report may hold.
  const ordered = [...unique.values()].toSorted(
    (one, other) => FEATURE_KINDS.indexOf(one.kind) - FEATURE_KINDS.indexOf(other.kind),
  )
  const known = times.flatMap((time) => {
    const ms = Date.parse(String(time))
    return Number.isNaN(ms) || ms > nowMs ? [] : [ms]
  })
  const [first, last] =
    known.length === 0 ? [nowMs, nowMs] : [Math.min(...known), Math.max(...known)]
  return ok({
    first: new Date(first).toISOString(),
    last: new Date(last).toISOString(),
    features: ordered.slice(0, MOST_FEATURES),
    note: note.slice(0, 1000),
    left: Math.max(0, ordered.length - MOST_FEATURES),
  })
}
