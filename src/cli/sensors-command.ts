// `vigie sensors`: a running station's sensors, through its API.

import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import { SensorInvitedSchema, SensorListSchema } from '../model/index.ts'
import type { Sensor } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

export function sensorsCommand(words: Words) {
  return buildRouteMap({
    routes: {
      list: listCommand(words),
      invite: inviteCommand(words),
      revoke: revokeCommand(words),
    },
    defaultCommand: 'list',
    docs: { brief: words.sensors.brief },
  })
}

const NAME = {
  kind: 'tuple',
  parameters: [
    { brief: 'Name of the sensor', parse: (value: string) => value, placeholder: 'name' },
  ],
} as const

type ListFlags = ClientFlags & { readonly json: boolean }

function listCommand(words: Words) {
  return buildCommand<ListFlags, [], Context>({
    docs: { brief: words.sensors.list.brief },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        json: { kind: 'boolean', brief: 'One JSON object a line', default: false },
      },
    },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const { sensors } = await client.get('/api/sensors', SensorListSchema)
      this.process.stdout.write(`${flags.json ? asJson(sensors) : asTable(sensors, words)}\n`)
    },
  })
}

type InviteFlags = ClientFlags & { readonly address?: string }

function inviteCommand(words: Words) {
  return buildCommand<InviteFlags, [string], Context>({
    docs: { brief: words.sensors.invite.brief },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        address: {
          kind: 'parsed',
          parse: (value: string) => value,
          brief: 'Host, or host:port, by which the sensor reaches this station',
          placeholder: 'host',
          optional: true,
        },
      },
      positional: NAME,
    },
    async func({ address, ...flags }, name) {
      const client = stationClient(this.process, flags, this.language)
      const body = { name, ...(address === undefined ? {} : { address }) }
      const invited = await client.post('/api/sensors', body, SensorInvitedSchema)
      const say = words.sensors.invite
      this.process.stdout.write(`${say.enrol(invited.code)}\n`)
      this.process.stderr.write(`${say.until(shortTime(invited.until))}\n`)
      if (/^(?:127\.|localhost|\[::1\])/.test(invited.address))
        this.process.stderr.write(`${say.loopback(invited.address)}\n`)
    },
  })
}

function revokeCommand(words: Words) {
  return buildCommand<ClientFlags, [string], Context>({
    docs: { brief: words.sensors.revoke.brief },
    parameters: { flags: CLIENT_FLAGS, positional: NAME },
    async func(flags, name) {
      const client = stationClient(this.process, flags, this.language)
      await client.post(`/api/sensors/${encodeURIComponent(name)}/revoke`, {}, z.object({}))
      this.process.stdout.write(`${words.sensors.revoke.done(name)}\n`)
    },
  })
}

function asJson(sensors: readonly Sensor[]): string {
  return sensors.map((sensor) => JSON.stringify(sensor)).join('\n')
}

function asTable(sensors: readonly Sensor[], words: Words): string {
  const { list } = words.sensors
  if (sensors.length === 0) return list.none
  const { columns } = list
  const head = Object.values(columns)
  return table([head, ...sensors.map((sensor) => rowOf(sensor, list))])
}

function rowOf(sensor: Sensor, list: Words['sensors']['list']): string[] {
  const { lagMs, waitingBytes, limitBytes, skewMs } = sensor
  return [
    printable(sensor.name),
    list.states[sensor.state],
    shortTime(sensor.lastSeen ?? ''),
    lagMs === null ? list.nothingWaits : list.seconds(Math.round(lagMs / 1000)),
    `${mib(waitingBytes)}/${mib(limitBytes)} MiB`,
    String(sensor.dropped),
    skewMs === null ? '' : skewMs < 0 ? list.behind(String(-skewMs)) : list.ahead(String(skewMs)),
    (sensor.certificateExpires ?? '').slice(0, 10),
    contentOf(sensor, list),
    String(sensor.sightings),
  ]
}

function contentOf({ content, isContentCurrent }: Sensor, list: Words['sensors']['list']): string {
  if (content === null) return list.noContent
  const made = shortTime(content)
  return isContentCurrent ? made : list.newerContent(made)
}

function mib(bytes: number): string {
  return String(Math.ceil(bytes / 2 ** 20))
}

function shortTime(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ')
}
