// What to hand in next, and which checks it would make assessable: the file that opens most, by severity, then what follows it. Pure.

import { join } from 'node:path'
import { z } from 'zod'
import { readContent } from '../accounts/knowledge.ts'
import type { Check } from './check-book.ts'

const Both = z.strictObject({ en: z.string().min(1), fr: z.string().min(1) })
const ExportsSchema = z.array(
  z.strictObject({
    id: z.string(),
    /** `list` and `statement` fit every organisation; the others those whose system is known to be here. */
    system: z.string(),
    title: Both,
    /** Where it comes from: a request, or a command. */
    how: z.string().min(1),
    covers: z.array(z.string()).min(1),
    /** What to begin with where nothing of the system is here. */
    start: z.boolean().default(false),
  }),
)
export type Exported = z.infer<typeof ExportsSchema>[number]

/** Throws CONTENT_INVALID. */
export function readExports(folder: string): readonly Exported[] {
  return readContent(join(folder, 'exports.yml'), ExportsSchema)
}

export type Directory = {
  readonly source: string
  readonly system: string
  readonly fields: ReadonlySet<string>
}
export type OpenCheck = Pick<Check, 'id' | 'needs' | 'scope' | 'severity'> & {
  /** What is lacking; where its needs are met, what is not known of some. */
  readonly missing: readonly string[]
}
export type HandIn = { readonly exported: Exported; readonly opens: readonly string[] }

const WEIGHTS = { critical: 8, high: 4, medium: 2, low: 1 } as const
const EVERYWHERE: ReadonlySet<string> = new Set(['list', 'statement'])
const MOST = 8

/** In order: each is the best one after those before it. `open`: checks that are not assessable and have a question. */
export function handInNext(
  open: readonly OpenCheck[],
  directories: readonly Directory[],
  exports: readonly Exported[],
): readonly HandIn[] {
  const fitting = exports.filter((one) => fits(one, directories))
  const next: HandIn[] = []
  let [left, here] = [open, directories]
  while (next.length < MOST) {
    const best = bestOf(
      fitting.filter((one) => !next.some(({ exported }) => exported === one)),
      { left, here },
    )
    if (best === undefined) return next
    next.push(best)
    left = left.filter(({ id }) => !best.opens.includes(id))
    here = withExport(here, best.exported)
  }
  return next
}

function fits({ system, start }: Exported, directories: readonly Directory[]): boolean {
  if (directories.length === 0) return start
  return EVERYWHERE.has(system) || directories.some((one) => one.system === system)
}

type State = { readonly left: readonly OpenCheck[]; readonly here: readonly Directory[] }

function bestOf(exports: readonly Exported[], { left, here }: State): HandIn | undefined {
  const worth = ({ opens }: HandIn) =>
    left.reduce((sum, { id, severity }) => sum + (opens.includes(id) ? WEIGHTS[severity] : 0), 0)
  return exports
    .map((exported) => ({ exported, opens: opensOf(exported, { left, here }) }))
    .filter(({ opens }) => opens.length > 0)
    .toSorted((a, b) => worth(b) - worth(a))[0]
}

function opensOf(exported: Exported, { left, here }: State): readonly string[] {
  const after = withExport(here, exported)
  const adds = new Set(exported.covers)
  return left
    .filter(({ needs, scope, missing }) => {
      // Nothing that the file holds is lacking: it changes nothing.
      if (!missing.some((need) => answers(need, adds))) return false
      const asked = scope === 'all' ? [joined(after)] : after.map(({ fields }) => fields)
      return asked.some((fields) => needs.every((need) => answers(need, fields)))
    })
    .map(({ id }) => id)
}

function answers(need: string, fields: ReadonlySet<string>): boolean {
  return need.split('|').some((one) => fields.has(one))
}

function joined(directories: readonly Directory[]): ReadonlySet<string> {
  return new Set(directories.flatMap(({ fields }) => [...fields]))
}

/** It adds to each directory of its system, or is one of its own. */
function withExport(
  directories: readonly Directory[],
  { system, covers }: Exported,
): readonly Directory[] {
  const isOwn = EVERYWHERE.has(system) || !directories.some((one) => one.system === system)
  if (isOwn)
    return [...directories, { source: system, system, fields: new Set([...covers, system]) }]
  return directories.map((one) =>
    one.system === system ? { ...one, fields: new Set([...one.fields, ...covers]) } : one,
  )
}
