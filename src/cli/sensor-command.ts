// `vigie sensor`: receives and forwards until Ctrl-C.

import { buildCommand } from '@stricli/core'
import type { SensorNote } from '../app/sensors/sensor-notes.ts'
import { readSettings, systemClock } from '../core/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { SENSOR_FLAGS } from './setting-flags.ts'
import type { SensorFlags } from './setting-flags.ts'
import { stopSignal } from './stop-signal.ts'

type Flags = SensorFlags & { readonly enrol?: string }

const DEFAULT_DATA = './sensor-data'

export function sensorCommand(words: Words) {
  return buildCommand<Flags, [], Context>({
    docs: { brief: words.sensors.run.brief },
    parameters: {
      flags: {
        ...SENSOR_FLAGS,
        enrol: {
          kind: 'parsed',
          parse: (value: string): string => value,
          brief: 'Code of “vigie sensors invite”, needed once',
          placeholder: 'code',
          optional: true,
        },
      },
    },
    async func(flags) {
      await sensor(this, flags)
    },
  })
}

async function sensor({ process, words, language }: Context, flags: Flags): Promise<void> {
  const { enrol: code, ...given } = flags
  const data = given.data ?? process.env['VIGIE_DATA'] ?? DEFAULT_DATA
  const settings = readSettings({ language, ...given, data }, process.env)
  const note = (sentence: string) => process.stderr.write(`${sentence}\n`)
  const { up } = words.cli
  const stopped = stopSignal(process, () => note(up.stopping))
  // Loaded here, so that other commands do not load it.
  const { startSensor } = await import('../app/sensors/sensor.ts')
  const { VERSION } = await import('../app/version.ts')
  const running = await startSensor({
    settings,
    version: VERSION,
    clock: systemClock,
    ...(code === undefined ? {} : { code }),
    onNote: (met) => note(sentenceOf(met, words)),
  })
  const print = (line: string) => process.stdout.write(`${line}\n`)
  const { syslog, syslogTls, http, flows, inbox } = running.listeners
  print(`\n${words.sensors.run.ready(running.name, running.station)}\n`)
  print(up.syslog(syslog))
  print(up.syslogTls(syslogTls))
  print(words.sensors.run.http(`${http}/services/collector`, settings.data))
  print(up.flows(flows))
  print(up.inbox(inbox))
  print(`\n${up.stop}`)
  await stopped
  await running.close()
  note(up.stopped)
}

function sentenceOf(note: SensorNote, words: Words): string {
  const say = words.sensors.run
  switch (note.kind) {
    case 'enrolled':
      return say.enrolled(note.name, note.station)
    case 'waits':
      return say.waits(mib(note.bytes))
    case 'full':
      return say.full(mib(note.bytes))
    case 'link_lost':
      return say.linkLost(note.reason)
    case 'refused':
      return say.refused(note.reason)
    case 'disk_trouble':
      return say.diskTrouble(note.reason)
    case 'link_back':
      return say.linkBack
    case 'room_again':
      return say.roomAgain
    case 'disk_back':
      return say.diskBack
    case 'damaged':
      return say.damaged(note.file)
    case 'content':
      return say.content(note.made.slice(0, 19).replace('T', ' '))
    case 'content_refused':
      return say.contentRefused[note.problem]
    case 'listener':
      return note.sentence
    default:
      return note satisfies never
  }
}

/** Rounded up: what waits is never said to be nothing. */
function mib(bytes: number): string {
  return String(Math.ceil(bytes / 2 ** 20))
}
