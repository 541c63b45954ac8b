// An agreement as both sides keep it, and as the policy reads it: once for what goes down, once for what goes up.

import { createHash, randomUUID } from 'node:crypto'
import { DAY_MS, canonicalJson } from '../../core/index.ts'
import { SHARING_PURPOSE } from '../../model/index.ts'
import type { Organisation, SharingAgreement } from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Agreement } from '../policy/policy-types.ts'

export type Terms = {
  readonly relation: SharingAgreement['down']['relation']
  readonly approval: SharingAgreement['up']['approval']
  readonly onward: boolean
  /** Whether rules, analytics and checks come into use by themselves; `each` where absent. */
  readonly content?: NonNullable<SharingAgreement['down']['content']>
  readonly days: number
}

export type Offering = {
  readonly hub: Organisation
  readonly terms: Terms
  readonly cohortFloor: number
  readonly nowMs: number
}

/** The agreement a hub offers. It begins a day back, because clocks differ. */
export function draftAgreement({ hub, terms, cohortFloor, nowMs }: Offering): SharingAgreement {
  const { relation, approval, onward, content = 'each', days } = terms
  const until = new Date(nowMs + days * DAY_MS).toISOString()
  const name = hub.organisation
  const about = { hub: name, until: until.slice(0, 10), cohortFloor, approval, onward, content }
  return {
    id: randomUUID(),
    // By its parts: what stands beside them in whoever is passed is no part of the agreement.
    hub: { identity: hub.identity, organisation: hub.organisation },
    text: {
      en: wordsOf('en').sharing.agreement(about),
      fr: wordsOf('fr').sharing.agreement(about),
    },
    purposes: [SHARING_PURPOSE],
    from: new Date(nowMs - DAY_MS).toISOString(),
    until,
    down: {
      relation,
      mostMarking: 'amber',
      onward,
      ...(content === 'automatic' ? { content } : {}),
    },
    up: { relation: 'client', mostMarking: 'amber', kinds: ['sighting', 'note'], approval },
    cohortFloor,
  }
}

export function digestOf(agreement: SharingAgreement): string {
  return createHash('sha256').update(canonicalJson(agreement)).digest('hex')
}

/** `revoked`: when either side ended it. */
export function policyAgreement(
  { id, from, until, purposes, ...terms }: SharingAgreement,
  way: 'down' | 'up',
  revoked: Date | null,
): Agreement {
  return {
    id,
    from: Date.parse(from),
    until: Date.parse(until),
    ...(revoked === null ? {} : { revoked: revoked.getTime() }),
    purposes,
    mostMarking: terms[way].mostMarking,
    neverKinds: [],
    neverCategories: [],
    neverLabels: [],
    neverLevels: [],
    neverGroups: [],
    requiredLabels: {},
  }
}
