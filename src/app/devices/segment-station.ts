// A station's segmentation: judged beside it, in a process of its own, when configurations or zones change.

import { fork } from 'node:child_process'
import { join } from 'node:path'
import { openSegmentation, readOtServices } from '../../audit/index.ts'
import type {
  Borders,
  Round,
  RoundAsk,
  Seen,
  SegmentationParts,
  StationSegmentation,
} from '../../audit/index.ts'
import { MINUTE_MS } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import { raiseAlerts } from '../../detect/index.ts'
import { CONTENT } from '../content.ts'
import type { Core } from '../core.ts'
import { repeat } from '../repeat.ts'
import type { Repeated } from '../repeat.ts'
import type { AuditTools } from './audit-tools.ts'
import type { ChildTold } from './segment-child.ts'

export type SegmentationOptions = {
  readonly core: Pick<Core, 'store'>
  readonly tools: () => AuditTools
  readonly clock: Clock
  readonly onRaised: () => void
  /** Beside the station where absent. */
  readonly judge?: SegmentationParts['judge']
}

type ServicePorts = { readonly all: readonly number[]; readonly field: readonly number[] }

export function segmentationOf({
  core,
  tools,
  clock,
  onRaised,
  judge = judgeBeside,
}: SegmentationOptions): StationSegmentation {
  const { records, events } = core.store
  let ports: ServicePorts | undefined
  return openSegmentation({
    records,
    events,
    clock,
    tools,
    ports: () => (ports ??= portsOf()),
    judge,
    raise: async (transaction, { findings, rules }, nowMs) => {
      if (findings.length === 0) return
      await raiseAlerts(transaction, findings, { rules, nowMs })
      onRaised()
    },
  })
}

function portsOf(): ServicePorts {
  const services = readOtServices(CONTENT.otServices)
  const of = (all: typeof services) => [
    ...new Set(
      all.flatMap((one) =>
        one.services.flatMap(({ destination }) => {
          const [low = 0, high = 0] = destination ?? []
          return Array.from({ length: high - low + 1 }, (_, at) => low + at)
        }),
      ),
    ),
  ]
  return { all: of(services), field: of(services.filter(({ field }) => field)) }
}

const LOOK_MS = MINUTE_MS

/** Looks until closed. */
export function watchSegmentation(
  segmentation: StationSegmentation,
  onTrouble: (cause: unknown) => void,
): Repeated {
  return repeat((signal) => segmentation.look(signal), { everyMs: LOOK_MS, onTrouble })
}

/** A network that takes more is said to be too large, and the station goes on. */
const MOST_MS = 10 * MINUTE_MS
const MOST_MEGABYTES = 1024

const CHILD = join(import.meta.dirname, 'segment-child.ts')

/**
 * Rejects where it takes too long or too much. A process and not a thread: the engine's library is loaded with the rooms, and a thread
 * that has it cannot be ended.
 */
async function judgeBeside(
  ask: RoundAsk,
  seen: (borders: Borders) => Promise<Seen | null>,
  signal: AbortSignal | undefined,
): Promise<Round> {
  const child = fork(CHILD, {
    serialization: 'advanced',
    execArgv: [...process.execArgv, `--max-old-space-size=${MOST_MEGABYTES}`],
  })
  const limits = [AbortSignal.timeout(MOST_MS), ...(signal === undefined ? [] : [signal])]
  const ended = AbortSignal.any(limits)
  try {
    return await new Promise<Round>((resolve, reject) => {
      ended.addEventListener('abort', () => reject(ended.reason), { once: true })
      child.once('error', reject)
      child.once('exit', (code) => reject(new Error(`ended without an answer (${code})`)))
      child.on('message', (told: ChildTold) => {
        if (told.kind === 'judged') resolve(told.round)
        else if (told.kind === 'failed') reject(new Error(told.reason))
        else seen(told.borders).then((found) => child.send(found ?? false), reject)
      })
      child.send(ask)
    })
  } finally {
    child.kill('SIGKILL')
  }
}
