// Objects of a STIX 2.1 bundle (and of 2.0, which writes patterns alike). Only indicators are read: addresses and names
// that stand in a bundle for themselves accuse nobody.

import { z } from 'zod'
import type { Marking } from '../../model/index.ts'
import { confidenceOf, markingOf, timeOf, unusable } from './entry.ts'
import type { Read } from './entry.ts'
import { readPattern } from './stix-pattern.ts'

const StixIndicatorSchema = z.object({
  type: z.literal('indicator'),
  id: z.string().max(200).default(''),
  name: z.string().default(''),
  pattern: z.string(),
  pattern_type: z.string().default('stix'),
  valid_from: z.unknown().optional(),
  valid_until: z.unknown().optional(),
  confidence: z.unknown().optional(),
  revoked: z.boolean().default(false),
  object_marking_refs: z.array(z.string()).default([]),
})

/** TLP 1.0 and 2.0 as their marking definitions are fixed (STIX 2.1 section 7.2.1.4; OASIS TLP 2.0 extension). */
const TLP_IDS: ReadonlyMap<string, Marking> = new Map([
  ['613f2e26-407d-48c7-9eca-b8e91df99dc9', 'clear'],
  ['34098fce-860f-48ae-8e50-ebd3cc5e41da', 'green'],
  ['f88d31f6-486f-44da-b317-01333bde0b82', 'amber'],
  ['5e57c739-391a-4eb3-b6be-7d15ca92d5ed', 'red'],
  ['94868c89-83c2-464b-929b-a1a8aa3c8487', 'clear'],
  ['bab4a63c-aed9-4cf5-a766-dfca5abac2bb', 'green'],
  ['55d920b0-5e8b-4f79-9ee9-91f868d9b421', 'amber'],
  ['939a9414-2ddd-4d32-a0cd-375ea402b003', 'amber+strict'],
  ['e828b379-4e03-4974-9ac4-e53a884c97c1', 'red'],
])

export function readStix(object: unknown, line: number): readonly Read[] {
  if (!isIndicator(object)) return []
  const read = StixIndicatorSchema.safeParse(object)
  if (!read.success) return [unusable(line, '', 'not_of_kind')]
  const { id, name, pattern, pattern_type: language, revoked } = read.data
  const compared = language === 'stix' ? readPattern(pattern) : undefined
  if (compared === undefined) return [unusable(line, pattern, 'pattern')]
  const confidence = confidenceOf(read.data.confidence)
  const marking = strictest(read.data.object_marking_refs)
  const fromMs = timeOf(read.data.valid_from)
  const untilMs = timeOf(read.data.valid_until)
  return compared.map(({ kind, value }) => ({
    kind: 'entry',
    entry: {
      value,
      line,
      kind,
      revoked,
      label: name.slice(0, 200),
      reference: id,
      ...(confidence === undefined ? {} : { confidence }),
      ...(marking === undefined ? {} : { marking }),
      ...(fromMs === undefined ? {} : { fromMs }),
      ...(untilMs === undefined ? {} : { untilMs }),
    },
  }))
}

function isIndicator(object: unknown): boolean {
  return (
    typeof object === 'object' && object !== null && 'type' in object && object.type === 'indicator'
  )
}

const ORDER = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const

/** The most restrictive wins. */
function strictest(references: readonly string[]): Marking | undefined {
  const found = new Set(
    references.map((id) => TLP_IDS.get(id.replace(/^marking-definition--/, '')) ?? markingOf(id)),
  )
  return ORDER.findLast((marking) => found.has(marking))
}
