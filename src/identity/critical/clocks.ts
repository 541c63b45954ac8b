// How soon somebody must answer for an alert on what is watched first. Pure: the same times give the same clock.

export const BANDS = ['C1', 'C2', 'C3', 'C4'] as const
export type Band = (typeof BANDS)[number]

type Due = {
  readonly acknowledgeMinutes: number
  readonly containMinutes: number
  /** `always`: nights and weekends count. `business`: only hours somebody is at work. */
  readonly hours: 'always' | 'business'
}

/** Section B6 of the facts. C4 is acknowledged the next working day. */
export const DUE: Readonly<Record<Band, Due>> = {
  C1: { acknowledgeMinutes: 15, containMinutes: 60, hours: 'always' },
  C2: { acknowledgeMinutes: 30, containMinutes: 240, hours: 'always' },
  C3: { acknowledgeMinutes: 240, containMinutes: 1440, hours: 'business' },
  C4: { acknowledgeMinutes: 480, containMinutes: 2400, hours: 'business' },
}

/** When somebody is at work, in the station's own zone. Minutes are from midnight. */
export type Calendar = {
  readonly zone: string
  readonly from: number
  readonly to: number
  /** 1 = Monday. */
  readonly days: readonly number[]
  /** `2026-12-25`. */
  readonly closed: readonly string[]
}

export const OFFICE_HOURS: Calendar = {
  zone: 'America/Toronto',
  from: 8 * 60,
  to: 16 * 60,
  days: [1, 2, 3, 4, 5],
  closed: [],
}
const MINUTE_MS = 60_000
/** Longest a clock looks ahead: a year of closed days is a wrong calendar, not a long weekend. */
const MOST_MINUTES = 366 * 24 * 60

export type Clock = { readonly acknowledgeByMs: number; readonly containByMs: number }

/** The clock starts when the event was received and never pauses. */
export function clockOf(band: Band, receivedMs: number, calendar: Calendar = OFFICE_HOURS): Clock {
  const { acknowledgeMinutes, containMinutes, hours } = DUE[band]
  const after = (minutes: number) =>
    hours === 'always'
      ? receivedMs + minutes * MINUTE_MS
      : afterWorking(receivedMs, minutes, calendar)
  return { acknowledgeByMs: after(acknowledgeMinutes), containByMs: after(containMinutes) }
}

/** Walks by quarters of an hour, so that every zone's summer time is right by itself. */
function afterWorking(fromMs: number, minutes: number, calendar: Calendar): number {
  const STEP = 15
  let left = minutes
  let at = fromMs
  for (let passed = 0; left > 0 && passed < MOST_MINUTES; passed += STEP) {
    if (isOpen(at, calendar)) left -= STEP
    at += STEP * MINUTE_MS
  }
  return at + Math.min(left, 0) * MINUTE_MS
}

const FORMATS = new Map<string, Intl.DateTimeFormat>()
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

export function isOpen(atMs: number, { zone, from, to, days, closed }: Calendar): boolean {
  const format = FORMATS.get(zone) ?? formatOf(zone)
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]))
  const minute = Number(parts.get('hour')) * 60 + Number(parts.get('minute'))
  const day = WEEKDAYS.indexOf(parts.get('weekday') ?? '') || 7
  const date = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
  return days.includes(day) && minute >= from && minute < to && !closed.includes(date)
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  FORMATS.set(zone, format)
  return format
}

export type Rung = { readonly who: string; readonly how: string; readonly afterMinutes: number }

/** Person, alternate, manager, collective on call: a third of the time each until it is due, the last when it is past due. */
export function ladderOf(
  people: readonly { readonly who: string; readonly how: string }[],
  band: Band,
): readonly Rung[] {
  const { acknowledgeMinutes } = DUE[band]
  return people.map(({ who, how }, at) => ({
    who,
    how,
    afterMinutes: Math.round((acknowledgeMinutes * at) / 3),
  }))
}

export type Running = {
  readonly receivedMs: number
  readonly acknowledgedMs: number | undefined
  readonly ladder: readonly Rung[]
  /** Rungs that were called already. */
  readonly called: number
}

/** Whom to call now; none once somebody acknowledged. */
export function dueRungs(
  { receivedMs, acknowledgedMs, ladder, called }: Running,
  nowMs: number,
): readonly Rung[] {
  if (acknowledgedMs !== undefined) return []
  return ladder
    .slice(called)
    .filter(({ afterMinutes }) => receivedMs + afterMinutes * MINUTE_MS <= nowMs)
}

export type Measured = {
  readonly count: number
  readonly p50Ms: number | null
  readonly p90Ms: number | null
  readonly withinShare: number | null
}

/** Time to acknowledge of ended clocks; those still open past their time count as late. */
export function measure(
  clocks: readonly {
    readonly receivedMs: number
    readonly acknowledgeByMs: number
    readonly acknowledgedMs: number | undefined
  }[],
  nowMs: number,
): Measured {
  const ended = clocks.filter(
    ({ acknowledgedMs, acknowledgeByMs }) =>
      acknowledgedMs !== undefined || acknowledgeByMs < nowMs,
  )
  const times = clocks
    .flatMap(({ acknowledgedMs, receivedMs }) =>
      acknowledgedMs === undefined ? [] : [acknowledgedMs - receivedMs],
    )
    .toSorted((a, b) => a - b)
  const within = ended.filter(
    ({ acknowledgedMs, acknowledgeByMs }) =>
      acknowledgedMs !== undefined && acknowledgedMs <= acknowledgeByMs,
  )
  return {
    count: clocks.length,
    p50Ms: quantile(times, 0.5),
    p90Ms: quantile(times, 0.9),
    withinShare: ended.length === 0 ? null : within.length / ended.length,
  }
}

/** Nearest rank. */
function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null
}

type ClockRow = {
  readonly band: string
  readonly received: Date
  readonly acknowledge_by: Date
  readonly acknowledged: Date | null
}

/** Time to acknowledge of each band. */
export function measureBands(
  clocks: readonly ClockRow[],
  nowMs: number,
): readonly (Measured & { readonly band: Band })[] {
  return BANDS.map((band) => {
    const own = clocks.filter((clock) => clock.band === band)
    const times = own.map(({ received, acknowledge_by, acknowledged }) => ({
      receivedMs: received.getTime(),
      acknowledgeByMs: acknowledge_by.getTime(),
      acknowledgedMs: acknowledged?.getTime(),
    }))
    return { band, ...measure(times, nowMs) }
  })
}
