// Wires a station that lives for one command: files in, findings and a report out.

import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { findingLines, gatherScanReport, reportHtml, reportSarif } from '../cases/index.ts'
import type { ScanReport } from '../cases/index.ts'
import { describeProblem, readFileInto, walkPaths } from '../collect/index.ts'
import { VigieError } from '../core/index.ts'
import type { Clock, Settings } from '../core/index.ts'
import { searchAlerts } from '../detect/index.ts'
import { describeError, wordsOf } from '../words/index.ts'
import { openCore } from './core.ts'
import type { Core } from './core.ts'
import { importFiles } from './detection/indicators.ts'
import { VERSION } from './version.ts'

export type ScanOptions = {
  readonly paths: readonly string[]
  /** Files of indicators to look for beside the rules. */
  readonly indicators?: readonly string[]
  readonly settings: Settings
  readonly clock: Clock
  /** Folder the report is written to. */
  readonly out: string
  /** Folder the store is kept in; absent = thrown away. */
  readonly keep?: string
  readonly sarif: boolean
  readonly onProgress: (progress: ScanProgress) => void
  /** What the scan waits for or does without, told when it is met: it may be met until somebody acts. */
  readonly onTrouble: (cause: unknown) => void
  readonly signal: AbortSignal
}

export type ScanProgress = {
  readonly bytesRead: number
  readonly bytesTotal: number
  readonly eventsStored: number
}

export type ScanOutcome = {
  readonly report: ScanReport
  readonly written: readonly string[]
  readonly seconds: number
}

/** Reads every path, judges every event, writes the report. Throws NOTHING_TO_READ when a path leads to nothing. */
export async function scanPaths(options: ScanOptions): Promise<ScanOutcome> {
  const startMs = options.clock.nowMs()
  const files = await listFiles(options.paths, options.settings.language)
  const data = options.keep ?? mkdtempSync(join(tmpdir(), 'vigie-scan-'))
  const progress = { bytesRead: 0, bytesTotal: files.bytes, eventsStored: 0 }
  try {
    const core = await openCore({
      settings: { ...options.settings, data: resolve(data) },
      clock: options.clock,
      durable: false,
      onTrouble: (cause) => noteOnce(cause, files.problems, options),
      onStored: ({ lines }) => {
        progress.eventsStored += lines
        options.onProgress(progress)
      },
    })
    try {
      await readIndicators(core, options, files.problems)
      await readAll(core, options, { files, progress })
      await settledOrStopped(core, options.signal)
      if (!options.signal.aborted) await core.correlations.settle('all')
      const report = await makeReport(core, options, files)
      const written = await writeReport(core, report, options)
      return { report, written, seconds: (options.clock.nowMs() - startMs) / 1000 }
    } finally {
      await core.close()
    }
  } finally {
    if (options.keep === undefined) rmSync(data, { recursive: true, force: true })
  }
}

async function readIndicators(
  core: Core,
  { indicators = [], settings }: ScanOptions,
  problems: Files['problems'],
): Promise<void> {
  const say = wordsOf(settings.language).indicators
  for (const { file, refused, problems: refusals } of await importFiles(core, indicators)) {
    const [first] = refusals
    if (refused === 0 || first === undefined) continue
    const { line, value, reason } = first
    const sentence = `${say.refusedCount(refused)}${say.atLine(line, value, reason[settings.language])}`
    problems.push({ file, sentence })
  }
}

/** What is asked to stop does not wait for storing that may never come about. */
async function settledOrStopped({ wayIn }: Core, signal: AbortSignal): Promise<void> {
  const stopped = new Promise<void>((isStopped) => {
    signal.addEventListener('abort', () => isStopped(), { once: true })
    if (signal.aborted) isStopped()
  })
  await Promise.race([wayIn.settled(), stopped])
}

type Files = {
  readonly found: readonly { readonly path: string; readonly size: number }[]
  readonly bytes: number
  readonly problems: { file: string; sentence: string }[]
}

async function listFiles(paths: readonly string[], language: Settings['language']): Promise<Files> {
  const found: { path: string; size: number }[] = []
  const problems: { file: string; sentence: string }[] = []
  for await (const file of walkPaths(paths)) {
    if (file.kind === 'file') found.push({ path: file.path, size: file.size })
    else
      problems.push({ file: file.problem.file, sentence: describeProblem(file.problem, language) })
  }
  if (found.length === 0 && problems.length === 0)
    throw new VigieError('NOTHING_TO_READ', { path: paths.join(', ') })
  return { found, problems, bytes: found.reduce((sum, { size }) => sum + size, 0) }
}

/**
 * The disk or the engine refuses for a moment, or a file of content cannot be used: the scan goes on when it can, and
 * the report says so.
 */
function noteOnce(
  cause: unknown,
  problems: Files['problems'],
  { settings, onTrouble }: ScanOptions,
): void {
  if (cause === null) return
  const sentence = describeError(cause, settings.language)
  if (problems.some((known) => known.sentence === sentence)) return
  problems.push({ file: '', sentence })
  onTrouble(cause)
}

type Reading = {
  readonly files: Files
  readonly progress: { bytesRead: number; bytesTotal: number; eventsStored: number }
}

async function readAll(
  core: Core,
  options: ScanOptions,
  { files, progress }: Reading,
): Promise<void> {
  const base = commonFolder(files.found.map(({ path }) => path))
  let before = 0
  for (const { path, size } of files.found) {
    if (options.signal.aborted) return
    const { problems } = await readFileInto({
      path,
      name: `file/${relative(base, path)}`,
      kind: 'file',
      intake: core.wayIn.intake,
      signal: options.signal,
      onProgress: ({ bytesRead }) => {
        progress.bytesRead = before + bytesRead
        options.onProgress(progress)
      },
    })
    before += size
    progress.bytesRead = before
    options.onProgress(progress)
    for (const problem of problems) {
      files.problems.push({
        file: problem.file,
        sentence: describeProblem(problem, options.settings.language),
      })
    }
  }
}

/** The folder all files are under, so that names in the report are short. */
export function commonFolder(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => dirname(path).split(sep))
  const differs = first.findIndex((part, at) => others.some((other) => other[at] !== part))
  return (differs === -1 ? first : first.slice(0, differs)).join(sep) || sep
}

async function makeReport(core: Core, { clock }: ScanOptions, files: Files): Promise<ScanReport> {
  const { alerts } = await searchAlerts(core.store.records, { limit: 1000 })
  return gatherScanReport({
    ask: core.store.events.ask,
    alerts,
    problems: files.problems,
    bytes: files.bytes,
    madeMs: clock.nowMs(),
    version: VERSION,
  })
}

async function writeReport(
  core: Core,
  report: ScanReport,
  options: ScanOptions,
): Promise<readonly string[]> {
  const { out, settings, sarif } = options
  mkdirSync(out, { recursive: true })
  const html = join(out, 'report.html')
  writeFileSync(html, reportHtml(report, settings.language))
  const findings = join(out, 'findings.ndjson')
  writeFileSync(findings, '')
  for await (const lines of findingLines(core.store.events.ask)) appendFileSync(findings, lines)
  if (!sarif) return [html, findings]
  const sarifFile = join(out, 'findings.sarif')
  writeFileSync(sarifFile, reportSarif(report, settings.language))
  return [html, findings, sarifFile]
}
