// What changed, with the block it stands in always above it.

import type { AuditChange, DeviceAudit } from '../../model/index.ts'
import type { Words } from '../../words/index.ts'
import { escape } from '../escape.ts'

type Say = Words['audit']

/** Changes on the page; the rest is counted. */
const SHOWN = 200

export function changesHtml(
  { changes, changeCount }: Pick<DeviceAudit, 'changes' | 'changeCount'>,
  say: Say,
  most = SHOWN,
): string {
  if (changes === null || changes.length === 0) return ''
  const shown = changes.slice(0, most)
  const more = changeCount - shown.length
  return `<h3>${say.changes}</h3>
${shown.map((change) => changeHtml(change, say)).join('\n')}
${more > 0 ? `<p>${say.more(more)}</p>` : ''}`
}

export function changeHtml({ kind, stanza, before, after }: AuditChange, say: Say): string {
  const block = stanza.map((line, depth) => `${' '.repeat(depth)}${line}`)
  const inside = ' '.repeat(stanza.length)
  const side = (sign: string, piece: AuditChange['before']) =>
    piece === null ? [] : piece.text.split('\n').map((line) => `${sign} ${inside}${line}`)
  // A moved block is the same on both sides: once is enough.
  const text = kind === 'moved' ? side('~', after) : [...side('-', before), ...side('+', after)]
  const where = [
    before === null ? '' : `${say.was}${say.colon} ${say.lines(before.first, before.last)}`,
    after === null ? '' : `${say.is}${say.colon} ${say.lines(after.first, after.last)}`,
  ].filter((part) => part !== '')
  return `<p class="quiet">${say.kinds[kind]}, ${escape(where.join('; '))}</p>
<pre>${escape([...block.map((line) => `  ${line}`), ...text].join('\n'))}</pre>`
}
