// One difference of configurations, as a terminal shows it.

import type { AuditChange } from '../model/index.ts'
import type { Context } from './context.ts'
import { printable } from './output.ts'

export function differenceLines({ words }: Context, one: AuditChange): readonly string[] {
  const lines = (piece: AuditChange['before'], sign: string) =>
    piece === null ? [] : piece.text.split('\n').map((line) => `${sign} ${printable(line)}`)
  const where = printable(one.stanza.join(' > '))
  return [
    `${words.audit.kinds[one.kind]}  ${where}`.trimEnd(),
    ...lines(one.before, '-'),
    ...lines(one.after, '+'),
  ]
}
