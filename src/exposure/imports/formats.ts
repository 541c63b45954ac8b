// Which tool wrote a file, told by its first bytes, never by its name.

import { isZip } from '../../core/index.ts'
import { gunzipped, isGzip, zipped } from './archives.ts'
import { readCloudInventory } from './cloud-inventory.ts'
import { readCycloneDx, readCycloneDxXml } from './cyclonedx.ts'
import { readDefender, readDefenderCsv, readDefenderFiles } from './defender.ts'
import { foldHeading } from './fold-heading.ts'
import { readGrype } from './grype.ts'
import { beginningOf, refuse } from './limits.ts'
import { NESSUS_COLUMNS, readNessus, readNessusCsv } from './nessus.ts'
import { readNmap } from './nmap.ts'
import { readNuclei } from './nuclei.ts'
import { OPENVAS_COLUMNS, readOpenVas, readOpenVasCsv } from './openvas.ts'
import { PLAIN_COLUMNS, readPlainCsv } from './plain-csv.ts'
import { readCensys, readShodan } from './public-view.ts'
import { readQualysDetections } from './qualys-detections.ts'
import {
  QUALYS_COLUMNS,
  readQualysCsv,
  readQualysReport,
  readQualysScan,
  readQualysWeb,
} from './qualys.ts'
import { RAPID7_COLUMNS, readRapid7Csv } from './rapid7-csv.ts'
import { readRapid7 } from './rapid7.ts'
import type { Bytes } from './read-json.ts'
import { asUtf8, lettersOf } from './read-letters.ts'
import type { Scanned } from './scanned.ts'
import { readSpdxGraph } from './spdx-graph.ts'
import { readSpdx, readSpdxText } from './spdx.ts'
import { readTenable } from './tenable.ts'
import { readTrivyOperator } from './trivy-operator.ts'
import { readTrivy } from './trivy.ts'
import { readWazuh } from './wazuh.ts'

type Reader = (source: Bytes) => AsyncGenerator<Scanned>
type Format = {
  readonly tool: string
  readonly read: Reader
  readonly tells: (start: string) => boolean
}

