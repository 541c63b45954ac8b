// `vigie up`: a station until Ctrl-C.

import { buildCommand } from '@stricli/core'
import { readSettings, systemClock } from '../core/index.ts'
import { decimal, describeError } from '../words/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { HUB_FLAGS, UP_FLAGS } from './setting-flags.ts'
import type { HubFlags, UpFlags } from './setting-flags.ts'
import { stopSignal } from './stop-signal.ts'

export function upCommand(words: Words) {
  return buildCommand<UpFlags, [], Context>({
    docs: { brief: words.cli.up.brief },
    parameters: { flags: UP_FLAGS },
    async func(flags) {
      await up(this, flags)
    },
  })
}

/** `vigie hub`: the same with a port that others join at. */
export function hubCommand(words: Words) {
  return buildCommand<HubFlags, [], Context>({
    docs: { brief: words.sharing.hub.brief },
    parameters: { flags: HUB_FLAGS },
    async func(flags) {
      const hubPort = flags.hubPort ?? this.process.env['VIGIE_HUB_PORT'] ?? DEFAULT_HUB_PORT
      await up(this, { ...flags, hubPort })
    },
  })
}

/** Beside the console's 8321 and the sensors' 8322. */
const DEFAULT_HUB_PORT = '8323'

async function up({ process, words, language }: Context, flags: HubFlags): Promise<void> {
  const startedMs = systemClock.nowMs()
  const settings = readSettings({ language, ...flags }, process.env)
  const { up: say } = words.cli
  const print = (line: string) => process.stdout.write(`${line}\n`)
  const note = (sentence: string) => process.stderr.write(`${sentence}\n`)
  const stopped = stopSignal(process, () => note(say.stopping))
  // Loaded here, so that `--help` opens no engine.
  const { startStation } = await import('../app.ts')
  const station = await startStation({
    settings,
    clock: systemClock,
    onNote: note,
    onTrouble: (cause) =>
      note(cause === null ? say.troubleOver : say.trouble(describeError(cause, language))),
  })
  const { recovered } = station.core.wayIn
  const lines = recovered.segments.reduce((sum, { records }) => sum + records, 0)
  if (lines > 0) note(say.recovered(lines))
  for (const { bytes, file } of recovered.quarantined) note(say.quarantined(bytes, file))
  const { ruleSet, problems } = station.core.detection
  const refused = ruleSet.refused.length + ruleSet.noRoute.length + problems.length
  const { syslog, syslogTls, http, flows, inbox } = station.listeners
  const ready = say.ready(decimal(language, (systemClock.nowMs() - startedMs) / 1000))
  print(`\n${ready}\n`)
  print(say.console(station.signInUrl))
  print(say.consoleHint)
  print(say.syslog(syslog))
  print(say.syslogTls(syslogTls))
  print(say.http(`${http}/services/collector`))
  print(say.flows(flows))
  print(say.inbox(inbox))
  print(say.configurations(station.configurations))
  if (station.sensors !== null) print(say.sensors(station.sensors))
  if (station.hub !== null) print(words.sharing.hub.ready(station.hub))
  print(say.rules(ruleSet.active.length, refused))
  print(`\n${say.next}\n${say.stop}`)
  await stopped
  await station.close()
  note(say.stopped)
}
