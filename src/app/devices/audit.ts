// Wires `vigie audit`: configurations in, findings and a report out. Without a folder to keep them in, nothing is kept
// but the report.

import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { auditDevice, readConfig } from '../../audit/index.ts'
import type { Audit, ReadConfig, TreeProblem } from '../../audit/index.ts'
import { auditHtml, auditLines } from '../../cases/index.ts'
import { describeProblem, walkPaths } from '../../collect/index.ts'
import { VigieError } from '../../core/index.ts'
import type { Clock, Settings } from '../../core/index.ts'
import type { AuditReport, DeviceAudit } from '../../model/index.ts'
import { openStore } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import { VERSION } from '../version.ts'
import { openStationAudit } from './audit-station.ts'
import { auditTools, problemText } from './audit-tools.ts'
import type { AuditTools } from './audit-tools.ts'

export type AuditOptions = {
  readonly paths: readonly string[]
  /** A file, or a folder whose files have the same names: the versions before. */
  readonly before?: string
  /** A station's data folder: versions are kept there, compared with the newest, and alerts raised. */
  readonly keep?: string
  readonly settings: Settings
  readonly clock: Clock
  /** Folder the report is written to. */
  readonly out: string
}

export type AuditOutcome = {
  readonly report: AuditReport
  readonly written: readonly string[]
  readonly seconds: number
}

/** Reads every path and writes the report. Throws NOTHING_TO_READ when a path leads to nothing. */
export async function auditPaths(options: AuditOptions): Promise<AuditOutcome> {
  const startMs = options.clock.nowMs()
  if (options.before !== undefined && !existsSync(options.before))
    throw new VigieError('NOTHING_TO_READ', { path: options.before })
  const judge = await openJudge(options)
  const devices: DeviceAudit[] = []
  const problems: { file: string; sentence: string }[] = []
  const { language } = options.settings
  try {
    for await (const file of walkPaths(options.paths)) {
      if (file.kind === 'skipped') {
        const sentence = describeProblem(file.problem, language)
        problems.push({ file: file.problem.file, sentence })
        continue
      }
      const versions = versionsOf(file.path, options)
      if (versions.missing !== undefined)
        problems.push({ file: file.path, sentence: versions.missing })
      const found = await judge.judge(versions)
      if (found.device !== undefined) devices.push(found.device)
      for (const { path, problem } of found.problems)
        problems.push({ file: path, sentence: problemText(problem, language) })
    }
  } finally {
    await judge.close()
  }
  const report = { madeMs: options.clock.nowMs(), version: VERSION, devices, problems }
  const written = write(report, options)
  return { report, written, seconds: (options.clock.nowMs() - startMs) / 1000 }
}

type VersionFiles = {
  readonly name: string
  readonly now: string
  readonly before?: string
  /** Why there is no version before, where one was to be expected. */
  readonly missing?: string
}

function versionsOf(path: string, { before, paths, settings }: AuditOptions): VersionFiles {
  const name = shortName(path, paths)
  if (before === undefined) return { name, now: path }
  const file = statSync(before).isDirectory() ? join(before, name) : before
  if (existsSync(file)) return { name, now: path, before: file }
  const missing = wordsOf(settings.language).audit.problems.notFile(name)
  return { name, now: path, missing }
}

/** Below the folder that was named; a file that was named is called by its name. */
function shortName(path: string, paths: readonly string[]): string {
  const folders = paths
    .map((given) => resolve(given))
    .filter((given) => path.startsWith(`${given}/`))
  const [folder] = folders.toSorted((a, b) => b.length - a.length)
  return folder === undefined ? basename(path) : relative(folder, path)
}

type Judged = {
  readonly device?: DeviceAudit
  readonly problems: readonly { readonly path: string; readonly problem: TreeProblem }[]
}

type Judge = {
  readonly judge: (versions: VersionFiles) => Promise<Judged>
  readonly close: () => Promise<void>
}

async function openJudge({ keep, settings, clock }: AuditOptions): Promise<Judge> {
  if (keep === undefined) {
    // Fingerprints of one run compare with one another, and with nothing else.
    const tools = auditTools(randomBytes(32))
    return { judge: async (versions) => judgeOnce(versions, tools), close: async () => {} }
  }
  const kept = { ...settings, data: resolve(keep) }
  const store = await openStore(kept)
  const { records } = store
  const audit = openStationAudit({ records, settings: kept, clock, onRaised: () => {} })
  return { judge: (versions) => judgeKept(versions, audit), close: store.close }
}

function judgeOnce({ name, now, before }: VersionFiles, tools: AuditTools): Judged {
  const read = readConfig(readFileSync(now), tools)
  if (!read.ok) return { problems: [{ path: name, problem: read.problem }] }
  const { config } = read
  const earlier = before === undefined ? undefined : readEarlier(before, config, tools)
  const device = auditDevice({ source: name, now: config, before: earlier?.config }, tools.checks)
  return { device, problems: earlier?.problems ?? [] }
}

type Earlier = { readonly config?: ReadConfig; readonly problems: Judged['problems'] }

function readEarlier(path: string, { dialect }: ReadConfig, tools: AuditTools): Earlier {
  const read = readConfig(readFileSync(path), { ...tools, knownAs: dialect.name })
  if (read.ok) return { config: read.config, problems: [] }
  return { problems: [{ path, problem: read.problem }] }
}

/** What was before is taken in first, as if it had come at its time. */
async function judgeKept({ name, now, before }: VersionFiles, audit: Audit): Promise<Judged> {
  const problems: { path: string; problem: TreeProblem }[] = []
  if (before !== undefined) {
    const taken = await audit.take(readFileSync(before), { source: name })
    if (!taken.ok) problems.push({ path: before, problem: taken.problem })
  }
  const taken = await audit.take(readFileSync(now), { source: name })
  if (!taken.ok) return { problems: [...problems, { path: name, problem: taken.problem }] }
  return { device: taken.audit, problems }
}

function write(report: AuditReport, { out, settings }: AuditOptions): readonly string[] {
  mkdirSync(out, { recursive: true })
  const html = join(out, 'audit.html')
  writeFileSync(html, auditHtml(report, settings.language))
  const findings = join(out, 'findings.ndjson')
  writeFileSync(findings, auditLines(report))
  return [html, findings]
}
