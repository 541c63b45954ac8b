// When support of products ends: endoflife.date, in both forms of its API, one product a file or all in one.

import { z } from 'zod'
import { listOf, Said } from '../imports/scanned.ts'
import { foldName } from './criterion.ts'
import type { Loaded, SupportCycle } from './knowledge.ts'

const DayOrFlag = z.union([z.string(), z.boolean()]).optional().catch(undefined)
const OldCycleSchema = z.object({
  cycle: z.union([z.string(), z.number()]).transform(String),
  eol: DayOrFlag,
  releaseDate: Said,
  latest: Said,
})
const NewSchema = z.object({
  last_modified: Said,
  generated_at: Said,
  result: z.object({
    name: z.string(),
    releases: listOf(
      z.object({
        name: z.string(),
        eolFrom: Said,
        isEol: z.boolean().optional().catch(undefined),
        releaseDate: Said,
        latest: z.object({ name: Said }).optional().catch(undefined),
      }),
    ),
  }),
})

export function isSupport(document: unknown): boolean {
  return NewSchema.safeParse(document).success || oldCycles(document).length > 0
}

/** `file` names the product where the document does not: `fortios.json`. */
export function readSupport(document: unknown, file: string): Loaded {
  const read = NewSchema.safeParse(document)
  const product = read.success
    ? read.data.result.name
    : file.replace(/^.*[\\/]/, '').replace(/\.json$/i, '')
  const cycles: readonly SupportCycle[] = read.success
    ? read.data.result.releases.map(({ name, eolFrom, isEol, releaseDate, latest }) => ({
        product: foldName(product),
        cycle: name,
        ends: eolFrom ?? (isEol === true ? '1970-01-01' : null),
        released: releaseDate ?? null,
        latest: latest?.name ?? '',
      }))
    : oldCycles(document).map(({ cycle, eol, releaseDate, latest = '' }) => ({
        product: foldName(product),
        cycle,
        ends: typeof eol === 'string' ? eol : eol === true ? '1970-01-01' : null,
        released: releaseDate ?? null,
        latest,
      }))
  const said = read.success
    ? (read.data.last_modified ?? read.data.generated_at)
    : cycles
        .map(({ released }) => released ?? '')
        .toSorted()
        .at(-1)
  const ms = Date.parse(said ?? '')
  const unusable = cycles.filter((cycle) => !isUsable(cycle))
  return {
    name: `endoflife ${product}`,
    kind: 'eol',
    dated: new Date(Number.isNaN(ms) ? 0 : ms).toISOString(),
    isWhole: true,
    told: [],
    support: cycles.filter(isUsable),
    refused: unusable.length,
    problems: unusable
      .slice(0, 20)
      .map(({ cycle, ends }) => ({ kind: 'entry' as const, detail: `${cycle}: ${ends ?? ''}` })),
  }
}

function isUsable({ ends }: SupportCycle): boolean {
  return ends === null || /^\d{4}-\d{2}-\d{2}$/.test(ends)
}

function oldCycles(document: unknown): readonly z.infer<typeof OldCycleSchema>[] {
  return Array.isArray(document) ? listOf(OldCycleSchema).parse(document) : []
}
