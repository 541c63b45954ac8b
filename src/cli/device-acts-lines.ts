// Who did what on a device, as lines of a terminal.

import type { ChangeTrace, DeviceActs } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import { printable } from './output.ts'

/** Of a change. */
export function traceLines({ traces }: Words, trace: ChangeTrace): readonly string[] {
  const { state, gap } = trace
  return [
    traces.states[state],
    ...(gap === null ? [] : [traces.gap(gap.from, gap.to)]),
    ...actLines({ traces }, trace),
  ]
}

export function actLines(
  { traces }: Pick<Words, 'traces'>,
  { actors, acts, actCount }: Pick<DeviceActs, 'actors' | 'acts' | 'actCount'>,
): readonly string[] {
  return [
    ...actors.map(({ who, from, logins, commands }) => {
      const name = traces.actor(printable(who) || traces.nobody, printable(from) || traces.console)
      return `  ${name}: ${traces.did(logins, commands)}`
    }),
    ...acts.map(({ at, kind, who, text }) =>
      [
        `  ${at.slice(0, 19).replace('T', ' ')}Z`,
        printable(who) || '-',
        traces.kinds[kind],
        printable(text.replaceAll(/\n\s*/g, ' | ')),
      ]
        .filter((part) => part !== '')
        .join('  '),
    ),
    ...(actCount > acts.length ? [`  ${traces.more(actCount - acts.length)}`] : []),
  ]
}
