// The one function that decides what leaves for whom. Pure. It says yes only when every rule does; what it does not know, it
// refuses; of several markings the strictest holds; and it says why.

import { MARKINGS } from '../../model/index.ts'
import type { Marking } from '../../model/index.ts'
import { RELATIONS } from './policy-types.ts'
import type {
  Agreement,
  Circumstances,
  Consent,
  Decision,
  Item,
  Peer,
  Reason,
  Relation,
} from './policy-types.ts'

export function decide(item: Item, peer: Peer, circumstances: Circumstances): Decision {
  const live = peer.agreements.filter((one) => isLive(one, circumstances.nowMs))
  if (live.length === 0)
    return refusedFor([{ rule: 'no agreement', path: [], about: peer.organisation }])
  const decisions = live.map((agreement) => under(agreement, { item, peer, circumstances }))
  // Any agreement that lets it leave whole will do; then one that lets it leave in part.
  return (
    decisions.find(({ verdict }) => verdict === 'send') ??
    decisions.find(({ verdict }) => verdict === 'send without parts') ??
    refusedFor(decisions.flatMap(({ reasons }) => reasons))
  )
}

function refusedFor(reasons: readonly Reason[]): Decision {
  return { verdict: 'refuse', cut: [], reasons, agreement: undefined }
}

function isLive(
  { from, until, revoked }: Pick<Agreement, 'from' | 'until' | 'revoked'>,
  nowMs: number,
): boolean {
  return from <= nowMs && nowMs < until && (revoked === undefined || nowMs < revoked)
}

type Question = {
  readonly item: Item
  readonly peer: Peer
  readonly circumstances: Circumstances
}

function under(agreement: Agreement, question: Question): Decision {
  const { item, circumstances } = question
  const { own, cut, within } = judge(agreement, question)
  const reasons = [...own, ...within]
  if (own.length > 0 || (cut.length > 0 && !circumstances.mayCut)) return refusedFor(reasons)
  const verdict = cut.length === 0 ? 'send' : 'send without parts'
  // Whoever holds the whole item must not learn by a cut what an uncut one would hide.
  if (cut.some((path) => path.length === 0))
    return refusedFor([{ rule: 'marking forbids', path: [], about: item.id }])
  return { verdict, cut, reasons, agreement: agreement.id }
}

type Judged = {
  /** Against the whole. */
  readonly own: readonly Reason[]
  readonly cut: readonly Reason['path'][]
  /** Against parts that can be cut. */
  readonly within: readonly Reason[]
}

function judge(agreement: Agreement, question: Question): Judged {
  const { item } = question
  const own = RULES.flatMap((rule) => rule(agreement, question)).map((reason): Reason => ({
    path: [],
    ...reason,
  }))
  const parts = item.parts.map((part) => ({
    part,
    judged: judge(agreement, { ...question, item: part.item }),
  }))
  const wrong = parts.filter(({ judged }) => judged.own.length + judged.within.length > 0)
  const placed = wrong.flatMap(({ part, judged }) =>
    [...judged.own, ...judged.within].map((reason) => ({
      reason: { ...reason, path: [...part.path, ...reason.path] },
      isFixed: !part.canBeCut,
    })),
  )
  return {
    own: [...own, ...placed.filter(({ isFixed }) => isFixed).map(({ reason }) => reason)],
    cut: wrong.filter(({ part }) => part.canBeCut).map(({ part }) => part.path),
    within: placed.filter(({ isFixed }) => !isFixed).map(({ reason }) => reason),
  }
}

type Rule = (agreement: Agreement, question: Question) => readonly Omit<Reason, 'path'>[]

const because = (rule: Reason['rule'], about: string) => [{ rule, about }]

/** TLP 2.0: how far each label lets a receiver stand from the owner. Red is for persons, and no machine sends it on. */
const FARTHEST: Readonly<Record<Marking, Relation | undefined>> = {
  '': undefined,
  red: undefined,
  'amber+strict': 'organisation',
  amber: 'client',
  green: 'community',
  clear: 'anybody',
}

