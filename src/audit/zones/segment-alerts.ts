// What of a round rings: what a change opened, with its packet and lines; and what was seen that filters never let pass, or became
// possible while nobody touched the zones.

import { SEVERITIES } from '../../model/index.ts'
import type {
  AuditFinding,
  AuditPlace,
  Finding,
  Opening,
  RuleFacts,
  SeenFlow,
  SegmentFinding,
  Severity,
  ShownPair,
} from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'
import type { AuditAlerts } from '../records/alerts.ts'

export const OPENED = 'segment-opened'

/** Zones by their ids. */
export type Names = ReadonlyMap<string, string>

const both = (say: (language: Language) => string) => ({ en: say('en'), fr: say('fr') })

/** A sentence for each language. */
export function findingSentence(finding: SegmentFinding, names: Names) {
  return both((language) => {
    const say: Readonly<Record<string, (about: FindingAbout) => string>> =
      wordsOf(language).segment.findings
    const { kind, verdict, about } = finding
    const [from, to] = [nameIn(names, finding.from), nameIn(names, finding.to)]
    const told = { from, to, isSure: verdict === 'open', about: someOf(about) }
    return say[kind]?.(told) ?? kind
  })
}

type FindingAbout = {
  readonly from: string
  readonly to: string
  readonly isSure: boolean
  readonly about: string
}

const NAMES_SHOWN = 6

export function someOf(names: readonly string[]): string {
  const more = names.length - NAMES_SHOWN
  return [...names.slice(0, NAMES_SHOWN), ...(more > 0 ? [`… (+${more})`] : [])].join(', ')
}

function nameIn(names: Names, zone: string): string {
  return names.get(zone) ?? zone
}

/** A change beside what it opened; times in UTC milliseconds. */
export type OpenedChange = {
  readonly device: string
  readonly version: string
  readonly madeMs: number
  readonly openings: readonly Opening[]
}

/** As people read it beside the other findings of the change; `null`: it opened nothing. */
export function openedFindingOf(change: OpenedChange, names: Names): AuditFinding | null {
  const { openings } = change
  const [worst] = openings.toSorted((a, b) => rank(a.severity) - rank(b.severity))
  if (worst === undefined) return null
  const say = (language: Language) => wordsOf(language).segment.opened
  const [en, fr] = [say('en'), say('fr')]
  const isInside = worst.severity === 'critical'
  return {
    check: OPENED,
    kind: 'change',
    severity: worst.severity,
    step: 'filter',
    title: both((language) => (isInside ? say(language).titleInside : say(language).title)),
    why: both((language) => whyOf(change, language, names)),
    do: { en: [...en.do], fr: [...fr.do] },
    falsePositives: { en: en.benign, fr: fr.benign },
    attack: isInside ? ['T0886'] : [],
    references: [],
    places: placesOf(change),
    count: openings.length,
  }
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity)
}

const WAYS_TOLD = 3

function whyOf({ device, openings }: OpenedChange, language: Language, names: Names): string {
  const say = wordsOf(language).segment.opened
  const ways = openings
    .toSorted((a, b) => rank(a.severity) - rank(b.severity))
    .slice(0, WAYS_TOLD)
    .map(({ from, to, answer: { witness } }) => {
      const way = say.way(nameIn(names, from), nameIn(names, to))
      if (witness === null) return way
      const { source, destination, service } = witness.packet
      return `${way} (${source} → ${destination} ${service})`
    })
  return say.why(device, ways.join(', '), openings.length - ways.length)
}

/** The rules of the device itself that let the first packet pass. */
function placesOf({ device, openings }: OpenedChange): AuditPlace[] {
  const rules = openings.flatMap(({ from, to, answer }) =>
    (answer.witness?.hops ?? [])
      .filter((hop) => hop.device === device)
      .flatMap((hop) => hop.rules)
      .map((rule) => ({ rule, what: `${from} → ${to}` })),
  )
  return rules.slice(0, PLACES_KEPT).map(({ rule, what }) => ({
    side: 'after',
    first: rule.first,
    last: rule.last,
    stanza: [],
    path: [rule.filter, rule.text || rule.rule || ''].filter((part) => part !== '').join(' > '),
    what,
  }))
}

const PLACES_KEPT = 20

