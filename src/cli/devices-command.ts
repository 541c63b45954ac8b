// `vigie devices`: configurations that a running station keeps, what changed in them and by whose word.

import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { buildCommand, buildRouteMap, numberParser } from '@stricli/core'
import { VigieError } from '../core/index.ts'
import {
  ConfigTakenSchema,
  DeviceActsSchema,
  DeviceChangeDetailSchema,
  DeviceChangesSchema,
  DeviceDetailSchema,
  DevicesSchema,
} from '../model/index.ts'
import type { ConfigTaken, Device, DeviceChange, DeviceChangeDetail } from '../model/index.ts'
import { makeName } from '../words/index.ts'
import type { Words } from '../words/index.ts'
import {
  announceCommand,
  explainCommand,
  importCommand,
  recordsCommand,
  revokeCommand,
} from './change-records-commands.ts'
import { gitCommand, sshCommand } from './collection-commands.ts'
import type { Context } from './context.ts'
import { actLines, traceLines } from './device-acts-lines.ts'
import { deviceReportCommand } from './device-report-command.ts'
import { shownState } from './device-state-lines.ts'
import { differenceLines } from './difference-lines.ts'
import { EXIT } from './exit-codes.ts'
import { goldenCommand, hashesCommand } from './golden-commands.ts'
import { handIn, sendRead } from './hand-in.ts'
import { printable, table } from './output.ts'
import { trafficLines } from './segment-lines.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags, StationClient } from './station-client.ts'

type Flags = ClientFlags & { readonly json: boolean }
type TakeFlags = Flags & { readonly device?: string }

const FLAGS = {
  ...CLIENT_FLAGS,
  json: { kind: 'boolean', brief: 'Print as JSON', default: false },
} as const

export function devicesCommand(words: Words) {
  return buildRouteMap({
    routes: {
      list: listCommand(words),
      changes: changesCommand(words),
      show: showCommand(words),
      acts: actsCommand(words),
      report: deviceReportCommand(words),
      git: gitCommand(words),
      ssh: sshCommand(words),
      take: takeCommand(words),
      announce: announceCommand(words),
      explain: explainCommand(words),
      records: recordsCommand(words),
      import: importCommand(words),
      revoke: revokeCommand(words),
      golden: goldenCommand(words),
      hashes: hashesCommand(words),
    },
    defaultCommand: 'list',
    docs: { brief: words.devices.brief },
  })
}

function listCommand(words: Words) {
  return buildCommand<Flags, [], Context>({
    docs: { brief: words.devices.list },
    parameters: { flags: FLAGS },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const { devices } = await client.get('/api/devices', DevicesSchema)
      const text = devices.length === 0 ? words.devices.none : shownDevices(words, devices)
      print(this, flags.json ? devices.map((one) => JSON.stringify(one)).join('\n') : text)
    },
  })
}

function print({ process }: Context, text: string): void {
  process.stdout.write(text === '' ? '' : `${text}\n`)
}

function shownDevices(words: Words, devices: readonly Device[]): string {
  const { columns } = words.devices
  const heading = [
    columns.unexplained,
    columns.hardening,
    columns.changed,
    columns.seen,
    columns.device,
    columns.make,
  ]
  const rows = devices.map((one) => [
    String(one.unauthorised),
    String(one.hardening),
    minuteOf(one.changed),
    minuteOf(one.lastSeen),
    printable(one.name),
    printable(makeName(one) || words.audit.unknownMake),
  ])
  return table([heading, ...rows])
}

/** `2026-11-29 23:40Z`. */
function minuteOf(instant: string | null): string {
  return instant === null ? '-' : `${instant.slice(0, 16).replace('T', ' ')}Z`
}

function changesCommand(words: Words) {
  return buildCommand<Flags, [], Context>({
    docs: { brief: words.devices.changesBrief },
    parameters: { flags: FLAGS },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const { changes, unauthorised } = await client.get('/api/device-changes', DeviceChangesSchema)
      const text = changes.length === 0 ? words.devices.noChanges : shownChanges(this, changes)
      print(this, flags.json ? changes.map((one) => JSON.stringify(one)).join('\n') : text)
      Object.assign(this.process, { exitCode: unauthorised > 0 ? EXIT.findings : EXIT.done })
    },
  })
}

function shownChanges({ words }: Context, changes: readonly DeviceChange[]): string {
  const { columns, states } = words.devices
  const heading = [
    columns.state,
    columns.severity,
    columns.found,
    columns.count,
    columns.device,
    columns.change,
  ]
  const rows = changes.map((one) => [
    states[one.state],
    one.severity === null ? '-' : words.console.severity[one.severity],
    minuteOf(one.before),
    String(one.changeCount),
    printable(one.deviceName),
    one.id,
  ])
  return table([heading, ...rows])
}

