// Microsoft Defender Vulnerability Management: vulnerabilities by machine, alone or in an archive with the list of machines.

import { z } from 'zod'
import { cell, csvRows } from './read-csv.ts'
import { jsonDocuments } from './read-json.ts'
import type { Bytes } from './read-json.ts'
import { cvesIn, hostOf, instantIn, listOf, numberIn, Said, severityOf } from './scanned.ts'
import type { Host, Scanned } from './scanned.ts'

const MachineSchema = z.object({
  id: z.string(),
  computerDnsName: Said,
  lastIpAddress: Said,
  osPlatform: Said,
  lastExternalIpAddress: Said,
})
const VulnerabilitySchema = z.object({
  id: Said,
  cveId: z.string(),
  machineId: Said,
  deviceId: Said,
  deviceName: Said,
  productName: Said,
  softwareName: Said,
  productVendor: Said,
  softwareVendor: Said,
  productVersion: Said,
  softwareVersion: Said,
  severity: Said,
  vulnerabilitySeverityLevel: Said,
  fixingKbId: Said,
  recommendedSecurityUpdate: Said,
  lastSeenTimestamp: Said,
  cvssScore: Said,
})
const EntrySchema = z.preprocess(smallFirst, z.union([VulnerabilitySchema, MachineSchema]))
/** `value` of the API, `Results` of advanced hunting. */
const FileSchema = z.preprocess(
  smallFirst,
  z.object({ value: listOf(EntrySchema).optional(), results: listOf(EntrySchema).optional() }),
)

/** Advanced hunting writes `CveId` what the API writes `cveId`. */
function smallFirst(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      inner,
    ]),
  )
}

export async function* readDefender(source: Bytes): AsyncGenerator<Scanned> {
  yield* scannedOf(await jsonDocuments(source))
}

const DEFENDER_COLUMNS = new Set(['cveid', 'cve id'])

/** The table DeviceTvmSoftwareVulnerabilities as advanced hunting and the portal save it. */
export async function* readDefenderCsv({ file, bytes }: Bytes): AsyncGenerator<Scanned> {
  let index = 0
  for await (const row of csvRows({ file, bytes, known: DEFENDER_COLUMNS })) {
    const cveId = cell(row, 'cveid', 'cve id')
    if (cveId === '') continue
    const said = (...names: readonly string[]) => cell(row, ...names) || undefined
    const met = VulnerabilitySchema.parse({
      cveId,
      deviceId: said('deviceid', 'device id'),
      deviceName: said('devicename', 'device name'),
      softwareVendor: said('softwarevendor', 'software vendor'),
      softwareName: said('softwarename', 'software name'),
      softwareVersion: said('softwareversion', 'software version'),
      vulnerabilitySeverityLevel: said('vulnerabilityseveritylevel', 'severity level', 'severity'),
      recommendedSecurityUpdate: said('recommendedsecurityupdate'),
      lastSeenTimestamp: said('lastseentimestamp', 'last seen'),
      cvssScore: said('cvssscore', 'cvss'),
    })
    yield vulnerabilityOf(met, { machines: new Map(), index })
    index += 1
  }
}

/** Vulnerabilities and machines stand in files of their own: together they are one. */
export async function* readDefenderFiles(sources: readonly Bytes[]): AsyncGenerator<Scanned> {
  const documents: unknown[] = []
  for (const source of sources) documents.push(...(await jsonDocuments(source)))
  yield* scannedOf(documents)
}

function* scannedOf(documents: readonly unknown[]): Generator<Scanned> {
  const entries = documents.flatMap((document) => {
    const read = FileSchema.safeParse(document)
    const list = read.success ? (read.data.value ?? read.data.results) : undefined
    return list ?? EntrySchema.safeParse(document).data ?? []
  })
  const machines = new Map(
    entries.flatMap((entry) => ('cveId' in entry ? [] : [[entry.id, entry] as const])),
  )
  for (const [, machine] of machines)
    yield { kind: 'asset', host: machineHost(machine.id, machine), products: [] }
  for (const [index, met] of entries.entries())
    if ('cveId' in met) yield vulnerabilityOf(met, { machines, index })
}

function machineHost(
  id: string,
  machine: z.infer<typeof MachineSchema> | undefined,
  name?: string,
): Host {
  return hostOf([machine?.computerDnsName ?? name, machine?.lastIpAddress], {
    system: machine?.osPlatform,
    aliases: id === '' ? [] : [{ kind: 'tool', value: `defender:${id.toLowerCase()}` }],
  })
}

function vulnerabilityOf(
  met: z.infer<typeof VulnerabilitySchema>,
  {
    machines,
    index,
  }: {
    readonly machines: ReadonlyMap<string, z.infer<typeof MachineSchema>>
    readonly index: number
  },
): Scanned {
  const id = met.machineId ?? met.deviceId ?? ''
  return {
    kind: 'finding',
    host: machineHost(id, machines.get(id), met.deviceName),
    service: '',
    check: met.cveId,
    about: 'vulnerability',
    vulnerabilities: cvesIn(met.cveId),
    component: {
      vendor: met.productVendor ?? met.softwareVendor,
      name: met.productName ?? met.softwareName ?? '',
      version: met.productVersion ?? met.softwareVersion,
      service: '',
      confidence: 90,
    },
    title: met.cveId,
    severity: severityOf(met.severity ?? met.vulnerabilitySeverityLevel),
    state: 'open',
    confidence: 90,
    fixedIn: met.fixingKbId ?? met.recommendedSecurityUpdate,
    seenMs: instantIn(met.lastSeenTimestamp),
    score: numberIn(met.cvssScore),
    group: String(index),
  }
}
