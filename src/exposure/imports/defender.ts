// Microsoft Defender Vulnerability Management: vulnerabilities by machine, alone or in an archive with the list of machines.

import { fromBuffer } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { z } from 'zod'
import { LIMITS, refuse } from './limits.ts'
import { jsonDocuments } from './read-json.ts'
import type { Bytes } from './read-json.ts'
import { cvesIn, hostOf, listOf, Said, severityOf } from './scanned.ts'
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
})
const FileSchema = z.object({ value: listOf(z.union([VulnerabilitySchema, MachineSchema])) })

export async function* readDefender(source: Bytes): AsyncGenerator<Scanned> {
  yield* scannedOf(await jsonDocuments(source))
}

const MOST_ENTRIES = 1000

export async function* readDefenderArchive({ file, bytes }: Bytes): AsyncGenerator<Scanned> {
  const pieces: Uint8Array[] = []
  let total = 0
  for await (const piece of bytes) {
    total += piece.length
    if (total > LIMITS.jsonBytes) refuse(file, 'it is larger than 512 MiB')
    pieces.push(piece)
  }
  const documents: unknown[] = []
  for (const { name, content } of await entriesOf(Buffer.concat(pieces), file))
    documents.push(...(await jsonDocuments({ file: `${file}: ${name}`, bytes: content })))
  yield* scannedOf(documents)
}

function* scannedOf(documents: readonly unknown[]): Generator<Scanned> {
  const entries = documents.flatMap((document) => {
    const read = FileSchema.safeParse(document)
    return read.success ? read.data.value : (VulnerabilitySchema.safeParse(document).data ?? [])
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
    fixedIn: met.fixingKbId,
    group: String(index),
  }
}

type ArchiveEntry = { readonly name: string; readonly content: AsyncIterable<Uint8Array> }

/** JSON files of an archive, one after another, bounded as they unpack. */
async function entriesOf(archive: Buffer, file: string): Promise<readonly ArchiveEntry[]> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(archive, { lazyEntries: true }, (cause, opened) =>
      cause === null ? resolve(opened) : reject(cause),
    )
  }).catch((cause: unknown) =>
    refuse(file, `it is not an archive that can be read (${String(cause)})`),
  )
  const entries: ArchiveEntry[] = []
  const left: { bytes: number } = { bytes: LIMITS.jsonBytes }
  await new Promise<void>((resolve, reject) => {
    zip.on('end', resolve)
    zip.on('error', reject)
    zip.on('entry', (entry: Entry) => {
      const isWanted =
        /\.json$/i.test(entry.fileName) && !/(?:^|\/)(?:__MACOSX|\.)/.test(entry.fileName)
      if (!isWanted || entries.length >= MOST_ENTRIES) zip.readEntry()
      else
        unpack(zip, { entry, left, file }).then((content) => {
          entries.push({ name: entry.fileName, content: ofPieces(content) })
          zip.readEntry()
        }, reject)
    })
    zip.readEntry()
  })
  return entries
}

function unpack(
  zip: ZipFile,
  {
    entry,
    left,
    file,
  }: { readonly entry: Entry; readonly left: { bytes: number }; readonly file: string },
): Promise<readonly Uint8Array[]> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (cause, stream) => {
      if (cause !== null) {
        reject(cause)
        return
      }
      const pieces: Uint8Array[] = []
      stream.on('data', (piece: Buffer) => {
        left.bytes -= piece.length
        if (left.bytes >= 0) {
          pieces.push(piece)
          return
        }
        stream.destroy()
        try {
          refuse(file, 'what it unpacks to is larger than 512 MiB')
        } catch (tooLarge) {
          reject(tooLarge)
        }
      })
      stream.on('error', reject)
      stream.on('end', () => resolve(pieces))
    })
  })
}

async function* ofPieces(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}
