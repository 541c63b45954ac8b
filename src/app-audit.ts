// Wires an audit that lives for one command: configurations in, findings and a report out. Nothing is kept but the report.

import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { CONTENT } from './app-content.ts'
import { VERSION } from './app-version.ts'
import {
  auditDevice,
  fingerprintWith,
  readChecks,
  readConfig,
  readDialects,
  readSecretRules,
} from './audit/index.ts'
import type { Check, ReadConfig, ReadWith, TreeProblem } from './audit/index.ts'
import { auditHtml, auditLines } from './cases/index.ts'
import { describeProblem, walkPaths } from './collect/index.ts'
import { VigieError } from './core/index.ts'
import type { Clock } from './core/index.ts'
import type { AuditReport, DeviceAudit } from './model/index.ts'
import { sizeText, wordsOf } from './words/index.ts'
import type { Language } from './words/index.ts'

export type AuditOptions = {
  readonly paths: readonly string[]
  /** A file, or a folder whose files have the same names: the versions before. */
  readonly before?: string
  readonly language: Language
  readonly clock: Clock
  /** Folder the report is written to. */
  readonly out: string
}

export type AuditOutcome = {
  readonly report: AuditReport
  readonly written: readonly string[]
  readonly seconds: number
}

/** What every audit reads with: the content that comes with Vigie and a key for fingerprints. */
export function auditTools(key: Uint8Array): ReadWith & { readonly checks: readonly Check[] } {
  return {
    dialects: readDialects(CONTENT.dialects),
    checks: readChecks(CONTENT.checks),
    door: { rules: readSecretRules(CONTENT.secrets), fingerprint: fingerprintWith(key) },
  }
}

/** Reads every path and writes the report. Throws NOTHING_TO_READ when a path leads to nothing. */
export async function auditPaths(options: AuditOptions): Promise<AuditOutcome> {
  const startMs = options.clock.nowMs()
  if (options.before !== undefined && !existsSync(options.before))
    throw new VigieError('NOTHING_TO_READ', { path: options.before })
  // Fingerprints of one run compare with one another, and with nothing else.
  const tools = auditTools(randomBytes(32))
  const devices: DeviceAudit[] = []
  const problems: { file: string; sentence: string }[] = []
  for await (const file of walkPaths(options.paths)) {
    if (file.kind === 'skipped') {
      problems.push({
        file: file.problem.file,
        sentence: describeProblem(file.problem, options.language),
      })
      continue
    }
    const found = auditFile(file.path, tools, options)
    if (found.ok) devices.push(found.device)
    problems.push(...found.problems)
  }
  const report = { madeMs: options.clock.nowMs(), version: VERSION, devices, problems }
  return {
    report,
    written: write(report, options),
    seconds: (options.clock.nowMs() - startMs) / 1000,
  }
}

type FileAudit = {
  readonly problems: readonly { file: string; sentence: string }[]
} & ({ readonly ok: true; readonly device: DeviceAudit } | { readonly ok: false })

function auditFile(
  path: string,
  tools: ReturnType<typeof auditTools>,
  options: AuditOptions,
): FileAudit {
  const name = shortName(path, options)
  const now = readConfig(readFileSync(path), tools)
  if (!now.ok)
    return {
      ok: false,
      problems: [{ file: name, sentence: problemText(now.problem, options.language) }],
    }
  const before = earlier(path, tools, { ...options, knownAs: now.config.dialect.name })
  return {
    ok: true,
    device: auditDevice({ source: name, now: now.config, before: before.config }, tools.checks),
    problems: before.problems,
  }
}

type Earlier = {
  readonly config?: ReadConfig
  readonly problems: readonly { file: string; sentence: string }[]
}

function earlier(
  path: string,
  tools: ReadWith,
  options: AuditOptions & { readonly knownAs: string },
): Earlier {
  const { before, language, knownAs } = options
  if (before === undefined) return { problems: [] }
  const file = statSync(before).isDirectory() ? join(before, shortName(path, options)) : before
  if (!existsSync(file))
    return {
      problems: [
        { file: path, sentence: wordsOf(language).audit.problems.notFile(basename(path)) },
      ],
    }
  const read = readConfig(readFileSync(file), { ...tools, knownAs })
  if (read.ok) return { config: read.config, problems: [] }
  return { problems: [{ file, sentence: problemText(read.problem, language) }] }
}

/** Below the folder that was named; a file that was named is called by its name. */
function shortName(path: string, { paths }: AuditOptions): string {
  const folders = paths
    .map((given) => resolve(given))
    .filter((given) => path.startsWith(`${given}/`))
  const [folder] = folders.toSorted((a, b) => b.length - a.length)
  return folder === undefined ? basename(path) : relative(folder, path)
}

/** Why a configuration was not read, in words. */
export function problemText({ kind, line, limit }: TreeProblem, language: Language): string {
  const say = wordsOf(language).audit.problems
  const shown = limit.toLocaleString(`${language}-CA`)
  if (kind === 'too_large') return say.too_large(sizeText(language, limit))
  if (kind === 'line_too_long') return say.line_too_long(line, shown)
  if (kind === 'too_deep') return say.too_deep(line, shown)
  if (kind === 'too_many_nodes') return say.too_many_nodes(shown)
  return kind === 'binary' ? say.binary(line) : say.empty
}

function write(report: AuditReport, { out, language }: AuditOptions): readonly string[] {
  mkdirSync(out, { recursive: true })
  const html = join(out, 'audit.html')
  writeFileSync(html, auditHtml(report, language))
  const findings = join(out, 'findings.ndjson')
  writeFileSync(findings, auditLines(report))
  return [html, findings]
}
