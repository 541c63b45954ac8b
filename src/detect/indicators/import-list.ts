// A list streams in: read, checked, written as rows, loaded by the engine piece by piece. Memory stays flat however long it is.

import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DAY_MS, VigieError } from '../../core/index.ts'
import type { ImportAsk, IndicatorKind, Marking } from '../../model/index.ts'
import { sql, trusted, typed } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'
import type { Entry, Unusable } from './entry.ts'
import { CANONICAL_KEY } from './key-sql.ts'
import { normalise } from './normalise.ts'
import { readList } from './read-list.ts'
import { ROW_STRUCTURE, RowFile } from './row-file.ts'
import type { IndicatorRow } from './row-file.ts'
import type { Warnings } from './warning-lists.ts'

export type ImportRequest = {
  readonly lane: EngineLane
  /** Where rows wait for the engine. */
  readonly folder: string
  readonly bytes: AsyncIterable<Uint8Array>
  readonly ask: ImportAsk
  /** Greater than that of any import before. */
  readonly version: number
  readonly nowMs: number
  readonly warnings: Warnings
}

export type ImportCounts = {
  readonly format: 'json' | 'lines'
  readonly read: number
  readonly kept: number
  readonly warned: number
  readonly refused: number
  readonly problems: readonly Unusable[]
  /** Of the file, else as asked. */
  readonly marking: Marking
}

const ROWS_PER_LOAD = 250_000
const MOST_ENTRIES = 5_000_000
const PROBLEMS_SHOWN = 20

