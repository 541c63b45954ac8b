// What filters and conduits say of connections that were seen: those that should not be there, those that no conduit names, field
// protocols outside, and ways that nobody uses.

import type { SeenFlow, SeenState, SegmentFinding, UnusedWay } from '../../model/index.ts'
import type { Device } from '../network/device.ts'
import { answerTo } from '../network/verdict.ts'
import { prefix } from '../packets/addresses.ts'
import type { Addresses } from '../packets/addresses.ts'
import { holds } from '../packets/ranges.ts'
import { service } from '../packets/services.ts'
import type { Service } from '../packets/services.ts'
import type { PairVerdict } from '../segmentation/judge-zones.ts'
import type { OtService } from '../segmentation/ot-services.ts'
import { serviceText } from '../segmentation/shown.ts'
import type { Plan, ZoneKind } from '../segmentation/zones-file.ts'
import type { Seen, SeenGroup, SeenPair } from './seen-days.ts'

export type JudgedSeen = {
  readonly flows: readonly SeenFlow[]
  readonly findings: readonly SegmentFinding[]
  readonly unused: readonly UnusedWay[]
  readonly unseen: readonly string[]
}

export type SeenWith = {
  readonly plan: Plan
  readonly pairs: readonly PairVerdict[]
  readonly devices: readonly Device[]
  readonly services: readonly OtService[]
}

/** Questions to the model in one round: ways into OT first. */
const MOST_ASKED = 3000
const INSIDE = new Set<ZoneKind>(['ot', 'safety'])

export function judgeSeen({ groups, span }: Seen, given: SeenWith): JudgedSeen {
  const kindOf = new Map(given.plan.zones.map(({ id, kind }) => [id, kind]))
  const isInside = (zone: string) => INSIDE.has(kindOf.get(zone) ?? 'undecided')
  const sinceMs = span.filtersSince === null ? 0 : Date.parse(span.filtersSince)
  let left = MOST_ASKED
  const first = groups.toSorted((a, b) => Number(isInside(b.to)) - Number(isInside(a.to)))
  const told = first.map((group) => {
    left -= group.pairs.length
    return { group, ...(left < 0 ? unasked(group) : stateOf(group, sinceMs, given)) }
  })
  const flows = told.map(({ group, state, pair }) => shown(group, { state, pair, given }))
  return { flows, findings: findingsOf(flows, { isInside, given }), ...unusedOf(groups, given) }
}

type Judged = { readonly state: SeenState; readonly pair: SeenPair | undefined }

function unasked({ pairs }: SeenGroup): Judged {
  return { state: 'unknown', pair: pairs[0] }
}

/** The state that most calls for somebody, and the addresses it is said of. */
const WORST: readonly SeenState[] = ['never', 'beyond', 'unknown', 'earlier', 'allowed']

function stateOf(group: SeenGroup, sinceMs: number, given: SeenWith): Judged {
  if (group.from === group.to) return { state: 'within', pair: group.pairs[0] }
  const pair = given.pairs.find(({ from, to }) => from.id === group.from && to.id === group.to)
  if (pair === undefined || group.pairs.length === 0) return unasked(group)
  const wanted = service(group.protocol, [group.port, group.port])
  const isNamed = pair.conduits.some(({ services }) => services.some((one) => isWithin(group, one)))
  const all = group.pairs.map((seen): Judged => {
    const verdict = verdictOn(seen, { pair, wanted, devices: given.devices })
    if (verdict === 'blocked') return { state: seen[2] < sinceMs ? 'earlier' : 'never', pair: seen }
    if (verdict === 'indeterminate') return { state: 'unknown', pair: seen }
    return { state: isNamed ? 'allowed' : 'beyond', pair: seen }
  })
  return (
    all.toSorted((a, b) => WORST.indexOf(a.state) - WORST.indexOf(b.state))[0] ?? unasked(group)
  )
}

function isWithin({ protocol, port }: SeenGroup, { protocols, destination }: Service): boolean {
  return (
    (protocols === null || holds(protocols, protocol)) &&
    (destination === null || holds(destination, port))
  )
}

