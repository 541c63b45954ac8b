// What a configuration says, in one digest: volatile lines, comments and order that says nothing aside.

import { createHash } from 'node:crypto'
import { canonical } from '../diff/apply-changes.ts'
import { firmwareOf } from '../firmware/firmware-of.ts'
import type { ReadConfig } from '../read-config.ts'

/** What it starts and runs is part of it, although it stands in comments. */
export function meaningDigest({ view, dialect }: Pick<ReadConfig, 'view' | 'dialect'>): string {
  const runs = firmwareOf(view, dialect).map(({ fact, what }) => `${fact} ${what}`)
  const said = JSON.stringify(canonical(view.root))
  return digest(runs.length === 0 ? said : `${said}${JSON.stringify(runs.toSorted())}`)
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
