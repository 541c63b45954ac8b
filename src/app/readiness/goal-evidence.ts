// What the station can see of the readiness goals: one small provider for each kind of evidence, by the names that
// content/goals uses. Network evidence stands in app/readiness/evidence-network.ts.

import { segmentationProof } from '../../audit/index.ts'
import { listSources } from '../../collect/index.ts'
import { DAY_MS } from '../../core/index.ts'
import type { LogCoverage, PlanState, Proof } from '../../model/index.ts'
import { INVESTIGATED_DAYS, planFacts } from '../../readiness/index.ts'
import type { EvidenceProviders, PlanFact } from '../../readiness/index.ts'
import { trusted } from '../../store/index.ts'
import { liveSources } from '../parts.ts'
import { exposureEvidence } from './evidence-exposure.ts'
import { identityEvidence } from './evidence-identity.ts'
import { networkEvidence } from './evidence-network.ts'
import { tlsEvidence } from './evidence-tls.ts'
import { webEvidence } from './evidence-web.ts'
import { proofOf, unseen } from './proof.ts'
import type { Seen } from './proof.ts'

export function evidenceOf(seen: Seen): EvidenceProviders {
  const { core, clock } = seen
  const { records } = core.store
  return {
    ...identityEvidence(records),
    ...logEvidence(seen),
    ...planEvidence(seen.plans, clock.nowMs()),
    ...networkEvidence(seen),
    ...tlsEvidence(seen),
    ...webEvidence(seen),
    'audit.segmentation': () => segmentationEvidence(seen),
    'detect.rules': () => rulesProof(seen),
    'detect.failed-logins': () => loginRulesProof(seen),
    'detect.indicators': () => indicatorsProof(seen),
    ...exposureEvidence(seen),
  }
}

async function segmentationEvidence({ core }: Seen): Promise<Proof> {
  const proof = await segmentationProof(core.store.records)
  if (proof === null) return unseen('zones')
  const { state, ways, blocked, unknown } = proof
  return proofOf(state, (say) => say.segmentation(ways, blocked, unknown), [
    { text: `${blocked}/${ways}`, link: '/devices/zones' },
  ])
}

function logEvidence(seen: Seen): EvidenceProviders {
  return {
    'log.priority': async () => priorityProof(seen.logs),
    'log.gaps': async () => gapsProof(seen),
    'log.silence': () => silenceProof(seen),
    'log.central': () => centralProof(seen),
    'log.retention': () => retentionProof(seen),
  }
}

function priorityProof(logs: readonly LogCoverage[]): Proof {
  const arriving = logs.filter(({ state }) => state === 'arrives')
  // Edge, VPN and identity first: without them an intrusion of this kind is not seen.
  const first = logs.filter(({ tier }) => tier === 'T0')
  const isFirst = first.every(({ state }) => state === 'arrives')
  const state =
    arriving.length === 0
      ? 'not_met'
      : isFirst && arriving.length * 3 >= logs.length * 2
        ? 'met'
        : 'partly'
  const missing = logs
    .filter(({ state: at }) => at !== 'arrives')
    .map(({ key, state: at }) => ({ text: `${key}: ${at}`, link: '/readiness/logs' }))
  const rows =
    missing.length > 0 ? missing : [{ text: String(logs.length), link: '/readiness/logs' }]
  return proofOf(state, (say) => say.logPriority(arriving.length, logs.length), rows)
}

function gapsProof({ logs, clock }: Seen): Proof {
  const since = new Date(clock.nowMs() - 30 * DAY_MS).toISOString().slice(0, 10)
  const arriving = logs.filter(({ state }) => state !== 'missing')
  if (arriving.length === 0) return unseen('events')
  const late = arriving.filter(({ gaps }) => gaps.some(({ to }) => to >= since))
  const days = late
    .flatMap(({ gaps }) => gaps.filter(({ to }) => to >= since))
    .reduce((sum, gap) => sum + gap.days, 0)
  return proofOf(
    late.length === 0 ? 'met' : late.length < arriving.length ? 'partly' : 'not_met',
    (say) => say.logGaps(late.length, days),
    late.length === 0
      ? [{ text: String(arriving.length), link: '/readiness/logs' }]
      : late.map(({ key }) => ({ text: key, link: '/readiness/logs' })),
  )
}