function showCommand(words: Words) {
  return buildCommand<Flags, [string], Context>({
    docs: { brief: words.devices.showBrief },
    parameters: {
      flags: FLAGS,
      positional: {
        kind: 'tuple',
        parameters: [{ brief: 'change or device', parse: String, placeholder: 'change|device' }],
      },
    },
    async func(flags, id) {
      const client = stationClient(this.process, flags, this.language)
      const device = await deviceNamed(client, id)
      if (device !== undefined) {
        const about = `/api/devices/${encodeURIComponent(device.id)}`
        const detail = await client.get(about, DeviceDetailSchema)
        print(this, flags.json ? JSON.stringify(detail) : shownState(this, detail))
        return
      }
      const path = `/api/device-changes/${encodeURIComponent(id)}`
      const detail = await client.get(path, DeviceChangeDetailSchema)
      print(this, flags.json ? JSON.stringify(detail) : shownChange(this, detail))
    },
  })
}

type ActsFlags = Flags & { readonly days: number }

function actsCommand(words: Words) {
  return buildCommand<ActsFlags, [string], Context>({
    docs: { brief: words.traces.acts },
    parameters: {
      flags: {
        ...FLAGS,
        days: { kind: 'parsed', parse: numberParser, brief: 'Days back', default: '7' },
      },
      positional: {
        kind: 'tuple',
        parameters: [{ brief: 'device', parse: String, placeholder: 'device' }],
      },
    },
    async func(flags, name) {
      const client = stationClient(this.process, flags, this.language)
      const device = await deviceNamed(client, name)
      const path = `/api/devices/${encodeURIComponent(device?.id ?? name)}/acts?days=${flags.days}`
      const acts = await client.get(path, DeviceActsSchema)
      const lines = acts.acts.length === 0 ? [words.traces.noActs] : actLines(words, acts)
      print(this, flags.json ? JSON.stringify(acts) : lines.join('\n'))
    },
  })
}

async function deviceNamed(client: StationClient, name: string): Promise<Device | undefined> {
  const { devices } = await client.get('/api/devices', DevicesSchema)
  return devices.find((one) => one.name === name || one.id === name)
}

function shownChange(context: Context, detail: DeviceChangeDetail): string {
  const { words, language } = context
  const { devices: say, audit } = words
  const { change, findings, changes, partly } = detail
  const { record, incident } = change
  const steps: Readonly<Record<string, string>> = audit.steps
  return [
    `${printable(change.deviceName)}  ${say.states[change.state]}  ${minuteOf(change.after)} – ${minuteOf(change.before)}`,
    ...(record === null
      ? []
      : [
          say.by(printable(record.recordedBy), minuteOf(record.recorded), printable(record.reason)),
        ]),
    ...(incident.length === 0
      ? []
      : [audit.incident(incident.map((step) => steps[step] ?? step).join(', ')), audit.incidentDo]),
    ...findings.map(
      ({ severity, title }) => `${words.console.severity[severity]}  ${title[language]}`,
    ),
    ...detail.signs.map((sign) => audit.signs[sign]),
    ...trafficLines(detail.traffic, context),
    '',
    ...traceLines(words, detail.trace),
    ...changes.flatMap((one) => [
      '',
      ...differenceLines(context, one),
      ...(partly !== null && !one.allowed ? [`  (${say.notAllowed})`] : []),
    ]),
  ].join('\n')
}

function takeCommand(words: Words) {
  return buildCommand<TakeFlags, string[], Context>({
    docs: { brief: words.devices.takeBrief },
    parameters: {
      flags: {
        ...FLAGS,
        device: {
          kind: 'parsed',
          parse: String,
          brief: 'The device (as the file says)',
          placeholder: 'name',
          optional: true,
        },
      },
      positional: {
        kind: 'array',
        parameter: { brief: 'file', parse: String, placeholder: 'file' },
      },
    },
    async func(flags, ...files) {
      if (files.length === 0)
        throw new VigieError('BAD_REQUEST', { met: '-', expected: 'vigie devices take FILE…' })
      const client = stationClient(this.process, flags, this.language)
      let found = 0
      const refused = await handIn(this, files, async (file) => {
        const named = flags.device === undefined ? {} : { device: flags.device }
        const query = new URLSearchParams({ source: basename(file), ...named })
        const path = `/api/configurations?${query.toString()}`
        const taken = await sendRead(createReadStream(file), (bytes) =>
          client.send(path, bytes, ConfigTakenSchema),
        )
        if (taken.isNew) found += taken.findings
        print(this, flags.json ? JSON.stringify(taken) : shownTaken(words, taken))
      })
      const code = refused ?? (found > 0 ? EXIT.findings : EXIT.done)
      Object.assign(this.process, { exitCode: code })
    },
  })
}

/** What is said of the text as a whole stands below. */
function shownTaken(words: Words, { device, isNew, changeCount, findings, signs }: ConfigTaken) {
  const name = printable(device)
  if (!isNew) return words.devices.same(name)
  const said = signs.map((sign) => `  ${words.audit.signs[sign]}`)
  return [words.devices.taken(name, changeCount, findings), ...said].join('\n')
}
