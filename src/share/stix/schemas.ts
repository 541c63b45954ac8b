// A zod schema for each type of object, made from the tables of properties. Loose: what the standard does not know is kept.

import { z } from 'zod'
import { DOMAIN_PROPERTIES } from './domain-properties.ts'
import { EXTENSION_PROPERTIES } from './extension-properties.ts'
import {
  isBase64,
  isDictionaryKey,
  isDigest,
  isHashName,
  isHex,
  isIdentifier,
  isLanguage,
  isTimestamp,
  isTypeName,
  typeOfId,
} from './formats.ts'
import { META_PROPERTIES } from './meta-properties.ts'
import { OBSERVABLE_PROPERTIES } from './observable-properties.ts'
import { ownEntry } from './own-entry.ts'
import { PART_PROPERTIES } from './part-properties.ts'
import { parseKind } from './property-kinds.ts'
import type { Properties, PropertyKind } from './property-kinds.ts'
import { VOCABULARIES } from './vocabularies.ts'

/** Section 3.2: what may stand in every object of a category. */
const SHARED = {
  labels: 'list string',
  confidence: 'percent',
  lang: 'language',
  external_references: 'list external-reference',
  object_marking_refs: 'list ref:marking-definition',
  granular_markings: 'list granular-marking',
  extensions: 'extensions',
  created_by_ref: 'ref',
  revoked: 'boolean',
} as const
const DOMAIN = {
  type: 'type!',
  spec_version: 'version!',
  id: 'ref!',
  created: 'timestamp!',
  modified: 'timestamp!',
  ...SHARED,
} as const
const OBSERVABLE = {
  type: 'type!',
  spec_version: 'version',
  id: 'ref!',
  object_marking_refs: SHARED.object_marking_refs,
  granular_markings: SHARED.granular_markings,
  defanged: 'boolean',
  extensions: SHARED.extensions,
} as const
const MARKING = {
  type: 'type!',
  spec_version: 'version!',
  id: 'ref!',
  created: 'timestamp!',
  created_by_ref: 'ref',
  external_references: SHARED.external_references,
  object_marking_refs: SHARED.object_marking_refs,
  granular_markings: SHARED.granular_markings,
  extensions: SHARED.extensions,
} as const
const EXTENSION = { ...DOMAIN, created_by_ref: 'ref!' } as const

export type Category = 'domain' | 'observable' | 'marking' | 'bundle' | 'custom'

export type KnownType = { readonly category: Category; readonly properties: Properties }

const KNOWN: ReadonlyMap<string, KnownType> = new Map([
  ...typesOf(DOMAIN_PROPERTIES, 'domain', DOMAIN),
  ...typesOf(OBSERVABLE_PROPERTIES, 'observable', OBSERVABLE),
  ...typesOf(META_PROPERTIES, 'domain', DOMAIN),
  ['marking-definition', metaType('marking-definition', 'marking', MARKING)],
  ['extension-definition', metaType('extension-definition', 'domain', EXTENSION)],
  ['bundle', metaType('bundle', 'bundle', { type: 'type!', id: 'ref!' })],
])

function typesOf(
  table: Readonly<Record<string, Properties>>,
  category: Category,
  common: Properties,
): readonly [string, KnownType][] {
  return Object.entries(table).map(([type, own]) => [
    type,
    { category, properties: { ...common, ...own } },
  ])
}

function metaType(type: string, category: Category, common: Properties): KnownType {
  return { category, properties: { ...common, ...META_PROPERTIES[type] } }
}

/** Undefined for a type that the standard does not define. */
export function knownType(type: string): KnownType | undefined {
  return KNOWN.get(type)
}

/** Properties of an object that stands inside another: a part, or an extension that the standard defines. */
export function innerProperties(name: string): Properties | undefined {
  return ownEntry(PART_PROPERTIES, name) ?? ownEntry(EXTENSION_PROPERTIES, name)
}

/** What every object of a type that is not known has, by what its extension says it is. */
export function customProperties(isObservable: boolean): Properties {
  return isObservable ? OBSERVABLE : DOMAIN
}

const made = new Map<Properties, z.ZodType>()

export function schemaOf(properties: Properties): z.ZodType {
  const known = made.get(properties)
  if (known !== undefined) return known
  const shape = Object.fromEntries(
    Object.entries(properties).map(([name, text]) => {
      const kind = parseKind(text)
      const schema = kindSchema(kind)
      return [name, kind.isRequired ? schema : schema.optional()]
    }),
  )
  const schema = z.looseObject(shape)
  made.set(properties, schema)
  return schema
}

function kindSchema(kind: PropertyKind): z.ZodType {
  const one = baseSchema(kind)
  return kind.isList ? z.array(one).min(1, 'a list must not be empty') : one
}

const text = (is: (value: string) => boolean, expected: string) =>
  z.string().refine(is, `expected ${expected}`)
const integer = z.number().int()
const nonNegative = integer.min(0)
const filled = (value: object) => Object.keys(value).length > 0
const EMPTY = 'a dictionary must not be empty'
const dictionary = z
  .record(z.string().refine(isDictionaryKey, 'not a key of a dictionary'), z.unknown())
  .refine(filled, EMPTY)
const hashes = z
  .record(z.string().refine(isHashName, 'not a name of a hash'), z.string())
  .refine(filled, EMPTY)
  .superRefine((value, context) => {
    for (const [algorithm, digest] of Object.entries(value))
      if (!isDigest(algorithm, digest))
        context.addIssue({
          code: 'custom',
          path: [algorithm],
          message: `not a ${algorithm} digest`,
        })
  })

const BASES: Readonly<Record<string, z.ZodType>> = {
  string: z.string(),
  boolean: z.boolean(),
  integer,
  'integer>=0': nonNegative,
  float: z.number(),
  percent: integer.min(0).max(100),
  timestamp: text(isTimestamp, 'a timestamp such as 2026-01-31T12:00:00.000Z'),
  language: text(isLanguage, 'a language code (RFC 5646)'),
  hex: text(isHex, 'hexadecimal digits, an even number of them'),
  binary: text(isBase64, 'base64'),
  type: text(isTypeName, 'a type: lower-case letters, digits, single hyphens'),
  version: z.literal('2.1'),
  dictionary,
  hashes,
  extensions: z.record(z.string(), z.unknown()).refine(filled, EMPTY),
  'observable-container': z.record(z.string(), z.unknown()).refine(filled, EMPTY),
  object: z.record(z.string(), z.unknown()),
}

function baseSchema({ base, argument }: PropertyKind): z.ZodType {
  const simple = BASES[base]
  if (simple !== undefined) return simple
  if (base === 'ref') return referenceSchema(argument)
  if (base === 'ov') return z.string().min(1)
  if (base === 'enum') return z.enum(VOCABULARIES[argument] ?? [])
  const inner = innerProperties(base)
  if (inner === undefined) throw new TypeError(`no such kind of property: ${base}`)
  return z.lazy(() => schemaOf(inner))
}

/** A reference whose UUID is damaged resolves to nothing, which is no harm: what it may be of is what matters. */
function referenceSchema(types: string): z.ZodType {
  if (types === '') return text(isIdentifier, 'an identifier: type--UUID')
  const allowed = types.split('|')
  const expected = `a reference to ${allowed.join(' or ')}`
  return text((id) => allowed.includes(typeOfId(id)) && id.length < 300, expected)
}