async function silenceProof(seen: Seen): Promise<Proof> {
  const sources = await listSources(seen.core.store.records, seen.clock.nowMs(), liveSources(seen))
  if (sources.length === 0) return unseen('events')
  const silent = sources.filter((source) => source.silent)
  const rows =
    silent.length === 0
      ? [{ text: String(sources.length), link: '/sources' }]
      : silent.map(({ name }) => ({
          text: name,
          link: `/sources?source=${encodeURIComponent(name)}`,
        }))
  return proofOf(
    silent.length === 0 ? 'met' : silent.length < sources.length ? 'partly' : 'not_met',
    (say) => say.silence(silent.length, sources.length),
    rows,
  )
}

async function centralProof({ core }: Seen): Promise<Proof> {
  const row = await core.store.records
    .selectFrom('sources')
    .select(({ fn }) => [
      fn.sum<string | null>('lines').as('lines'),
      fn.countAll<string>().as('sources'),
    ])
    .executeTakeFirst()
  const sources = Number(row?.sources ?? 0)
  if (sources === 0) return unseen('events')
  return proofOf(
    'met',
    (say, _what, number) => say.central(number(Number(row?.lines ?? 0)), sources),
    [{ text: String(sources), link: '/sources' }],
  )
}

async function retentionProof({ core, clock, settings }: Seen): Promise<Proof> {
  const found = await core.store.events.ask.query<{ first: string }>(
    trusted('SELECT toUnixTimestamp(min(time)) AS first FROM events'),
  )
  const first = Number(found.rows[0]?.first ?? 0)
  if (first === 0) return unseen('events')
  const days = Math.floor((clock.nowMs() - first * 1000) / DAY_MS)
  const state =
    settings.retentionDays < INVESTIGATED_DAYS
      ? 'partly'
      : days >= INVESTIGATED_DAYS
        ? 'met'
        : 'partly'
  return proofOf(state, (say) => say.retention(days, settings.retentionDays), [
    { text: String(days), link: '/readiness/logs' },
  ])
}

function planEvidence(plans: readonly PlanState[], nowMs: number): EvidenceProviders {
  const providers = Object.entries(planFacts(plans, nowMs)).map(
    ([name, fact]) => [name, async () => planProof(fact)] as const,
  )
  return Object.fromEntries(providers)
}

function planProof({ state, done, of, open }: PlanFact): Proof {
  if (state === 'unknown') return unseen('plans')
  const shown = open.length === 0 ? [`${done}/${of}`] : open.slice(0, 20)
  const rows = shown.map((text) => ({ text, link: '/readiness/plans' }))
  return proofOf(state, (say) => say.plan(done, of), rows)
}

/** Techniques that the goals name, without their sub-techniques. */
const ASKED = [
  'T1046',
  'T1078',
  'T1110',
  'T1133',
  'T1190',
  'T1021',
  'T1040',
  'T1485',
  'T1486',
  'T1490',
  'T1552',
  'T1557',
  'T1558',
  'T1562',
  'T1566',
  'T1070',
  'T1003',
  'T1204',
]

async function activeTechniques({ core }: Seen): Promise<readonly (readonly string[])[]> {
  const rules = await core.detection.listRules(core.store)
  return rules
    .filter(({ state }) => state === 'active')
    .map(({ attack }) => attack.map((id) => id.toUpperCase()))
}

async function rulesProof(seen: Seen): Promise<Proof> {
  const rules = await activeTechniques(seen)
  const met = ASKED.filter((asked) =>
    rules.some((ids) => ids.some((id) => id.replace(/^ATTACK\./u, '').startsWith(asked))),
  )
  const state =
    rules.length === 0 ? 'not_met' : met.length * 3 >= ASKED.length * 2 ? 'met' : 'partly'
  return proofOf(state, (say) => say.rules(rules.length, met.length, ASKED.length), [
    { text: String(rules.length), link: '/rules' },
  ])
}

async function loginRulesProof(seen: Seen): Promise<Proof> {
  const rules = await activeTechniques(seen)
  const count = rules.filter((ids) =>
    ids.some((id) => id.replace(/^ATTACK\./u, '').startsWith('T1110')),
  ).length
  return proofOf(count > 0 ? 'met' : 'not_met', (say) => say.loginRules(count), [
    { text: 'T1110', link: '/rules' },
  ])
}

async function indicatorsProof({ core }: Seen): Promise<Proof> {
  const lists = await core.indicators.lists()
  const live = lists.filter((list) => list.live > 0)
  return proofOf(live.length > 0 ? 'met' : 'not_met', (say) => say.indicators(live.length), [
    { text: String(live.length), link: '/indicators' },
  ])
}
