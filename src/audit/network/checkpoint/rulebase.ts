// Layers of an access policy as lists of rules; a layer inside a rule is written out where it stands.

import { ANY_ADDRESS } from '../../packets/addresses.ts'
import { meet } from '../../packets/cube.ts'
import type { Cube } from '../../packets/cube.ts'
import type { Rule } from '../../packets/rule.ts'
import { service } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import { isTrueAt, itemsAt, member, numberAt, textAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import type { Policy } from '../device.ts'
import { ruleOf } from '../rule-of.ts'
import { addressesOf, isAny, nameOf, servicesOf, typeOf, uidOf, uidsOf } from './objects.ts'
import type { Objects } from './objects.ts'

export type Layer = {
  readonly uid: string
  readonly name: string
  readonly file: string
  readonly rules: readonly Json[]
  /** Every page of it was given. */
  readonly isWhole: boolean
}

/** Rulebases of all files; pages of one are put together. */
export function layersIn(
  docs: readonly { readonly json: Json; readonly file: string }[],
): ReadonlyMap<string, Layer> {
  const pages = Map.groupBy(
    docs.flatMap(({ json, file }) => rulebases(json).map((one) => ({ one, file }))),
    ({ one }) => textAt(one, 'uid') ?? '',
  )
  return new Map(
    [...pages].map(([uid, own]) => {
      const sorted = own.toSorted(
        (a, b) => (numberAt(a.one, 'from') ?? 0) - (numberAt(b.one, 'from') ?? 0),
      )
      const [first] = sorted
      const rules = new Map(
        sorted.flatMap(({ one }) =>
          flat(one).map((rule) => [textAt(rule, 'uid') ?? `${rule.first}`, rule]),
        ),
      )
      const total = numberAt(first?.one, 'total')
      return [
        uid,
        {
          uid,
          name: textAt(first?.one, 'name') ?? uid,
          file: first?.file ?? '',
          rules: [...rules.values()],
          isWhole: total === undefined || rules.size >= total,
        },
      ]
    }),
  )
}

function rulebases(json: Json): readonly Json[] {
  if (json.kind === 'list') return json.items.flatMap(rulebases)
  if (json.kind !== 'object') return []
  const isOne = json.members.get('rulebase')?.kind === 'list' && textAt(json, 'type') === undefined
  const kinds = itemsAt(json, 'rulebase').map((item) => textAt(item, 'type') ?? '')
  if (isOne) return kinds.some((kind) => kind.startsWith('nat-')) ? [] : [json]
  return [...json.members.values()].flatMap((inner) =>
    inner.kind === 'value' ? [] : rulebases(inner),
  )
}

/** Sections only part what people read. */
function flat(json: Json): readonly Json[] {
  return itemsAt(json, 'rulebase').flatMap((item) =>
    textAt(item, 'type')?.endsWith('-section') === true ? flat(item) : [item],
  )
}

export type Reading = {
  readonly objects: Objects
  readonly layers: ReadonlyMap<string, Layer>
  /** The gateway that it is installed on. */
  readonly gateway: string
}

const DEEPEST = 8
const MOST_RULES = 20_000

export function layerPolicy(uid: string, reading: Reading, isFirst: boolean): Policy {
  const layer = reading.layers.get(uid)
  const name = layer?.name ?? nameOf(uid, reading.objects)
  const common = { name, isStateful: true, sees: 'before' } as const
  if (layer === undefined) return { ...common, rules: [], fallback: 'deny', isPartial: true }
  const writing: Writing = { rules: [], reading, seen: [uid] }
  const isWhole = write(layer, null, writing)
  const rules = isFirst ? withImplied(writing.rules) : writing.rules
  const cleanup = textAt(reading.objects.get(uid), 'implicit-cleanup-action')
  return {
    ...common,
    rules: rules.map((rule) => ({ ...rule, from: null, to: null })),
    fallback: cleanup === 'accept' ? 'permit' : 'deny',
    // Rules that were not given decide before what happens at the end.
    ...(isWhole && (cleanup !== undefined || endsClosed(rules)) ? {} : { isPartial: true }),
  }
}

function endsClosed(rules: readonly Rule[]): boolean {
  const last = rules.at(-1)
  return (
    last?.certainty === 'sure' && last.match[4].some((cube) => cube.every((set) => set === null))
  )
}

type Writing = {
  readonly rules: Rule[]
  readonly reading: Reading
  readonly seen: readonly string[]
}

/** What the rule that holds this layer is about; `null`: everything. */
type Above = {
  readonly match: Rule['match']
  readonly certainty: Rule['certainty']
  readonly because: readonly string[]
} | null

function write(layer: Layer, above: Above, writing: Writing): boolean {
  let isWhole = layer.isWhole
  for (const json of layer.rules) {
    if (writing.rules.length > MOST_RULES) return false
    if (!isOn(json, writing.reading)) continue
    isWhole = writeRule(json, { layer, above, writing }) && isWhole
  }
  return isWhole
}

function isOn(json: Json, { objects, gateway }: Reading): boolean {
  if (member(json, 'enabled') !== undefined && !isTrueAt(json, 'enabled')) return false
  const on = uidsOf(json, 'install-on')
  const all = (uid: string) => isAny(uid, objects) || nameOf(uid, objects) === 'Policy Targets'
  return (
    on.length === 0 || on.some((uid) => uid === gateway || all(uid) || typeOf(uid, objects) === '')
  )
}

type In = { readonly layer: Layer; readonly above: Above; readonly writing: Writing }

function writeRule(json: Json, { layer, above, writing }: In): boolean {
  const { reading, rules, seen } = writing
  const { objects } = reading
  const uid = uidOf(member(json, 'action'))
  const action = uid === undefined ? '' : nameOf(uid, objects)
  const inner = uidOf(member(json, 'inline-layer'))
  const make = (
    kind: Rule['action'],
    why: readonly string[] = [],
    conditions: readonly string[] = [],
  ) => {
    const made = ruleFrom(json, { kind, why, conditions, layer, objects, action })
    return above === null ? made : within(made, above)
  }
  if (inner !== undefined || /^inner layer$/i.test(action)) {
    const next = inner === undefined ? undefined : reading.layers.get(inner)
    if (next === undefined || seen.includes(next.uid) || seen.length > DEEPEST) {
      rules.push(make('permit', ['inline-layer']), make('deny', ['inline-layer']))
      return true
    }
    const whole = write(next, make('permit'), { ...writing, seen: [...seen, next.uid] })
    const cleanup = textAt(objects.get(next.uid), 'implicit-cleanup-action')
    // What the layer says nothing about ends there.
    if (cleanup === 'accept') rules.push(make('permit'))
    else if (whole && cleanup === 'drop') rules.push(make('deny'))
    else
      rules.push(
        make('permit', ['implicit-cleanup-action']),
        make('deny', ['implicit-cleanup-action']),
      )
    return true
  }
  if (/^accept$/i.test(action)) rules.push(make('permit'))
  else if (/^(?:drop|reject)$/i.test(action)) rules.push(make('deny'))
  else if (/^(?:ask|inform|client auth|user auth)$/i.test(action))
    rules.push(make('permit', [], [action]))
  else rules.push(make('permit', ['action']), make('deny', ['action']))
  return true
}

type Making = {
  readonly kind: Rule['action']
  readonly why: readonly string[]
  readonly conditions: readonly string[]
  readonly layer: Layer
  readonly objects: Objects
  readonly action: string
}

/** Columns that narrow a rule by what no header says. */
const COLUMNS = ['vpn', 'content', 'time']

function ruleFrom(json: Json, { kind, why, conditions, layer, objects, action }: Making): Rule {
  const side = (name: string) =>
    addressesOf(uidsOf(json, name), isTrueAt(json, `${name}-negate`), objects)
  const [source, destination] = [side('source'), side('destination')]
  const services = servicesOf(uidsOf(json, 'service'), objects)
  const isNot = isTrueAt(json, 'service-negate')
  const columns = COLUMNS.filter((name) => uidsOf(json, name).some((uid) => !isAny(uid, objects)))
  const missing = ['source', 'destination', 'service'].filter(
    (name) => uidsOf(json, name).length === 0,
  )
  const names = (column: string) =>
    uidsOf(json, column)
      .map((uid) => nameOf(uid, objects))
      .join()
  return ruleOf({
    action: kind,
    source: missing.includes('source') ? undefined : source.addresses,
    destination: missing.includes('destination') ? undefined : destination.addresses,
    services: missing.includes('service') ? undefined : services.services,
    conditions: [
      ...source.conditions,
      ...destination.conditions,
      ...services.conditions,
      ...columns,
      ...conditions,
    ],
    unread: [
      ...why,
      ...source.unread,
      ...destination.unread,
      ...services.unread,
      ...(isNot ? ['service-negate'] : []),
    ],
    first: json.first,
    last: json.last,
    label:
      `${layer.name} ${numberAt(json, 'rule-number') ?? ''} ${textAt(json, 'name') ?? ''}`.trim(),
    text: `${names('source')} → ${names('destination')} ${names('service')} ${action} (${layer.file})`,
  })
}

const WORST = ['sure', 'conditional', 'unknown'] as const

function within(rule: Rule, { match, certainty, because }: NonNullable<Above>): Rule {
  const narrowed = (family: 4 | 6): readonly Cube[] =>
    rule.match[family].flatMap((cube) =>
      match[family].flatMap((outer) => {
        const both = meet(cube, outer)
        return both === undefined ? [] : [both]
      }),
    )
  const worst =
    WORST[Math.max(WORST.indexOf(rule.certainty), WORST.indexOf(certainty))] ?? 'unknown'
  return {
    ...rule,
    certainty: worst,
    because: [...because, ...rule.because],
    match: { 4: narrowed(4), 6: narrowed(6) },
  }
}

/** What the server's own settings may let in stands before the last rule, and in no rulebase. */
function withImplied(rules: readonly Rule[]): readonly Rule[] {
  const services: readonly Service[] = [
    { protocols: [1, 1], destination: null, source: null },
    { protocols: [58, 58], destination: null, source: null },
    service(17, [53, 53]),
    service(6, [53, 53]),
    service(17, [520, 520]),
  ]
  const [last] = rules.slice(-1)
  const implied = ruleOf({
    action: 'permit',
    source: ANY_ADDRESS,
    destination: ANY_ADDRESS,
    services,
    unread: ['implied rules'],
    first: last?.first ?? 1,
    last: last?.last ?? 1,
    label: 'implied rules',
    text: '',
  })
  return [...rules.slice(0, -1), implied, ...rules.slice(-1)]
}
