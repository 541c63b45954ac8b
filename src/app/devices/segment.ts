// Wires `vigie segment`: configurations and a zones file in, verdicts with their proof out. Nothing is kept.

import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import {
  ANY_ADDRESS,
  answerTo,
  deadIn,
  differencesIn,
  networkOf,
  prefix,
  proposalText,
  proposeZones,
  readConfig,
  readOtServices,
  readZones,
  searchIn,
  segment,
  serviceFrom,
  shownAnswer,
  shownDevice,
  someOf,
} from '../../audit/index.ts'
import type { Addresses, Device, NamedConfig, Segmented } from '../../audit/index.ts'
import { describeProblem, walkPaths } from '../../collect/index.ts'
import { VigieError } from '../../core/index.ts'
import type { Clock, Settings } from '../../core/index.ts'
import type {
  SegmentReport,
  ShownAnswer,
  ShownDeadRule,
  ShownDifference,
  ShownFound,
  ShownSegmentFinding,
} from '../../model/index.ts'
import { wordsOf, zonesProblems } from '../../words/index.ts'
import { CONTENT } from '../content.ts'
import { VERSION } from '../version.ts'
import { auditTools, problemText } from './audit-tools.ts'

export type SegmentOptions = {
  readonly paths: readonly string[]
  readonly settings: Pick<Settings, 'language'>
}

type Problem = SegmentReport['problems'][number]
export type ReadDevices = {
  readonly devices: readonly Device[]
  readonly problems: readonly Problem[]
}

/** Every path as a device. Throws NOTHING_TO_READ when a path leads to nothing. */
export async function readNetwork({ paths, settings }: SegmentOptions): Promise<ReadDevices> {
  const tools = auditTools(randomBytes(32))
  const configs: NamedConfig[] = []
  const problems: Problem[] = []
  const say = wordsOf(settings.language).segment
  for await (const file of walkPaths(paths)) {
    if (file.kind === 'skipped') {
      problems.push({
        file: file.problem.file,
        sentence: describeProblem(file.problem, settings.language),
      })
      continue
    }
    const read = readConfig(readFileSync(file.path), tools)
    if (!read.ok) {
      problems.push({ file: file.path, sentence: problemText(read.problem, settings.language) })
      continue
    }
    configs.push({ config: read.config, source: file.path })
  }
  const devices = networkOf(configs)
  for (const { limits, interfaces, source } of devices) {
    const title = configs.find((one) => one.source === source)?.config.dialect.title
    if (limits.includes('not_a_filter_we_read') && interfaces.length === 0)
      problems.push({ file: source, sentence: say.notRead(title ?? '') })
  }
  return { devices, problems }
}

export type CheckOptions = SegmentOptions & {
  readonly zones: string
  /** The configurations before: a file or a folder. */
  readonly before?: string
  readonly clock: Clock
}

export async function checkZones(options: CheckOptions): Promise<SegmentReport> {
  const plan = planFrom(options.zones)
  const { devices, problems } = await readNetwork(options)
  const earlier =
    options.before === undefined
      ? null
      : await readNetwork({ paths: [options.before], settings: options.settings })
  const nowMs = options.clock.nowMs()
  const found = segment(plan, {
    devices,
    before: earlier?.devices ?? null,
    services: readOtServices(CONTENT.otServices),
    today: new Date(nowMs).toISOString().slice(0, 10),
  })
  return {
    madeMs: nowMs,
    version: VERSION,
    devices: devices.map(shownDevice),
    pairs: found.pairs,
    findings: sentences(found, options.settings.language),
    missing: found.missing,
    problems: [...problems, ...(earlier?.problems ?? [])],
  }
}

function planFrom(path: string) {
  if (!existsSync(path) || !statSync(path).isFile())
    throw new VigieError('NOTHING_TO_READ', { path })
  const read = readZones(readFileSync(path, 'utf8'))
  if (read.ok) return read.plan
  throw new VigieError('ZONES_REFUSED', { file: path, ...zonesProblems(read.problems) })
}

function sentences(
  { findings }: Segmented,
  language: Settings['language'],
): readonly ShownSegmentFinding[] {
  const say = wordsOf(language).segment
  return findings.map((finding) => {
    const { from, to, verdict, about } = finding
    return {
      ...finding,
      sentence: say.findings[finding.kind]({
        from,
        to,
        isSure: verdict === 'open',
        about: someOf(about),
      }),
    }
  })
}

export async function proposeFrom(
  options: SegmentOptions,
): Promise<{ readonly text: string; readonly problems: readonly Problem[] }> {
  const { devices, problems } = await readNetwork(options)
  const say = wordsOf(options.settings.language).segment
  return { text: proposalText(proposeZones(devices), say.proposal), problems }
}

export type FlowOptions = SegmentOptions & {
  readonly from: string
  readonly to: string
  readonly service?: string
}

/** What becomes of packets from one address or prefix to another, through all that was given. */
export async function traceFlow(
  options: FlowOptions,
): Promise<{ readonly answer: ShownAnswer; readonly problems: readonly Problem[] }> {
  const from = addressesFrom(options.from)
  const to = addressesFrom(options.to)
  const service = serviceOf(options.service)
  const { devices, problems } = await readNetwork(options)
  const answer = answerTo({
    devices,
    from: { addresses: from },
    to: { addresses: ANY_ADDRESS },
    sentTo: to,
    family: from.v6.length > 0 ? 6 : 4,
    services: [service],
    named: readOtServices(CONTENT.otServices).map(({ id, services }) => ({ name: id, services })),
  })
  return { answer: shownAnswer(answer), problems }
}

function addressesFrom(text: string): Addresses {
  const found = text === 'any' ? ANY_ADDRESS : prefix(text)
  if (found === undefined)
    throw new VigieError('BAD_REQUEST', { met: text, expected: '10.1.0.0/16, 2001:db8::1, any' })
  return found
}

function serviceOf(text = 'any') {
  const found = serviceFrom(text)
  if (found === undefined)
    throw new VigieError('BAD_REQUEST', { met: text, expected: 'tcp/502, udp/161-162, icmp, any' })
  return found
}

export async function deadLines(
  options: SegmentOptions,
): Promise<{ readonly dead: readonly ShownDeadRule[]; readonly problems: readonly Problem[] }> {
  const { devices, problems } = await readNetwork(options)
  return { dead: devices.flatMap(deadIn), problems }
}

export type SearchOptions = FlowOptions & {
  readonly list: string
  readonly action: 'permit' | 'deny'
}

export async function searchList(
  options: SearchOptions,
): Promise<{ readonly found: readonly ShownFound[]; readonly problems: readonly Problem[] }> {
  const search = {
    list: options.list,
    from: addressesFrom(options.from),
    to: addressesFrom(options.to),
    services: [serviceOf(options.service)],
    decision: options.action,
  }
  const { devices, problems } = await readNetwork(options)
  return { found: devices.flatMap((device) => searchIn(device, search)), problems }
}

/** Lists of one device in two versions. */
export async function compareLists(
  before: string,
  now: string,
  settings: SegmentOptions['settings'],
): Promise<{
  readonly differences: readonly ShownDifference[]
  readonly problems: readonly Problem[]
}> {
  const old = await readNetwork({ paths: [before], settings })
  const own = await readNetwork({ paths: [now], settings })
  const differences = own.devices.flatMap((device) => {
    const earlier =
      old.devices.find(({ name }) => name === device.name) ??
      (old.devices.length === 1 ? old.devices[0] : undefined)
    return earlier === undefined ? [] : differencesIn(earlier, device)
  })
  return { differences, problems: [...old.problems, ...own.problems] }
}
