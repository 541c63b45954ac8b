// `vigie devices report`: the report about all devices, or about one.

import { buildCommand } from '@stricli/core'
import { DevicesSchema } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'
import { PAGE_FLAGS, writePage } from './write-report.ts'
import type { PageFlags } from './write-report.ts'

type ReportFlags = ClientFlags & PageFlags & { readonly language?: 'en' | 'fr' }

export function deviceReportCommand(words: Words) {
  return buildCommand<ReportFlags, [string?], Context>({
    docs: { brief: words.fleetReport.brief },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        ...PAGE_FLAGS,
        language: { kind: 'enum', values: ['en', 'fr'], brief: 'en or fr', optional: true },
      },
      positional: {
        kind: 'tuple',
        parameters: [{ brief: 'device', parse: String, placeholder: 'device', optional: true }],
      },
    },
    async func(flags, name) {
      const { language = this.language } = flags
      const client = stationClient(this.process, flags, this.language)
      const query = new URLSearchParams({ language })
      if (name !== undefined) {
        const { devices } = await client.get('/api/devices', DevicesSchema)
        const device = devices.find((each) => each.name === name || each.id === name)
        query.set('device', device?.id ?? name)
      }
      await writePage(this, client, `/api/device-report?${query.toString()}`, flags)
    },
  })
}
