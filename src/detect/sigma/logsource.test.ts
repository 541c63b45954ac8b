import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { yamlValue } from '../../core/index.ts'
import { loadLogsources, readLogsources } from './logsource.ts'
import { routeTakes, routesOf } from './logsource.ts'
import type { EventKind } from './logsource.ts'

const ROOT = join(import.meta.dirname, '../../..')
const LOGSOURCES = loadLogsources(join(ROOT, 'content/logsources.yml'))
const NOTHING: EventKind = {
  parser: '',
  product: '',
  log_name: '',
  event_code: '',
  class_uid: '0',
  provider: '',
}

function takes(logsource: Parameters<typeof routesOf>[0], kind: Partial<EventKind>): boolean {
  return routesOf(logsource, LOGSOURCES).some((route) => routeTakes(route, { ...NOTHING, ...kind }))
}

const windows = (log_name: string, event_code: string): Partial<EventKind> => ({
  parser: 'windows',
  log_name,
  event_code,
})

describe('content/logsources.yml', () => {
  test.each<[Parameters<typeof routesOf>[0], Partial<EventKind>]>([
    [
      { category: 'process_creation', product: 'windows' },
      windows('microsoft-windows-sysmon/operational', '1'),
    ],
    [{ category: 'process_creation', product: 'windows' }, windows('security', '4688')],
    [{ product: 'windows' }, windows('Any', '1')],
    [{ category: 'antivirus' }, windows('Microsoft-Windows-Windows Defender/Operational', '1116')],
    [{ product: 'linux', service: 'sshd' }, { parser: 'ssh' }],
    [{ category: 'webserver' }, { parser: 'web-access' }],
    [{ service: 'nginx' }, { parser: 'web-access' }],
    [{ category: 'proxy' }, { parser: 'fortigate', class_uid: '4002' }],
    [{ product: 'aws', service: 'cloudtrail' }, { parser: 'cloudtrail' }],
    [
      { product: 'zeek', service: 'dns' },
      { parser: 'zeek', log_name: 'dns' },
    ],
    [
      { product: 'fortigate', service: 'event' },
      { parser: 'fortigate', log_name: 'event/system' },
    ],
  ])('%o takes %o', (logsource, kind) => {
    expect(takes(logsource, kind)).toBe(true)
  })

  test.each<[Parameters<typeof routesOf>[0], Partial<EventKind>]>([
    [{ category: 'process_creation', product: 'windows' }, windows('Security', '4624')],
    [
      { category: 'process_creation', product: 'windows' },
      { parser: 'json', log_name: 'Security', event_code: '4688' },
    ],
    [{ category: 'proxy' }, { parser: 'web-access', class_uid: '4002' }],
    [{ product: 'windows', service: 'sysmon' }, windows('Security', '1')],
    [
      { product: 'linux', service: 'sudo' },
      { parser: 'pam', log_name: 'su', provider: 'su' },
    ],
    [{ product: 'unheard' }, { parser: 'windows' }],
  ])('%o leaves %o', (logsource, kind) => {
    expect(takes(logsource, kind)).toBe(false)
  })

  test('a column that is none is refused', () => {
    expect(() =>
      readLogsources(
        'lanes: { x: { entity: device, fields: { F: { column: nothing } } } }\nsources: []',
      ),
    ).toThrow('not a column')
    expect(() =>
      readLogsources('lanes: {}\nsources: [{ product: p, lane: x, routes: [{}] }]'),
    ).toThrow('no lane')
  })
})

const THOR = join(ROOT, '../shared/data/sigma/rules/thor.yml')

describe.skipIf(!existsSync(THOR))(
  'the mapping the public regression suite is judged with (needs ../shared)',
  () => {
    type Thor = {
      readonly product?: string
      readonly category?: string
      readonly service?: string
      readonly sources?: readonly string[]
      readonly conditions?: { readonly EventID: number | readonly number[] }
      readonly rewrite?: { readonly service: string }
    }
    // The callback of a skipped suite still runs.
    const { logsources } = yamlValue(
      existsSync(THOR) ? readFileSync(THOR, 'utf8') : 'logsources: {}',
    ) as {
      readonly logsources: Readonly<Record<string, Thor>>
    }
    const all = Object.values(logsources)
    const channels = new Map(
      all.flatMap(({ service, sources }) =>
        service === undefined
          ? []
          : [
              [
                service,
                (sources ?? [])
                  .filter((one) => one.startsWith('WinEventLog:'))
                  .map((one) => one.slice(12)),
              ] as const,
            ],
      ),
    )

    test.each([...channels].filter(([, names]) => names.length > 0))(
      'service %s has its channels',
      (service, names) => {
        for (const name of names)
          expect(takes({ product: 'windows', service }, windows(name, '1'))).toBe(true)
      },
    )

    test.each(
      all.filter(({ category, rewrite }) => category !== undefined && rewrite !== undefined),
    )('category $category has its events', ({ category, product, conditions, rewrite }) => {
      const [channel = ''] = channels.get(rewrite?.service ?? '') ?? []
      for (const id of [conditions?.EventID ?? []].flat()) {
        expect(
          takes(
            { category: category ?? '', ...(product && { product }) },
            windows(channel, String(id)),
          ),
        ).toBe(true)
      }
    })
  },
)
