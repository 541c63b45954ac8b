// What a station would do about a change: the checks, and its bell.

import { join } from 'node:path'
import {
  auditDevice,
  fingerprintWith,
  readChecks,
  readConfig,
  readDialects,
  readSecretRules,
} from '../../src/audit/index.ts'
import { alertsOf } from '../../src/audit/records/alerts.ts'
import type { Pair } from './make-change.ts'

const CONTENT = join(import.meta.dirname, '../../content')
const checks = readChecks(join(CONTENT, 'checks'))
const tools = {
  dialects: readDialects(join(CONTENT, 'dialects')),
  door: {
    rules: readSecretRules(join(CONTENT, 'secrets.yml')),
    fingerprint: fingerprintWith(Buffer.alloc(32, 1)),
  },
}

export type Judged = {
  /** Names of the rules that rang: none, no alert. As `take` of a station decides it where no record expects the change. */
  readonly alerts: readonly string[]
  /** Numbers of the catalogue that the change findings answer. */
  readonly covers: ReadonlySet<string>
}

/** The text is recognised as it would be when it comes, without being told its make. */
export function judge({ before, after }: Pair, dialect: string): Judged {
  const [was, now] = [read(before), read(after)]
  if (was.dialect.name !== dialect) throw new Error(`${dialect} is read as ${was.dialect.name}`)
  const audit = auditDevice({ source: 'x', now, before: was }, checks)
  const { findings } = alertsOf(audit, { device: 'x', version: 'v', nowMs: 0 })
  const met = new Set(audit.findings.flatMap(({ kind, check }) => (kind === 'change' ? check : [])))
  const covers = checks.filter(({ id }) => met.has(id)).flatMap((check) => check.covers)
  return { alerts: findings.map(({ rule }) => rule), covers: new Set(covers) }
}

function read(text: string) {
  const found = readConfig(Buffer.from(text), tools)
  if (!found.ok) throw new Error(JSON.stringify(found.problem))
  return found.config
}
