// A report or a list that lies among logs, told by what no line of a log begins with. Whoever hands a file in as a report says that it is one
// (imports/formats.ts); here nobody did, so one name alone is never enough.

import { constants, gunzipSync, inflateRawSync } from 'node:zlib'
import { isZip } from '../../core/index.ts'
import { foldHeading } from '../imports/fold-heading.ts'
import { COLUMNS } from '../imports/plain-columns.ts'
import { lettersOf } from '../imports/read-letters.ts'
import { outlineOf } from './json-outline.ts'
import type { Outline } from './json-outline.ts'

export type Recognised = 'scan' | 'knowledge'

/** `head`: the first bytes, cut anywhere; packed by gzip or zipped as they may be. */
export function recogniseFile(head: Uint8Array): Recognised | undefined {
  const start = unpacked(head)
  const text = new TextDecoder(lettersOf(start)).decode(start).trimStart()
  if (text.startsWith('<')) return isReportXml(text) ? 'scan' : undefined
  if (/^[[{]/.test(text)) return jsonKind(outlineOf(text))
  if (/^#?model_version:|^cve,epss,percentile\s/.test(text)) return 'knowledge'
  return text.startsWith('SPDXVersion:') || isReportTable(text) ? 'scan' : undefined
}

/** Packed bytes that are looked into: they unpack to a thousand times as much at most (RFC 1951). */
const MOST_PACKED = 32 * 1024
const CUT = { finishFlush: constants.Z_SYNC_FLUSH }

/** RFC 1952; of an archive the first file with anything in it. What is damaged is as it is: whoever reads it says so. */
function unpacked(head: Uint8Array): Uint8Array {
  try {
    if (isZip(head)) return firstOfZip(Buffer.from(head))
    return head[0] === 0x1f && head[1] === 0x8b
      ? gunzipSync(head.subarray(0, MOST_PACKED), CUT)
      : head
  } catch {
    return head
  }
}

/** PKWARE's APPNOTE, section 4.3.7: a local header, the name, and the file. */
function firstOfZip(head: Buffer): Uint8Array {
  let at = 0
  while (isZip(head.subarray(at, at + 4))) {
    const [method, size] = [head.readUInt16LE(at + 8), head.readUInt32LE(at + 18)]
    const names = head.readUInt16LE(at + 26)
    const data = at + 30 + names + head.readUInt16LE(at + 28)
    const isFolder = head.toString('utf8', at + 30, at + 30 + names).endsWith('/')
    if (!isFolder) {
      const rest = size === 0 ? head.subarray(data) : head.subarray(data, data + size)
      return method === 0 ? rest : inflateRawSync(rest.subarray(0, MOST_PACKED), CUT)
    }
    at = data
  }
  return head
}

/** Before the first element (XML 1.0 section 2.8). */
const PROLOG = /^(?:\s+|<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE[^[>]*(?:\[[^\]]*\])?\s*>)/
const ROOTS: readonly RegExp[] = [
  /^<nmaprun\s/,
  /^<NessusClientData_v2\b/,
  /^<NexposeReport\b/,
  /^<ASSET_DATA_REPORT\b/,
  /^<HOST_LIST_VM_DETECTION_OUTPUT\b/,
  /^<SCAN\s[^>]*value="scan\//,
  /^<WAS_\w*REPORT\b/,
  /^<(?:\w+:)?bom\b[^>]*cyclonedx/,
  /^<get_re(?:ports|sults)_response\b/,
  // Others write an element of that name: Greenbone's holds these.
  /^<report\s[^>]*\bformat_id=|^<report\b[^]*<(?:gmp|omp|scan_run_status|report_format|filters|user_tags)\b/,
]

function isReportXml(text: string): boolean {
  let rest = text
  for (let before = PROLOG.exec(rest); before !== null; before = PROLOG.exec(rest))
    rest = rest.slice(before[0].length)
  return ROOTS.some((root) => root.test(rest))
}

/** Every name of a row must be there: as it is, or with a value. */
type Marks = readonly (string | readonly [string, RegExp])[]
const KNOWLEDGE: readonly Marks[] = [
  ['catalogVersion', 'vulnerabilities'],
  ['cveMetadata.cveId', ['dataType', /^CVE_RECORD$/]],
  ['vulnerabilities.cve', 'resultsPerPage'],
  ['vulnerabilities.cve', ['format', /^NVD_CVE$/]],
  ['document.csaf_version'],
  ['document.category', 'document.publisher', 'document.title'],
  [['@context', /openvex/]],
  ['cycle', 'eol'],
  ['schema_version', 'result.releases'],
]
const SCANS: readonly Marks[] = [
  [['bomFormat', /^CycloneDX$/]],
  [['spdxVersion', /^SPDX-/]],
  [['@context', /^https:\/\/spdx\.org\/rdf\/3/]],
  [['apiVersion', /^aquasecurity\.github\.io\//]],
  [['items.apiVersion', /^aquasecurity\.github\.io\//]],
  ['SchemaVersion', 'ArtifactName'],
  ['ClusterName', 'Resources'],
  ['ClusterName', 'Findings'],
  ['vulnerabilityreports.aquasecurity.github.io'],
  ['Target', 'Vulnerabilities'],
  ['matches.vulnerability', 'matches.artifact'],
  ['matches', 'descriptor', 'source'],
  ['template-id', 'info'],
  ['templateID', 'info'],
  ['data.affected_items.cve'],
  [['@odata.context', /api\/\$metadata#(?:Machines|\w*Vulnerabilit)/]],
  ['cveId', 'deviceName', 'softwareName'],
  ['Schema.Name', 'Results.CveId'],
  ['CveId', 'DeviceName', 'SoftwareName'],
  ['plugin.id', 'asset.uuid', 'severity'],
  ['_shodan', 'ip_str'],
  ['ip_str', 'ports'],
  ['ip_str', 'port', 'transport'],
  ['matches._shodan', 'matches.ip_str'],
  ['services.port', 'autonomous_system'],
  ['services.port', 'last_updated_at'],
  ['result.services', 'result.ip'],
  ['result.query', 'result.hits.ip'],
  ['result.hits.host_v1'],
  ['result.resource', 'result.extensions'],
  ['resource.services', 'resource.ip'],
  ['Reservations.Instances'],
  ['DBInstances.DBInstanceIdentifier'],
  ['LoadBalancers.LoadBalancerArn'],
  ['NetworkInterfaces.NetworkInterfaceId'],
  [
    ['id', /^\/subscriptions\/.+\/providers\/Microsoft\.(?:Compute|Network|Sql)\//i],
    'location',
    'name',
  ],
  [['kind', /^(?:compute|sql)#/], 'selfLink'],
]

function jsonKind(outline: Outline): Recognised | undefined {
  const has = (marks: Marks) =>
    marks.every((mark) =>
      typeof mark === 'string' ? outline.has(mark) : mark[1].test(outline.get(mark[0]) ?? ''),
    )
  if (KNOWLEDGE.some(has)) return 'knowledge'
  return SCANS.some(has) ? 'scan' : undefined
}

/** Headings of which each row stands together. */
const HEADINGS: readonly (readonly string[])[] = [
  ['plugin id', 'host', 'risk'],
  ['plugin', 'plugin name', 'severity'],
  ['asset name', 'definition id'],
  ['nvt oid', 'nvt name'],
  ['asset ip address', 'vulnerability id'],
  ['qid', 'title', 'severity'],
  ['qid', 'vuln title'],
  ['cveid', 'devicename'],
]
/** Qualys writes who asked for the report above its heading. */
const MOST_LINES = 20

function isReportTable(text: string): boolean {
  const lines = text.split(/\r?\n/, MOST_LINES)
  const rows = lines.map((line) => new Set(line.split(/[,;\t]/).map(foldHeading)))
  if (rows.some((row) => HEADINGS.some((names) => names.every((name) => row.has(name)))))
    return true
  const [first, second] = rows
  const heading = /^sep=/i.test(text) ? second : first
  return heading !== undefined && isInventory(heading)
}

/** What only a list of machines says; what happened at a time is a line of a log. */
const KEPT = ['cpe', 'purl', 'criticality', 'supportEnds'] as const
const TIMES =
  /^(?:time|timestamp|date|datetime|heure|horodatage|event time|date time|receive time|generated time)$/

function isInventory(heading: ReadonlySet<string>): boolean {
  const has = (column: keyof typeof COLUMNS) =>
    COLUMNS[column].split('|').some((name) => heading.has(name))
  return (
    (has('asset') || has('address')) &&
    KEPT.some(has) &&
    ![...heading].some((name) => TIMES.test(name))
  )
}
