// Lines that change by themselves. They are no change, and what they say is kept: who, when, from where, how large.

import type { Dialect, VolatileKind } from '../dialect/dialect.ts'

export type Fact = {
  readonly fact: VolatileKind
  readonly line: number
  readonly last: number
  readonly text: string
  /** `who`, `when`, `from`, `size`, `version`, … as far as the line says them. */
  readonly says: Readonly<Record<string, string>>
}

type Met = {
  readonly text: string
  readonly path: string
  readonly line: number
  readonly last: number
}

const TEXT_SHOWN = 300

export function factOf({ text, path, line, last }: Met, { volatile }: Dialect): Fact | undefined {
  for (const { is, fact } of volatile) {
    const found = is.exec(path)
    if (found === null) continue
    const says = Object.fromEntries(
      Object.entries(found.groups ?? {}).filter(([, value]) => value !== undefined),
    )
    return { fact, line, last, text: text.slice(0, TEXT_SHOWN), says }
  }
  return undefined
}
