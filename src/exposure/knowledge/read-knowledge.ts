// Any file of knowledge: recognised by what it holds, read whole and bounded, refused with a sentence.

import { isZip } from '../../core/index.ts'
import { gunzipped, isGzip, zipped } from '../imports/archives.ts'
import { beginningOf, refuse } from '../imports/limits.ts'
import { jsonDocuments, wholeText } from '../imports/read-json.ts'
import type { Bytes } from '../imports/read-json.ts'
import { CsafSchema, mandatoryFailures, toldByCsaf, toldByOpenVex } from './csaf.ts'
import { CveRecordSchema, toldByRecord } from './cve-record.ts'
import { instantOf, isKev, readKev } from './kev.ts'
import type { Loaded, Told } from './knowledge.ts'
import { isNvd, NvdSchema, toldByNvd } from './nvd.ts'
import { isEpss, readEpss } from './scores.ts'
import { isSupport, readSupport } from './support.ts'
import { refuseUnusable } from './unusable.ts'

/** Throws EXPOSURE_FILE_REFUSED: nothing of a file is taken that cannot be what it says it is. */
export async function readKnowledge(source: Bytes): Promise<readonly Loaded[]> {
  const loaded = await loadedIn(source)
  for (const one of loaded) refuseUnusable(source.file, one)
  return loaded
}

async function loadedIn({ file, bytes }: Bytes): Promise<readonly Loaded[]> {
  const text = await wholeText({ file, bytes: unzipped({ file, bytes }) })
  if (isEpss(text)) return [readEpss(text)]
  const whole = async function* () {
    yield Buffer.from(text)
  }
  const documents = await jsonDocuments({ file, bytes: whole() })
  // endoflife.date's older form is an array of cycles.
  if (isSupport(documents)) return [readSupport(documents, file)]
  const loaded: Loaded[] = []
  const records: Told[] = []
  let unknown = 0
  for (const document of documents) {
    const one = await readOne(document, file)
    if (one !== undefined) loaded.push(one)
    else {
      const told = toldByRecord(document)
      if (told === undefined) unknown += 1
      else records.push(told)
    }
  }
  if (records.length > 0) loaded.push(recordsOf(records, unknown))
  if (loaded.length === 0)
    refuse(file, documents.length === 0 ? 'empty' : 'unknown_knowledge', namesIn(documents[0]))
  return loaded
}

/** What stands in a document that nobody knows, by its names. */
function namesIn(document: unknown): string {
  return typeof document === 'object' && document !== null
    ? Object.keys(document).slice(0, 20).join(', ')
    : beginningOf(String(document))
}

async function readOne(document: unknown, file: string): Promise<Loaded | undefined> {
  if (CveRecordSchema.safeParse(document).success) return undefined
  if (isNvd(document)) return nvdOf(document)
  if (isKev(document)) return readKev(document)
  if (isSupport(document)) return readSupport(document, file)
  const vex = toldByOpenVex(document)
  if (vex !== undefined)
    return {
      name: vex.name,
      kind: 'vex',
      dated: instantOf(vex.dated) ?? new Date(0).toISOString(),
      isWhole: false,
      told: vex.told,
      support: [],
      refused: 0,
      problems: [],
    }
  return csafOf(document)
}

async function csafOf(document: unknown): Promise<Loaded | undefined> {
  const read = CsafSchema.safeParse(document)
  if (!read.success) return undefined
  const { tracking, publisher, category } = read.data.document
  const failures = await mandatoryFailures(document)
  return {
    name: `${publisher.name} ${tracking.id}`.slice(0, 200),
    kind: category === 'csaf_vex' ? 'vex' : 'csaf',
    dated: instantOf(tracking.current_release_date) ?? new Date(0).toISOString(),
    isWhole: false,
    told: failures.length > 0 ? [] : toldByCsaf(read.data),
    support: [],
    refused: failures.length > 0 ? 1 : 0,
    problems: failures.map((detail) => ({ kind: 'csaf', detail })),
  }
}

function nvdOf(document: unknown): Loaded {
  const { timestamp, vulnerabilities } = NvdSchema.parse(document)
  const told = vulnerabilities.flatMap(({ cve }) => toldByNvd(cve) ?? [])
  const newest = told
    .map(({ dated = '' }) => dated)
    .toSorted()
    .at(-1)
  return {
    name: 'NVD',
    kind: 'nvd',
    dated:
      instantOf(timestamp === undefined ? undefined : `${timestamp.replace(/Z$/, '')}Z`) ??
      newest ??
      new Date(0).toISOString(),
    isWhole: false,
    told,
    support: [],
    refused: vulnerabilities.length - told.length,
    problems: [],
  }
}

function recordsOf(told: readonly Told[], refused: number): Loaded {
  const newest = told
    .map(({ dated }) => instantOf(dated) ?? '')
    .toSorted()
    .at(-1)
  return {
    name: 'CVE records',
    kind: 'cve',
    dated: newest === undefined || newest === '' ? new Date(0).toISOString() : newest,
    isWhole: false,
    told,
    support: [],
    refused,
    problems: [],
  }
}

/** gzip is told by its first two bytes (RFC 1952 section 2.3.1), a zip by its first four. What it unpacks to is bounded where it is read. */
async function* unzipped({ file, bytes }: Bytes): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done === true) return
  const rest = async function* () {
    yield first.value
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
      yield next.value
  }
  if (isGzip(first.value)) yield* gunzipped({ file, bytes: rest() })
  else if (isZip(first.value)) {
    for (const one of await zipped({ file, bytes: rest() })) {
      yield* one.bytes
      // One document on each line, as they are read where a file holds several.
      yield Buffer.from('\n')
    }
  } else yield* rest()
}