const xml = (root: RegExp) => (start: string) => /^\s*</.test(start) && root.test(start)
const json = (key: RegExp) => (start: string) => /^\s*[[{]/.test(start) && key.test(start)
const columns =
  (known: ReadonlySet<string>, nameOf = (name: string) => name.trim().toLowerCase()) =>
  (start: string) =>
    start
      .split(/\r?\n/)
      .slice(0, 50)
      .some((line) =>
        line.split(/[,;\t]/).some((name) => known.has(nameOf(name.replaceAll('"', '')))),
      )

/** Headings that name nothing alone. */
const both = (one: string, other: string) => (start: string) =>
  start
    .split(/\r?\n/)
    .slice(0, 50)
    .some((line) => {
      const names = line
        .split(/[,;\t]/)
        .map((name) => name.replaceAll('"', '').trim().toLowerCase())
      return names.includes(one) && names.includes(other)
    })

/** The first that tells takes it. Every tool names itself in its first bytes; JSON may do so far in. */
const FORMATS: readonly Format[] = [
  { tool: 'nmap', read: readNmap, tells: xml(/<nmaprun\b/) },
  { tool: 'nessus', read: readNessus, tells: xml(/<NessusClientData_v2\b/) },
  { tool: 'rapid7', read: readRapid7, tells: xml(/<NexposeReport\b/) },
  { tool: 'qualys', read: readQualysReport, tells: xml(/<ASSET_DATA_REPORT\b/) },
  {
    tool: 'qualys',
    read: readQualysDetections,
    tells: xml(/<HOST_LIST_VM_DETECTION_OUTPUT\b/),
  },
  { tool: 'qualys', read: readQualysScan, tells: xml(/<SCAN\s[^>]*value=/) },
  { tool: 'qualys-was', read: readQualysWeb, tells: xml(/<WAS_\w*REPORT\b/) },
  { tool: 'cyclonedx', read: readCycloneDxXml, tells: xml(/<(?:\w+:)?bom\b[^>]*cyclonedx/) },
  {
    tool: 'openvas',
    read: readOpenVas,
    tells: xml(/<(?:report|get_reports_response|get_results_response)\b/),
  },
  { tool: 'cyclonedx', read: readCycloneDx, tells: json(/"bomFormat"\s*:\s*"CycloneDX"/) },
  { tool: 'spdx', read: readSpdx, tells: json(/"spdxVersion"\s*:/) },
  {
    tool: 'spdx',
    read: readSpdxGraph,
    tells: json(/"@context"\s*:\s*"https:\/\/spdx\.org\/rdf\/3/),
  },
  { tool: 'trivy-operator', read: readTrivyOperator, tells: json(/aquasecurity\.github\.io/) },
  { tool: 'trivy', read: readTrivy, tells: json(/"(?:ArtifactName|ClusterName|Target)"\s*:/) },
  {
    tool: 'grype',
    read: readGrype,
    tells: json(/"matches"\s*:\s*\[[^]*"vulnerability"|"matches"\s*:\s*(?:null|\[\s*\])/),
  },
  { tool: 'nuclei', read: readNuclei, tells: json(/"template(?:-id|ID)"\s*:/) },
  {
    tool: 'wazuh',
    read: readWazuh,
    tells: json(/"affected_items"\s*:|wazuh-states-vulnerabilities|"hits"\s*:\s*\{\s*"total"/),
  },
  {
    tool: 'defender',
    read: readDefender,
    tells: json(/"[cC]veId"\s*:|api\/\$metadata#(?:Machines|\w*Vulnerabilit)/),
  },
  {
    tool: 'nessus',
    read: readTenable,
    tells: json(/"plugin"\s*:\s*\{[^]*"asset"\s*:\s*\{|"asset"\s*:\s*\{[^]*"plugin"\s*:\s*\{/),
  },
  { tool: 'shodan', read: readShodan, tells: json(/"ip_str"\s*:/) },
  {
    tool: 'censys',
    read: readCensys,
    tells: json(/"services"\s*:\s*\[|"transport_protocol"|"last_updated_at"/),
  },
  {
    tool: 'aws',
    read: readCloudInventory,
    tells: json(
      /"(?:InstanceId|DBInstanceIdentifier|LoadBalancerArn|NetworkInterfaceId|OwnerId)"\s*:\s*"/,
    ),
  },
  {
    tool: 'azure',
    read: readCloudInventory,
    tells: json(/"id"\s*:\s*"\/subscriptions\/[^"]+\/providers\/Microsoft\./i),
  },
  {
    tool: 'gcp',
    read: readCloudInventory,
    tells: json(/"kind"\s*:\s*"(?:compute|sql)#|"assetType"\s*:\s*"\w+\.googleapis\.com\//),
  },
  { tool: 'spdx', read: readSpdxText, tells: (start) => /^\s*SPDXVersion:/m.test(start) },
  { tool: 'rapid7', read: readRapid7Csv, tells: columns(RAPID7_COLUMNS) },
  { tool: 'nessus', read: readNessusCsv, tells: columns(NESSUS_COLUMNS) },
  { tool: 'openvas', read: readOpenVasCsv, tells: columns(OPENVAS_COLUMNS) },
  { tool: 'qualys', read: readQualysCsv, tells: columns(QUALYS_COLUMNS) },
  { tool: 'defender', read: readDefenderCsv, tells: both('cveid', 'devicename') },
  { tool: 'csv', read: readPlainCsv, tells: columns(PLAIN_COLUMNS, foldHeading) },
]

const START_BYTES = 256 * 1024

type Read = { readonly tool: string; readonly scanned: AsyncGenerator<Scanned> }
type Begun = {
  readonly start: Buffer
  readonly all: () => AsyncGenerator<Uint8Array>
}

/**
 * Recognises a file and gives what it says, packed by gzip or zipped as it may be. A file of no known tool is refused with a sentence
 * that names those known.
 */
export async function readScan(source: Bytes): Promise<Read> {
  const { file } = source
  const { start, all } = await begun(source)
  if (isGzip(start)) {
    const inner = await begun({ file, bytes: gunzipped({ file, bytes: all() }) })
    return isGzip(inner.start) || isZip(inner.start)
      ? refuse(file, 'packed_twice')
      : readOne(file, inner)
  }
  if (isZip(start)) return readZip({ file, bytes: all() })
  return readOne(file, { start, all })
}

function readOne(file: string, { start, all }: Begun): Read {
  const letters = lettersOf(start)
  const format = formatOf(start, letters)
  if (format === undefined) return unknown(file, new TextDecoder(letters).decode(start))
  return { tool: format.tool, scanned: format.read({ file, bytes: asUtf8(all(), letters) }) }
}

function formatOf(start: Buffer, letters: string | undefined): Format | undefined {
  const text = new TextDecoder(letters).decode(start)
  return FORMATS.find(({ tells }) => tells(text))
}

/** Several reports of one tool are read one after another; Defender's belong together. */
async function readZip(source: Bytes): Promise<Read> {
  const { file } = source
  const entries = await Promise.all(
    (await zipped(source)).map(async (entry) => {
      const { start, all } = await begun(entry)
      const letters = lettersOf(start)
      const bytes = { file: entry.file, bytes: asUtf8(all(), letters) }
      return { bytes, format: formatOf(start, letters), isJson: /^\s*[[{]/.test(start.toString()) }
    }),
  )
  const known = entries.filter(({ format }) => format !== undefined)
  const tools = [...new Set(known.map(({ format }) => format?.tool ?? ''))]
  const [tool = 'defender'] = tools
  // Lists of machines without vulnerabilities name no tool.
  if (tool === 'defender' && tools.length < 2 && entries.some(({ isJson }) => isJson)) {
    const files = entries.filter(({ isJson }) => isJson).map(({ bytes }) => bytes)
    return { tool, scanned: readDefenderFiles(files) }
  }
  if (tools.length > 1) return refuse(file, 'several_tools', tools.join(', '))
  if (known.length === 0)
    return refuse(
      file,
      'unknown_scan',
      entries.map(({ bytes }) => bytes.file).join(', '),
      knownTools(),
    )
  const scanned = async function* () {
    for (const { format, bytes } of known) if (format !== undefined) yield* format.read(bytes)
  }
  return { tool, scanned: scanned() }
}

/** A list is told by its columns, so they are what is wrong with it. */
function unknown(file: string, start: string): never {
  const begins = beginningOf(start)
  if (begins === '') refuse(file, 'empty')
  const isList = /^[^<{[]/.test(begins) && /[^,;\t]+[,;\t][^,;\t]+/.test(begins)
  if (isList && /\n./.test(start.trim())) refuse(file, 'no_columns', begins)
  return refuse(file, 'unknown_scan', begins, knownTools())
}

/** The first bytes, and all of them. */
async function begun({ bytes }: Bytes): Promise<Begun> {
  const iterator = bytes[Symbol.asyncIterator]()
  const pieces: Uint8Array[] = []
  let held = 0
  while (held < START_BYTES) {
    const next = await iterator.next()
    if (next.done === true) break
    pieces.push(next.value)
    held += next.value.length
  }
  const first = Buffer.concat(pieces)
  const all = async function* () {
    yield first as Uint8Array
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
      yield next.value
  }
  return { start: first.subarray(0, START_BYTES), all }
}

function knownTools(): readonly string[] {
  return [...new Set(FORMATS.map(({ tool }) => tool))]
}
