// Packets that were really sent through devices: what arrived is never called blocked. Cases beside the project; skipped where they
// are not there.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { deviceOf } from '../network/device-of.ts'
import type { Device } from '../network/device.ts'
import { networkOf } from '../network/network-of.ts'
import type { Verdict } from '../network/question.ts'
import { answerTo } from '../network/verdict.ts'
import { ANY_ADDRESS, ipv4Text, prefix } from '../packets/addresses.ts'
import {
  HAS_REFERENCE,
  REFERENCE,
  filesUnder,
  read,
  referenceJson,
} from '../reference.test-helper.ts'
import { readOtServices } from './ot-services.ts'
import { segment } from './segment.ts'
import { serviceFrom } from './service-text.ts'
import { readZones } from './zones-file.ts'

const ProbesSchema = z.array(
  z.object({
    lab: z.string(),
    src: z.string(),
    dst: z.string(),
    proto: z.string(),
    port: z.number().nullable(),
    delivered: z.boolean(),
  }),
)
type Probe = z.infer<typeof ProbesSchema>[number]

const HostSchema = z.object({
  hostInterfaces: z.record(z.string(), z.object({ prefix: z.string() })),
})

function devicesOf(lab: string): readonly Device[] {
  const folder = join(REFERENCE, 'labs', lab, 'configs')
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    const [file] =
      existsSync(path) && !name.includes('.') && readdirSafe(path) ? [...filesUnder(path)] : [path]
    if (file === undefined) return []
    return [{ ...deviceOf(read(readFileSync(file)), file), name }]
  })
}

function readdirSafe(path: string): boolean {
  try {
    readdirSync(path)
    return true
  } catch {
    return false
  }
}

/** The address a host of the lab sends from. */
function addressOf({ lab, src }: Probe, devices: readonly Device[]): string | undefined {
  const host = join(REFERENCE, 'labs', lab, 'hosts', `${src}.json`)
  if (existsSync(host)) {
    const { hostInterfaces } = HostSchema.parse(JSON.parse(readFileSync(host, 'utf8')))
    return Object.values(hostInterfaces)[0]?.prefix.split('/')[0]
  }
  const own = devices.find(({ name }) => name === src)
  const [first] = own?.interfaces.flatMap(({ prefixes }) => prefixes) ?? []
  return first?.family === 4 ? ipv4Text(first.address) : prefix(src) === undefined ? undefined : src
}

type Judged = Verdict | 'answer_blocked'

function judge(probe: Probe): Judged {
  const devices = devicesOf(probe.lab)
  const source = prefix(addressOf(probe, devices) ?? 'none')
  const target = prefix(probe.dst)
  const service = serviceFrom(
    probe.proto === 'icmp'
      ? 'icmp/echo-request'
      : probe.port === null
        ? probe.proto
        : `${probe.proto}/${probe.port}`,
  )
  if (devices.length === 0 || source === undefined || target === undefined || service === undefined)
    return 'indeterminate'
  const answer = answerTo({
    devices,
    from: { addresses: source },
    to: { addresses: ANY_ADDRESS },
    sentTo: target,
    family: 4,
    services: [service],
  })
  return answer.verdict === 'open' && answer.witness?.answers === 'blocked'
    ? 'answer_blocked'
    : answer.verdict
}

/** A probe of a cloud, by the name and the text of its recording: the list has lost the address it was sent to. */
type CloudProbe = {
  readonly lab: string
  readonly src: string
  readonly dst: string
  readonly service: string
  readonly delivered: boolean
}

function cloudProbes(lab: string): readonly CloudProbe[] {
  const folder = join(REFERENCE, 'labs', lab, 'show')
  return [...filesUnder(folder)].flatMap((path): readonly CloudProbe[] => {
    const [name = '', src = ''] = path.split('/').toReversed()
    const [, kind, dst = '', port] = /^(ping|nmap)_([\d.]+)_-(?:p_(\d+)|c_1)/.exec(name) ?? []
    if (kind === undefined) return []
    const text = readFileSync(path, 'utf8')
    const isPing = kind === 'ping'
    const came = isPing ? /[1-9]\d* (?:packets )?received/ : /\/tcp\s+(?:open|closed)/
    const service = isPing ? 'icmp/echo-request' : `tcp/${port}`
    return [{ lab, src, dst, service, delivered: came.test(text) }]
  })
}

const CLOUD_LABS = HAS_REFERENCE
  ? readdirSync(join(REFERENCE, 'labs')).filter((lab) => lab.startsWith('aws_'))
  : []