/** An expected change rings where it opens OT: an announced evening is the best cover there is. */
export function openedAlerts(
  change: OpenedChange,
  { names, isExpected }: { readonly names: Names; readonly isExpected: boolean },
): AuditAlerts {
  const found = openedFindingOf(change, names)
  if (found === null || (isExpected && found.severity !== 'critical')) return NO_ALERTS
  const { device, version, madeMs } = change
  const rule = ruleOf(`audit-${OPENED}`, found)
  return {
    rules: new Map([[rule.id, rule]]),
    findings: [
      {
        ...findingFor(rule, { entity: device, entityKind: 'device', atMs: madeMs }),
        batch: version,
        line: found.places[0]?.first ?? 0,
        reasons: found.places.map(({ first, last, path, what }) => ({
          selection: what,
          field: first === last ? `config[${first}]` : `config[${first}-${last}]`,
          value: path,
          pattern: '',
        })),
      },
    ],
  }
}

export const NO_ALERTS: AuditAlerts = { findings: [], rules: new Map() }

type Told = Pick<AuditFinding, 'title' | 'severity' | 'attack' | 'why'>

function ruleOf(id: string, { title, severity, attack, why }: Told): RuleFacts {
  return {
    id,
    title,
    severity,
    attack: attack.map((technique) => `attack.${technique.toLowerCase()}`),
    author: 'Vigie',
    reference: '',
    why,
  }
}

type Whom = Pick<Finding, 'entity' | 'entityKind'> & { readonly atMs: number }

function findingFor(rule: RuleFacts, { entity, entityKind, atMs }: Whom): Finding {
  const time = new Date(atMs).toISOString()
  const { id, severity } = rule
  const nothing = { batch: '', line: 0, reasons: [] }
  return { rule: id, title: rule.title.en, severity, time, entityKind, entity, ...nothing }
}

/** Connections that filters never let pass, into zones where that counts, by who began them. */
export function seenAlerts(
  news: readonly SegmentFinding[],
  flows: readonly SeenFlow[],
  { names, nowMs }: { readonly names: Names; readonly nowMs: number },
): readonly AuditAlerts[] {
  return news
    .filter(({ kind, severity }) => kind === 'seen_never' && rank(severity) <= rank('high'))
    .flatMap((finding) => {
      const own = flows.filter(
        (one) => one.state === 'never' && one.from === finding.from && one.to === finding.to,
      )
      const [first] = own
      if (first === undefined) return []
      const title = both((language) => wordsOf(language).segment.seenNeverTitle)
      const why = findingSentence(finding, names)
      const { severity, techniques } = finding
      const rule = ruleOf(`segment-seen-${finding.from}-${finding.to}`, {
        title,
        severity,
        attack: [...techniques],
        why,
      })
      const reasons = own.slice(0, PLACES_KEPT).map(({ source, destination, service }) => ({
        selection: `${finding.from} → ${finding.to}`,
        field: service,
        value: `${source} → ${destination}`,
        pattern: '',
      }))
      const whom: Whom = { entityKind: 'address', entity: first.source, atMs: nowMs }
      const alert: AuditAlerts = {
        rules: new Map([[rule.id, rule]]),
        findings: [{ ...findingFor(rule, whom), reasons }],
      }
      return [alert]
    })
}

/** What became possible while the zones stayed as they were, and no change tells of it: a device that came, say. */
export function stateAlerts(
  news: readonly SegmentFinding[],
  {
    pairs,
    names,
    nowMs,
  }: { readonly pairs: readonly ShownPair[]; readonly names: Names; readonly nowMs: number },
): readonly AuditAlerts[] {
  return news
    .filter(({ kind, severity }) => STATES.has(kind) && rank(severity) <= rank('high'))
    .map((finding) => {
      const { severity, techniques, from, to, kind } = finding
      const title = both((language) => wordsOf(language).segment.stateTitle)
      const why = findingSentence(finding, names)
      const rule = ruleOf(`segment-${kind}`, { title, severity, attack: [...techniques], why })
      const pair = pairs.find((one) => one.from === from && one.to === to)
      const device = pair?.beyond.witness?.hops[0]?.device ?? ''
      const whom: Whom = { entityKind: 'device', entity: device, atMs: nowMs }
      return { rules: new Map([[rule.id, rule]]), findings: [findingFor(rule, whom)] }
    })
}

const STATES = new Set(['ot_reachable', 'management_reachable', 'ot_to_outside', 'vendor_reaches'])
