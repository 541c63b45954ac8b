// The zones file: what people declare (IEC 62443: zones, and conduits between them). What no conduit holds is not allowed.

import { LineCounter, isNode, parseDocument } from 'yaml'
import type { Document } from 'yaml'
import { z } from 'zod'
import type { ZonesProblem } from '../../core/index.ts'
import { ANY_V4, ANY_ADDRESS, bothAddresses, prefix } from '../packets/addresses.ts'
import type { Addresses } from '../packets/addresses.ts'
import type { Service } from '../packets/services.ts'
import { serviceFrom } from './service-text.ts'

export const ZONE_KINDS = [
  'it',
  'dmz',
  'ot',
  'safety',
  'management',
  'internet',
  'vendor',
  'undecided',
] as const
export type ZoneKind = (typeof ZONE_KINDS)[number]

const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
const Text = z.string().min(1).max(500)

const ZoneSchema = z.strictObject({
  id: Id,
  name: Text.optional(),
  kind: z.enum(ZONE_KINDS),
  /** Level of the Purdue model, as the owner states it. */
  purdue: z.number().min(0).max(5).optional(),
  /** Target security level of IEC 62443. */
  target_level: z.number().int().min(1).max(4).optional(),
  prefixes: z.array(z.string()).max(1000).default([]),
  /** `device/interface`, where the addresses alone do not say it. */
  interfaces: z
    .array(z.string().regex(/^[^/]+\/.+$/))
    .max(1000)
    .default([]),
})

const ConduitSchema = z.strictObject({
  from: Id,
  to: Id,
  allow: z.array(z.string()).min(1).max(1000),
  owner: Text.optional(),
  justification: Text.optional(),
  expires: z.iso.date().optional(),
})

const FileSchema = z.strictObject({
  zones: z.array(ZoneSchema).min(1).max(500),
  conduits: z.array(ConduitSchema).max(5000).default([]),
})

export type Zone = {
  readonly id: string
  readonly name: string
  readonly kind: ZoneKind
  readonly addresses: Addresses
  readonly interfaces: readonly string[]
  readonly line: number
}

export type Conduit = {
  readonly from: string
  readonly to: string
  readonly services: readonly Service[]
  readonly allow: readonly string[]
  readonly expires: string | null
  readonly line: number
}

export type Plan = { readonly zones: readonly Zone[]; readonly conduits: readonly Conduit[] }

/** What the file says, as it is written. */
export type ZonesText = z.infer<typeof FileSchema>

export type PlanRead =
  | { readonly ok: true; readonly plan: Plan; readonly file: ZonesText }
  | { readonly ok: false; readonly problems: readonly ZonesProblem[] }

const MOST_CHARACTERS = 1024 * 1024

export function readZones(text: string): PlanRead {
  const at = (kind: ZonesProblem['kind'], met: string, line = 1): PlanRead => ({
    ok: false,
    problems: [{ line, column: 1, kind, met, path: '' }],
  })
  if (text.length > MOST_CHARACTERS) return at('too_large', String(text.length))
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [wrong] = document.errors
  if (wrong !== undefined) {
    const { line } = lines.linePos(wrong.pos[0])
    return at('yaml', (text.split('\n')[line - 1] ?? '').trim().slice(0, 80), line)
  }
  const placed = new Places(document, lines)
  const parsed = FileSchema.safeParse(valueOf(document))
  if (!parsed.success)
    return { ok: false, problems: parsed.error.issues.map((issue) => placed.issue(issue)) }
  return planOf(parsed.data, placed)
}

/** Aliases are not followed far: a small file may not become a large one. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 })
  } catch {
    return undefined
  }
}

class Places {
  readonly #document: Document
  readonly #lines: LineCounter

  constructor(document: Document, lines: LineCounter) {
    this.#document = document
    this.#lines = lines
  }

  at(path: readonly PropertyKey[], kind: ZonesProblem['kind'], met?: string): ZonesProblem {
    const words = path.map((step) => (typeof step === 'number' ? step : String(step)))
    const node = this.#nearest(words)
    const { line, col } = this.#lines.linePos(node?.range?.[0] ?? 0)
    const shown = met ?? (node === undefined ? '' : String(node))
    const name = words.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
    return {
      line: Math.max(1, line),
      column: Math.max(1, col),
      kind,
      met: shown.slice(0, 80),
      path: name.replace(/^\./, ''),
    }
  }

  line(path: readonly PropertyKey[]): number {
    return this.at(path, 'value').line
  }

  issue(issue: z.core.$ZodIssue): ZonesProblem {
    if (issue.code === 'unrecognized_keys') {
      const [key = ''] = issue.keys
      return this.at([...issue.path, key], 'unknown_key', key)
    }
    // What it may be stands beside where it is.
    const options =
      issue.code === 'invalid_value' ? ` (${issue.values.map(String).join(', ')})` : ''
    const isMissing = issue.path.length > 0 && this.#document.getIn(issue.path) === undefined
    const problem = this.at(
      issue.path,
      isMissing ? 'missing' : 'value',
      isMissing ? String(issue.path.at(-1) ?? '') : undefined,
    )
    return { ...problem, path: problem.path + (isMissing ? '' : options) }
  }

  #nearest(path: readonly (string | number)[]) {
    for (let length = path.length; length >= 0; length -= 1) {
      const node =
        length === 0 ? this.#document.contents : this.#document.getIn(path.slice(0, length), true)
      if (isNode(node)) return node
    }
    return undefined
  }
}

function planOf(file: z.infer<typeof FileSchema>, placed: Places): PlanRead {
  const problems: ZonesProblem[] = []
  const ids = new Set<string>()
  const zones = file.zones.map((zone, index): Zone => {
    if (ids.has(zone.id)) problems.push(placed.at(['zones', index, 'id'], 'twice', zone.id))
    ids.add(zone.id)
    if (zone.prefixes.length === 0 && zone.interfaces.length === 0 && zone.kind !== 'internet')
      problems.push(placed.at(['zones', index], 'nowhere', zone.id))
    const own = zone.prefixes.map((text, row) => {
      const found = prefix(text)
      if (found === undefined)
        problems.push(placed.at(['zones', index, 'prefixes', row], 'prefix', text))
      return found ?? ANY_V4
    })
    return {
      id: zone.id,
      name: zone.name ?? zone.id,
      kind: zone.kind,
      addresses: own.length === 0 ? ANY_ADDRESS : bothAddresses(own),
      interfaces: zone.interfaces,
      line: placed.line(['zones', index]),
    }
  })
  const conduits = file.conduits.map((conduit, index): Conduit => {
    for (const side of ['from', 'to'] as const)
      if (!ids.has(conduit[side]))
        problems.push(placed.at(['conduits', index, side], 'zone', conduit[side]))
    const services = conduit.allow.flatMap((text, row) => {
      const found = serviceFrom(text)
      if (found === undefined)
        problems.push(placed.at(['conduits', index, 'allow', row], 'service', text))
      return found ?? []
    })
    return {
      from: conduit.from,
      to: conduit.to,
      services,
      allow: conduit.allow,
      expires: conduit.expires ?? null,
      line: placed.line(['conduits', index]),
    }
  })
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, plan: { zones, conduits }, file }
}
