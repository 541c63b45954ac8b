// Attributes of MISP events: those that their author marks for detection (`to_ids`).

import { z } from 'zod'
import type { IndicatorKind } from '../../model/index.ts'
import { kindNamed, markingOf, unusable } from './entry.ts'
import type { Read } from './entry.ts'

const AttributeSchema = z.object({
  type: z.string().max(100),
  value: z.string(),
  uuid: z.string().max(100).default(''),
  comment: z.string().nullish(),
  to_ids: z.union([z.boolean(), z.enum(['0', '1', 'true', 'false']), z.number()]).default(false),
  deleted: z.union([z.boolean(), z.string(), z.number()]).default(false),
  Tag: z.array(z.object({ name: z.string() })).default([]),
})

const isYes = (value: boolean | string | number) => [true, 'true', '1', 1].includes(value)

export function readMisp(object: unknown, line: number): readonly Read[] {
  const read = AttributeSchema.safeParse(object)
  if (!read.success) return [unusable(line, '', 'not_of_kind')]
  const { type, value, uuid, comment, to_ids: forDetection, deleted, Tag } = read.data
  if (!isYes(forDetection)) return [unusable(line, value, 'not_for_detection')]
  const parts = partsOf(type, value)
  if (parts.length === 0) return [unusable(line, value, 'unknown_kind')]
  const marking = Tag.map(({ name }) => markingOf(name)).findLast((found) => found !== undefined)
  return parts.map((part) => ({
    kind: 'entry',
    entry: {
      ...part,
      line,
      revoked: isYes(deleted),
      label: (comment ?? '').slice(0, 200),
      reference: uuid,
      ...(marking === undefined ? {} : { marking }),
    },
  }))
}

type Part = { readonly kind: IndicatorKind; readonly value: string }

/** A value of two parts, `filename|sha256`, is met by its stronger one; a port says nothing without its address. */
function partsOf(type: string, value: string): readonly Part[] {
  const whole = kindNamed(type)
  const [firstType = '', secondType = ''] = type.split('|')
  const cut = value.lastIndexOf('|')
  if (!type.includes('|')) return whole === undefined ? [] : [{ kind: whole, value }]
  const first = value.slice(0, cut < 0 ? undefined : cut)
  const second = cut < 0 ? '' : value.slice(cut + 1)
  if (firstType === 'filename' || firstType === 'regkey') {
    const kind = kindNamed(secondType)
    if (kind === 'hash') return [{ kind, value: second }]
  }
  const kind = kindNamed(firstType)
  return kind === undefined ? [] : [{ kind, value: first }]
}

const TagSchema = z.object({ name: z.string() })

/** A tag of the whole event. */
export function readMispTag(object: unknown): readonly Read[] {
  const read = TagSchema.safeParse(object)
  const marking = read.success ? markingOf(read.data.name) : undefined
  return marking === undefined ? [] : [{ kind: 'marking', marking }]
}