function strictest(markings: readonly Marking[]): Marking {
  return markings.reduce<Marking>((one, other) => (rank(other) > rank(one) ? other : one), '')
}

function rank(marking: Marking): number {
  return MARKINGS.indexOf(marking)
}

const RULES: readonly Rule[] = [
  ({ purposes }, { circumstances: { purpose } }) =>
    purposes.includes(purpose) ? [] : because('purpose not agreed', purpose),
  (_, { item, peer }) => {
    const marking = strictest(item.markings)
    if (marking === '') return because('not marked', item.id)
    const farthest = FARTHEST[marking]
    const isNear =
      farthest !== undefined && RELATIONS.indexOf(peer.relation) <= RELATIONS.indexOf(farthest)
    return isNear ? [] : because('marking forbids', marking)
  },
  ({ mostMarking }, { item: { markings } }) =>
    rank(strictest(markings)) <= rank(mostMarking)
      ? []
      : because('marking not agreed', strictest(markings)),
  (_, { item: { unknownMarkings } }) =>
    unknownMarkings.flatMap((one) => because('unknown marking', one)),
  (_, { item: { audience }, peer: { organisation } }) =>
    audience === undefined || audience.includes(organisation)
      ? []
      : because('not the audience', organisation),
  (_, question) =>
    isConsented(question.item.owner, question)
      ? []
      : because('no consent of the owner', question.item.owner),
  (_, question) => {
    const { community } = question.item
    if (community === undefined || isConsented(community, question)) return []
    return because('no consent of the community', community)
  },
  (_, { item: { release, id }, peer: { relation }, circumstances: { nowMs } }) => {
    if (release === undefined) return []
    const from = release[relation]
    return from !== undefined && from <= nowMs ? [] : because('not yet released', id)
  },
  (_, { item: { cohort }, circumstances: { cohortFloor } }) =>
    cohort === undefined || cohort >= cohortFloor
      ? []
      : because('too few members', String(cohortFloor)),
  ({ neverKinds }, { item: { kind } }) =>
    neverKinds.includes(kind) ? because('kind never leaves', kind) : [],
  ({ neverCategories }, { item: { category } }) =>
    category !== undefined && neverCategories.includes(category)
      ? because('category never leaves', category)
      : [],
  ({ neverLabels }, { item: { labels } }) =>
    labels
      .filter((label) => neverLabels.includes(label))
      .flatMap((label) => because('label never leaves', label)),
  ({ neverLevels }, { item: { level } }) =>
    level !== undefined && neverLevels.includes(level) ? because('level never leaves', level) : [],
  ({ neverGroups }, { item: { groups } }) =>
    groups
      .filter((group) => neverGroups.includes(group))
      .flatMap((group) => because('group never leaves', group)),
  ({ requiredLabels }, { item: { labels } }) =>
    Object.entries(requiredLabels).flatMap(([taxonomy, allowed]) =>
      requires(taxonomy, allowed, labels),
    ),
]

/** A label of the taxonomy is there, and none that is not allowed. */
function requires(taxonomy: string, allowed: readonly string[], labels: readonly string[]) {
  const own = labels.filter((label) => label.startsWith(`${taxonomy}:`))
  const isAllowed = own.length > 0 && own.every((label) => allowed.includes(label))
  return isAllowed ? [] : because('required label missing', taxonomy)
}

function isConsented(by: string, { item, peer, circumstances }: Question): boolean {
  return circumstances.consents.some(
    (consent) => consent.by === by && covers(consent, item.kind, peer, circumstances),
  )
}

function covers(
  consent: Consent,
  kind: string,
  { organisation }: Peer,
  { nowMs, purpose }: Circumstances,
): boolean {
  return (
    isLive(consent, nowMs) &&
    consent.purpose === purpose &&
    (consent.peers === 'any' || consent.peers.includes(organisation)) &&
    (consent.kinds === 'any' || consent.kinds.includes(kind))
  )
}