function verdictOn(
  [source, destination]: SeenPair,
  {
    pair,
    wanted,
    devices,
  }: { readonly pair: PairVerdict; readonly wanted: Service; readonly devices: readonly Device[] },
) {
  const from = prefix(source)
  const to = prefix(destination)
  if (from === undefined || to === undefined) return 'indeterminate'
  const family = from.v4.length > 0 ? 4 : 6
  const ask = { devices, family, services: [wanted] } as const
  const places = (addresses: Addresses, end: PairVerdict['from']['end']) =>
    end.places === undefined ? { addresses } : { addresses, places: end.places }
  const start = places(from, pair.from.end)
  const { verdict } = answerTo({ ...ask, from: start, to: places(to, pair.to.end) })
  // Where addresses are translated, logs may show the packet as it was sent.
  if (verdict !== 'blocked' || devices.every(({ translations }) => translations.length === 0))
    return verdict
  return answerTo({ ...ask, from: start, to: { addresses: to }, sentTo: to }).verdict
}

function shown(
  group: SeenGroup,
  { state, pair, given }: Judged & { readonly given: SeenWith },
): SeenFlow {
  const { from, to, protocol, port, passed, refused, sources, destinations } = group
  return {
    from,
    to,
    service: serviceText(protocol, port),
    name: nameOf(group, given.services)?.id ?? '',
    state,
    passed,
    refused,
    sources,
    destinations,
    first: new Date(group.firstMs).toISOString(),
    last: new Date(group.lastMs).toISOString(),
    source: pair?.[0] ?? '',
    destination: pair?.[1] ?? '',
  }
}

function nameOf(group: SeenGroup, services: readonly OtService[]): OtService | undefined {
  return services.find((one) => one.services.some((own) => isWithin(group, own)))
}

type Telling = { readonly isInside: (zone: string) => boolean; readonly given: SeenWith }

function findingsOf(
  flows: readonly SeenFlow[],
  { isInside, given }: Telling,
): readonly SegmentFinding[] {
  const field = new Set(given.services.filter((one) => one.field).map(({ id }) => id))
  const byPair = Map.groupBy(flows, ({ from, to }) => `${from} ${to}`)
  return [...byPair.values()].flatMap((same): SegmentFinding[] => {
    const [{ from, to } = { from: '', to: '' }] = same
    const borders = isInside(to) && !isInside(from)
    const told = (
      kind: string,
      severity: SegmentFinding['severity'],
      of: readonly SeenFlow[],
      techniques: readonly string[] = [],
    ): SegmentFinding[] =>
      of.length === 0
        ? []
        : [
            {
              kind,
              severity,
              from,
              to,
              verdict: kind === 'seen_never' ? 'blocked' : 'open',
              techniques,
              about: of.map(({ name, service: text }) => name || text),
            },
          ]
    const never = same.filter(({ state }) => state === 'never')
    const beyond = same.filter(({ state }) => state === 'beyond')
    const outside = same.filter(
      ({ name, passed }) => passed > 0 && field.has(name) && !isInside(from) && !isInside(to),
    )
    return [
      ...told('seen_never', borders ? 'high' : 'medium', never, borders ? ['T0886'] : []),
      ...told('seen_beyond', borders ? 'medium' : 'low', beyond),
      ...told('ot_protocol_outside', 'medium', outside, ['T0886']),
    ]
  })
}

/** Of zones that no log tells of, nothing is called unused. */
function unusedOf(
  groups: readonly SeenGroup[],
  { plan, pairs }: SeenWith,
): Pick<JudgedSeen, 'unused' | 'unseen'> {
  const told = new Set(groups.flatMap(({ from, to }) => [from, to]))
  const unseen = plan.zones.flatMap(({ id }) => (told.has(id) ? [] : [id]))
  const unused = pairs.flatMap((pair): UnusedWay[] => {
    const [from, to] = [pair.from.id, pair.to.id]
    const isOpen = pair.all.verdict === 'open' || pair.all.verdict === 'conditional'
    if (!isOpen || !told.has(from) || !told.has(to)) return []
    const own = groups.filter((one) => one.from === from && one.to === to && one.passed > 0)
    if (own.length === 0) return [{ from, to, services: [] }]
    const services = pair.conduits
      .flatMap(({ services: all, allow }) => all.map((one, at) => ({ one, text: allow[at] ?? '' })))
      .filter(({ one }) => !own.some((group) => isWithin(group, one)))
      .map(({ text }) => text)
    return services.length === 0 ? [] : [{ from, to, services }]
  })
  return { unused, unseen }
}
