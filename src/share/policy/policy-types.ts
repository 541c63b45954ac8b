// What the one policy function looks at. Times are UTC milliseconds.

import type { Marking } from '../../model/index.ts'
import type { Path } from '../stix/problem.ts'

/** How a receiver stands to the owner of what is shared (TLP 2.0: organisation, clients, community, world). */
export const RELATIONS = ['organisation', 'client', 'community', 'anybody'] as const
export type Relation = (typeof RELATIONS)[number]

/** Something that may leave, whatever form it has. */
export type Item = {
  readonly id: string
  /** Type of object or attribute, in the words of its form. */
  readonly kind: string
  readonly category?: string
  /** Organisation whose data it is. */
  readonly owner: string
  /** Every marking that holds for it; the strictest one counts. None is no permission. */
  readonly markings: readonly Marking[]
  /** Markings that nobody here knows how to obey. */
  readonly unknownMarkings: readonly string[]
  /** Organisations it is limited to, beyond its marking; undefined = no such limit. */
  readonly audience?: readonly string[] | undefined
  /** Sharing groups it is spread by. */
  readonly groups: readonly string[]
  /** How far it is spread, in the words of its form. */
  readonly level?: string
  readonly labels: readonly string[]
  /** Indigenous community whose data it is: its own recorded consent is needed, whoever holds the data. */
  readonly community?: string | undefined
  /** From when on whom; a relation that is not named is not yet released to. Undefined = released. */
  readonly release?: Readonly<Partial<Record<Relation, number>>> | undefined
  /** How many members a figure is over; undefined = it is no figure. */
  readonly cohort?: number | undefined
  readonly parts: readonly Part[]
}

/** What stands within, and may be left out when it can be cut. */
export type Part = {
  readonly path: Path
  readonly canBeCut: boolean
  readonly item: Item
}

export type Peer = {
  readonly organisation: string
  readonly relation: Relation
  readonly agreements: readonly Agreement[]
}

/** What two sides signed. Anything that stands in a `never` list does not leave under it. */
export type Agreement = {
  readonly id: string
  readonly from: number
  readonly until: number
  readonly revoked?: number | undefined
  readonly purposes: readonly string[]
  /** The strictest marking that goes under it. */
  readonly mostMarking: Exclude<Marking, ''>
  readonly neverKinds: readonly string[]
  readonly neverCategories: readonly string[]
  readonly neverLabels: readonly string[]
  readonly neverLevels: readonly string[]
  readonly neverGroups: readonly string[]
  /** Taxonomies of which an item must carry a label, and which labels are allowed; `tlp` → `tlp:green`. */
  readonly requiredLabels: Readonly<Record<string, readonly string[]>>
}

/** A recorded decision of an owner, or of a community's named authority. */
export type Consent = {
  readonly by: string
  readonly purpose: string
  /** Organisations it is for; 'any' = whoever has an agreement. */
  readonly peers: readonly string[] | 'any'
  /** Kinds it is for; 'any' = all. */
  readonly kinds: readonly string[] | 'any'
  readonly from: number
  readonly until: number
  readonly revoked?: number | undefined
}

export type Circumstances = {
  readonly nowMs: number
  readonly purpose: string
  readonly consents: readonly Consent[]
  /** Figures over fewer members do not leave. */
  readonly cohortFloor: number
  /** Whether parts may be cut, so that the rest leaves as a new object. */
  readonly mayCut: boolean
}

export const REASONS = [
  'no agreement',
  'purpose not agreed',
  'marking not agreed',
  'marking forbids',
  'unknown marking',
  'not marked',
  'not the audience',
  'no consent of the owner',
  'no consent of the community',
  'not yet released',
  'too few members',
  'kind never leaves',
  'category never leaves',
  'label never leaves',
  'level never leaves',
  'group never leaves',
  'required label missing',
] as const

export type Reason = {
  readonly rule: (typeof REASONS)[number]
  /** Of the part that it is about; empty = the whole. */
  readonly path: Path
  readonly about: string
}

export type Decision = {
  readonly verdict: 'send' | 'send without parts' | 'refuse'
  /** Parts to cut before anything leaves. */
  readonly cut: readonly Path[]
  /** Why not, or why these parts not; empty when everything leaves. */
  readonly reasons: readonly Reason[]
  /** The agreement under which it leaves. */
  readonly agreement: string | undefined
}
