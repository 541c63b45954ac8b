// A device against what people said it should be, as a terminal shows it.

import type { DeviceDetail } from '../model/index.ts'
import { makeName } from '../words/index.ts'
import type { Context } from './context.ts'
import { differenceLines } from './difference-lines.ts'
import { printable } from './output.ts'

export function shownState(context: Context, detail: DeviceDetail): string {
  const { device } = detail
  const make = makeName(device) || context.words.audit.unknownMake
  return [
    `${printable(device.name)}  ${printable(make)}`,
    ...firmwareLines(context, detail),
    ...driftLines(context, detail),
  ].join('\n')
}

function firmwareLines({ words }: Context, { firmware }: DeviceDetail): readonly string[] {
  const { firmware: names, verdicts } = words.devices
  return firmware.map(({ fact, what, verdict }) => {
    const about = verdict === null ? '' : `  (${verdicts[verdict]})`
    return `${names[fact]}  ${printable(what)}${about}`
  })
}

function driftLines(context: Context, { drift }: DeviceDetail): readonly string[] {
  const { drift: say } = context.words.devices
  if (drift === null) return [say.unset]
  const [group, source] = [printable(drift.group), printable(drift.source)]
  if (!drift.isComparable) return [say.otherMake(group, source)]
  if (drift.changeCount === 0) return [say.none(group, source)]
  return [
    say.some(drift.changeCount, group, source),
    ...drift.changes.flatMap((one) => ['', ...differenceLines(context, one)]),
  ]
}