/** Throws BAD_REQUEST for more than five million entries; what was loaded until then stays. */
export async function importList(request: ImportRequest): Promise<ImportCounts> {
  const folder = mkdtempSync(join(request.folder, 'indicators-'))
  try {
    const loading = new Loading(request, folder)
    for await (const { format, entries } of readList(request.bytes)) {
      loading.format = format
      for (const read of entries) {
        if (read.kind === 'entry') await loading.take(read.entry)
        else if (read.kind === 'unusable') loading.refuse(read.unusable)
        else loading.mark(read.marking)
      }
    }
    await loading.end()
    if (request.ask.replace) await endOlder(request)
    return loading.counts()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

class Loading {
  readonly #request: ImportRequest
  readonly #folder: string
  readonly #problems: Unusable[] = []
  #file: RowFile | undefined
  #files = 0
  #counts = { read: 0, kept: 0, warned: 0, refused: 0 }
  #marking: Marking
  format: 'json' | 'lines' = 'lines'

  constructor(request: ImportRequest, folder: string) {
    this.#request = request
    this.#folder = folder
    this.#marking = request.ask.marking
  }

  counts(): ImportCounts {
    const { format } = this
    return { ...this.#counts, format, problems: this.#problems, marking: this.#marking }
  }

  mark(marking: Marking): void {
    this.#marking = marking
  }

  refuse(problem: Unusable): void {
    this.#counts.read += 1
    this.#counts.refused += 1
    if (this.#problems.length < PROBLEMS_SHOWN) this.#problems.push(problem)
  }

  async take(entry: Entry): Promise<void> {
    const { ask, nowMs, warnings } = this.#request
    const read = normalise(entry.value, entry.kind)
    if (!read.ok) {
      const value = entry.value.slice(0, 200)
      return this.refuse({ line: entry.line, value, reason: read.reason })
    }
    this.#counts.read += 1
    if (this.#counts.read > MOST_ENTRIES) throw tooMany()
    const { kind, key } = read
    const row = rowOf({ entry, kind, key, ask, nowMs, warning: warnings(kind, key) })
    this.#counts.kept += 1
    if (row.warning !== '') this.#counts.warned += 1
    this.#file ??= new RowFile(this.#path())
    await this.#file.write(row)
    if (this.#file.rows >= ROWS_PER_LOAD) await this.#load()
  }

  async end(): Promise<void> {
    await this.#load()
  }

  #path(): string {
    return join(this.#folder, `${this.#files}.rows`)
  }

  async #load(): Promise<void> {
    if (this.#file === undefined) return
    await this.#file.end()
    await loadRows(this.#request, this.#path())
    rmSync(this.#path())
    this.#file = undefined
    this.#files += 1
  }
}

function tooMany(): VigieError {
  const most = MOST_ENTRIES.toLocaleString('en-CA')
  return new VigieError('BAD_REQUEST', { met: `more than ${most} entries`, expected: 'fewer' })
}

type Made = {
  readonly entry: Entry
  readonly kind: IndicatorKind
  readonly key: string
  readonly ask: ImportAsk
  readonly nowMs: number
  readonly warning: string
}

function rowOf({ entry, kind, key, ask, nowMs, warning }: Made): IndicatorRow {
  const asked = ask.until === undefined ? undefined : Date.parse(ask.until)
  return {
    kind,
    key,
    confidence: entry.confidence ?? ask.confidence,
    marking: entry.marking ?? ask.marking,
    fromMs: entry.fromMs ?? 0,
    untilMs: entry.untilMs ?? asked ?? endOf(kind, nowMs),
    revoked: entry.revoked ?? false,
    warning,
    label: entry.label ?? '',
    reference: entry.reference ?? '',
  }
}

const NEVER_MS = Date.UTC(2100, 0, 1)
/** Where nobody says how long: addresses change hands within weeks, names within a year, content never changes. */
const DEFAULT_DAYS: Readonly<Partial<Record<IndicatorKind, number>>> = {
  address: 90,
  prefix: 90,
  domain: 365,
  url: 365,
  email: 365,
}

function endOf(kind: IndicatorKind, nowMs: number): number {
  const days = DEFAULT_DAYS[kind]
  return days === undefined ? NEVER_MS : nowMs + days * DAY_MS
}

const COLUMNS =
  'key_hash, kind, key, source, confidence, marking, valid_from, valid_until, revoked, warning, label, reference, version'
const LOAD_SETTINGS = {
  max_insert_block_size: 131_072,
  min_insert_block_size_rows: 131_072,
  max_threads: 1,
}

async function loadRows({ lane, ask, version }: ImportRequest, file: string): Promise<void> {
  await lane.load({
    file,
    structure: ROW_STRUCTURE,
    insert: sql`INSERT INTO indicators (${trusted(COLUMNS)})
WITH ${trusted(CANONICAL_KEY)} AS stored_key
SELECT cityHash64(stored_key), kind, stored_key, ${ask.list}, confidence, marking, valid_from, valid_until, revoked, warning, label, reference, ${typed('UInt64', version)} FROM`,
    where: trusted("WHERE key != ''"),
    settings: LOAD_SETTINGS,
  })
}

/** Ends what the list held before this version; of these objects alone where some are named. */
export async function endOlder({
  lane,
  ask,
  version,
  nowMs,
  references,
}: Pick<ImportRequest, 'lane' | 'nowMs' | 'version'> & {
  readonly ask: Pick<ImportAsk, 'list'>
  readonly references?: readonly string[]
}): Promise<void> {
  const ofThem =
    references === undefined ? sql`1` : sql`argMax(reference, i.version) IN ${references}`
  await lane.command(
    sql`INSERT INTO indicators (${trusted(COLUMNS)})
SELECT any(key_hash), kind, key, source, argMax(confidence, i.version), argMax(marking, i.version), argMax(valid_from, i.version),
  least(argMax(valid_until, i.version), toDateTime(${Math.floor(nowMs / 1000)}, 'UTC')), 1, argMax(warning, i.version), argMax(label, i.version), argMax(reference, i.version), ${typed('UInt64', version)}
FROM indicators AS i WHERE source = ${ask.list} GROUP BY kind, key, source
HAVING max(i.version) < ${typed('UInt64', version)} AND argMax(revoked, i.version) = 0 AND ${ofThem}`,
    { settings: { max_bytes_before_external_group_by: 200_000_000 } },
  )
}