describe.skipIf(!HAS_REFERENCE)('recorded probes of a cloud', () => {
  const judged = CLOUD_LABS.flatMap((lab) => {
    const folder = join(REFERENCE, 'labs', lab, 'aws_configs')
    const devices = networkOf(
      [...filesUnder(folder)].map((source) => ({ config: read(readFileSync(source)), source })),
    )
    return cloudProbes(lab).map((probe) => ({ ...probe, judged: cloudVerdict(probe, devices) }))
  })
  const counted = (delivered: boolean) =>
    Object.fromEntries(
      [
        ...Map.groupBy(
          judged.filter((one) => one.delivered === delivered),
          (one) => one.judged,
        ),
      ]
        .map(([verdict, all]) => [verdict, all.length] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    )

  test('as many as the list has, and those of another kind besides', () => {
    expect(judged.filter(({ service }) => service.startsWith('icmp'))).toHaveLength(464)
    expect(judged).toHaveLength(898)
  })

  test('every one is decided; what was delivered is never called blocked, nor its answer', () => {
    expect(counted(true)).toEqual({ conditional: 23, open: 380 })
  })

  test('what was not delivered is called open only where its answer may be lost: 8 behind translations', () => {
    expect(counted(false)).toEqual({
      answer_blocked: 11,
      answer_unknown: 8,
      blocked: 465,
      conditional: 11,
    })
  })
})

function cloudVerdict({ src, dst, service, delivered }: CloudProbe, devices: readonly Device[]) {
  const [source, target, wanted] = [prefix(src), prefix(dst), serviceFrom(service)]
  if (source === undefined || target === undefined || wanted === undefined) throw new Error(service)
  const { verdict, witness } = answerTo({
    devices,
    from: { addresses: source },
    to: { addresses: ANY_ADDRESS },
    sentTo: target,
    family: 4,
    services: [wanted],
  })
  if (verdict !== 'open' || witness?.answers === 'pass') return verdict
  if (witness?.answers === 'blocked') return 'answer_blocked'
  return delivered ? verdict : 'answer_unknown'
}

describe.skipIf(!HAS_REFERENCE)('recorded probes', () => {
  const probes = HAS_REFERENCE
    ? ProbesSchema.parse(referenceJson('oracles/observed_connectivity.json'))
    : []
  const judged = probes.map((probe) => ({ ...probe, judged: judge(probe) }))
  const onDevices = judged.filter(({ lab }) => !lab.startsWith('aws_'))

  test('what was delivered is never called blocked', () => {
    const wrong = judged.filter(
      (one) => one.delivered && (one.judged === 'blocked' || one.judged === 'answer_blocked'),
    )
    expect(judged).toHaveLength(494)
    expect(wrong).toEqual([])
  })

  test('what was not delivered on a device that is read is never called open', () => {
    const wrong = onDevices.filter((one) => !one.delivered && one.judged === 'open')
    expect(wrong).toEqual([])
  })

  test('of the thirty on devices, four behind a load balancer and two on Cumulus are indeterminate', () => {
    const unknown = onDevices.filter((one) => one.judged === 'indeterminate')
    expect(onDevices).toHaveLength(30)
    expect(new Set(unknown.map(({ lab }) => lab))).toEqual(
      new Set(['a10_static_route', 'cumulusfrr_ospf_unnumbered']),
    )
  })

  test('application rules that let the first packets through are conditional', () => {
    const own = onDevices.filter(
      ({ lab, src, dst }) =>
        lab === 'panos_fw_policy_app_override' && src === 'inside' && dst === '192.168.123.6',
    )
    expect(own.length).toBeGreaterThan(4)
    expect(new Set(own.map((one) => one.judged))).toEqual(new Set(['conditional']))
  })
})

describe.skipIf(!HAS_REFERENCE)('a plant that is insecure on purpose', () => {
  const zones = `zones:
  - { id: office, kind: it, prefixes: [192.168.1.0/24] }
  - { id: line-a, kind: ot, prefixes: [192.168.2.0/24] }
  - { id: line-b, kind: ot, prefixes: [192.168.3.0/24] }
  - { id: quality, kind: ot, prefixes: [192.168.4.0/24] }
  - { id: maintenance, kind: vendor, prefixes: [192.168.5.0/24] }
  - { id: internet, kind: internet }
`
  const plan = readZones(zones)
  if (!plan.ok) throw new Error('the zones are wrong')
  const path = join(REFERENCE, 'ot/manufacturing_insecure.xml')
  const found = HAS_REFERENCE
    ? segment(plan.plan, {
        devices: [deviceOf(read(readFileSync(path)), path)],
        before: null,
        services: readOtServices(join(import.meta.dirname, '../../../content/ot-services.yml')),
        today: '2026-01-01',
      })
    : undefined

  test.each([
    ['office', 'line-a', 'open', 69],
    ['office', 'line-b', 'open', 69],
    ['line-b', 'office', 'open', 100],
    ['line-b', 'internet', 'open', 100],
    ['internet', 'line-a', 'open', 161],
    ['maintenance', 'line-a', 'open', 130],
    ['quality', 'office', 'blocked', undefined],
    ['internet', 'office', 'blocked', undefined],
    ['internet', 'quality', 'blocked', undefined],
  ])('%s → %s is %s by line %s', (from, to, verdict, line) => {
    const pair = found?.pairs.find((one) => one.from === from && one.to === to)
    expect(pair?.all.verdict).toBe(verdict)
    expect(pair?.all.witness?.hops[0]?.rules[0]?.first).toBe(line)
  })

  test('is told as what it is: Modbus from the Internet, critical', () => {
    const worst = found?.findings.filter(({ severity }) => severity === 'critical')
    expect(worst?.map(({ from, to }) => `${from} ${to}`)).toContain('internet line-a')
    expect(worst?.find(({ from }) => from === 'internet')?.about).toContain('modbus')
  })
})
