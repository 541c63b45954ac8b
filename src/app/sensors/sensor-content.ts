// What a station gives its sensors to work with: collectors, lines that go first, and the surest of its indicators, made
// anew when one of them changed and signed by its authority.

import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { isIPv6 } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { packIndicators, readPriorities } from '../../collect/index.ts'
import type { Authority, DoorContent } from '../../collect/index.ts'
import { MINUTE_MS, dataFolders } from '../../core/index.ts'
import type { Clock, Settings } from '../../core/index.ts'
import type { SensorContent } from '../../model/index.ts'
import { sql } from '../../store/index.ts'
import { CONTENT } from '../content.ts'
import type { Core } from '../core.ts'
import { VERSION } from '../version.ts'

export type SensorContentOptions = {
  readonly core: Pick<Core, 'store'>
  readonly settings: Settings
  readonly clock: Clock
  readonly authority: Pick<Authority, 'seal'>
  readonly onTrouble: (cause: unknown) => void
}

/** From here on a list's word is enough to send a line first; findings call it high. */
const SURE = 75
const MOST_INDICATORS = 50_000
/** Between two looks at what changed. */
const LOOK_MS = MINUTE_MS
const StateSchema = z.object({ version: z.number().int(), digest: z.string() })

/** Gives the newest package. Asked several times a minute by each sensor, it looks for changes once. */
export class SensorContents {
  readonly #options: SensorContentOptions
  #made: DoorContent | undefined
  #lookedMs = Number.NEGATIVE_INFINITY
  #looking: Promise<DoorContent> | undefined

  constructor(options: SensorContentOptions) {
    this.#options = options
  }

  /** 0 before any was made. */
  get version(): number {
    return this.#made?.version ?? 0
  }

  readonly newest = (): Promise<DoorContent> => {
    const nowMs = this.#options.clock.nowMs()
    const age = nowMs - this.#lookedMs
    if (this.#made !== undefined && age >= 0 && age < LOOK_MS) return Promise.resolve(this.#made)
    this.#looking ??= this.#look()
      .catch((cause: unknown) => this.#goOn(cause))
      .finally(() => {
        this.#looking = undefined
      })
    return this.#looking
  }

  /** What was made last stays good while nothing newer can be made. */
  #goOn(cause: unknown): DoorContent {
    if (this.#made === undefined) throw cause
    this.#lookedMs = this.#options.clock.nowMs()
    this.#options.onTrouble(cause)
    return this.#made
  }

  async #look(): Promise<DoorContent> {
    const { settings, clock, authority } = this.#options
    const { version: _none, ...rest } = await gather(this.#options)
    const digest = createHash('sha256').update(JSON.stringify(rest)).digest('hex')
    const file = join(dataFolders(settings.data).keys, 'sensors-content.json')
    const before = stateIn(file)
    const isSame = before?.digest === digest
    const version = isSame ? before.version : Math.max((before?.version ?? 0) + 1, clock.nowMs())
    if (!isSame) keep(file, { version, digest })
    if (this.#made?.version !== version)
      this.#made = { version, sealed: authority.seal({ version, ...rest }) }
    this.#lookedMs = clock.nowMs()
    return this.#made
  }
}

async function gather(options: SensorContentOptions): Promise<SensorContent> {
  const { settings, onTrouble } = options
  const own = dataFolders(settings.data).collectors
  const first = readPriorities(CONTENT.priority, onTrouble).flatMap(({ lines }) => lines)
  return {
    version: 1,
    vigie: VERSION,
    collectors: { ...filesIn(CONTENT.collectors), ...filesIn(own) },
    first: [...new Set(first)],
    indicators: await sureIndicators(options),
  }
}

function filesIn(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {}
  const names = readdirSync(folder).filter((name) => /^[a-z0-9-]{1,60}\.yml$/.test(name))
  return Object.fromEntries(
    names.toSorted().map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )
}

/** Live, sure, and not for single persons' eyes (TLP:RED): the surest where there are more than a sensor holds. */
async function sureIndicators({
  core,
  clock,
}: SensorContentOptions): Promise<SensorContent['indicators']> {
  const now = sql`fromUnixTimestamp64Milli(${clock.nowMs()}, 'UTC')`
  const { rows } = await core.store.events.ask.query<{ kind: string; key: string }>(
    sql`SELECT kind, key FROM (
  SELECT kind, key, source, argMax(confidence, version) AS sure, argMax(marking, version) AS mark FROM indicators
  WHERE kind IN ('address', 'domain', 'hash') GROUP BY kind, key, source
  HAVING argMax(revoked, version) = 0 AND argMax(warning, version) = ''
    AND argMax(valid_from, version) <= ${now} AND argMax(valid_until, version) > ${now})
WHERE sure >= ${SURE} AND mark != 'red' GROUP BY kind, key ORDER BY max(sure) DESC, kind, key LIMIT ${MOST_INDICATORS}`,
  )
  const packed = packIndicators(
    rows.map(({ kind, key }) => ({ value: key, below: kind === 'domain' })),
  )
  return {
    count: rows.length,
    hasSix: rows.some(({ key }) => isIPv6(key)),
    packed: packed.toString('base64'),
  }
}

function stateIn(file: string): z.infer<typeof StateSchema> | undefined {
  try {
    return StateSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

function keep(file: string, state: z.infer<typeof StateSchema>): void {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}
