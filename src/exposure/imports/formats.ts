// Which tool wrote a file, told by its first bytes, never by its name.

import { readCloudInventory } from './cloud-inventory.ts'
import { readCycloneDx, readCycloneDxXml } from './cyclonedx.ts'
import { readDefender, readDefenderArchive } from './defender.ts'
import { readGrype } from './grype.ts'
import { refuse } from './limits.ts'
import { NESSUS_COLUMNS, readNessus, readNessusCsv } from './nessus.ts'
import { readNmap } from './nmap.ts'
import { readNuclei } from './nuclei.ts'
import { OPENVAS_COLUMNS, readOpenVas, readOpenVasCsv } from './openvas.ts'
import { PLAIN_COLUMNS, readPlainCsv } from './plain-csv.ts'
import { readCensys, readShodan } from './public-view.ts'
import {
  QUALYS_COLUMNS,
  readQualysCsv,
  readQualysReport,
  readQualysScan,
  readQualysWeb,
} from './qualys.ts'
import { readRapid7 } from './rapid7.ts'
import { foldHeading } from './read-csv.ts'
import type { Bytes } from './read-json.ts'
import { asUtf8, lettersOf } from './read-letters.ts'
import type { Scanned } from './scanned.ts'
import { readSpdx, readSpdxText } from './spdx.ts'
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

/** The first that tells takes it. Every tool names itself in its first bytes; JSON may do so far in. */
const FORMATS: readonly Format[] = [
  { tool: 'nmap', read: readNmap, tells: xml(/<nmaprun\b/) },
  { tool: 'nessus', read: readNessus, tells: xml(/<NessusClientData_v2\b/) },
  { tool: 'rapid7', read: readRapid7, tells: xml(/<NexposeReport\b/) },
  { tool: 'qualys', read: readQualysReport, tells: xml(/<ASSET_DATA_REPORT\b/) },
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
    tells: json(/"cveId"\s*:|api\/\$metadata#(?:Machines|\w*Vulnerabilit)/),
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
  { tool: 'nessus', read: readNessusCsv, tells: columns(NESSUS_COLUMNS) },
  { tool: 'openvas', read: readOpenVasCsv, tells: columns(OPENVAS_COLUMNS) },
  { tool: 'qualys', read: readQualysCsv, tells: columns(QUALYS_COLUMNS) },
  { tool: 'csv', read: readPlainCsv, tells: columns(PLAIN_COLUMNS, foldHeading) },
]

const START_BYTES = 256 * 1024

/** Recognises a file and gives what it says. A file of no known tool is refused with a sentence that names those known. */
export async function readScan({
  file,
  bytes,
}: Bytes): Promise<{ readonly tool: string; readonly scanned: AsyncGenerator<Scanned> }> {
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
  const rest = async function* () {
    yield first as Uint8Array
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
      yield next.value
  }
  if (first.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004')
    return { tool: 'defender', scanned: readDefenderArchive({ file, bytes: rest() }) }
  const letters = lettersOf(first.subarray(0, START_BYTES))
  const start = new TextDecoder(letters).decode(first.subarray(0, START_BYTES))
  const format = FORMATS.find(({ tells }) => tells(start))
  if (format === undefined)
    return refuse(file, `no tool that is known wrote it. Known are ${knownTools().join(', ')}`)
  return { tool: format.tool, scanned: format.read({ file, bytes: asUtf8(rest(), letters) }) }
}

export function knownTools(): readonly string[] {
  return [...new Set(FORMATS.map(({ tool }) => tool))]
}
