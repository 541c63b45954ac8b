// Wires the audit of a station: what is taken in is kept in its records, and what changed rings like any other alert.

import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAudit } from '../../audit/index.ts'
import type { Audit } from '../../audit/index.ts'
import { dataFolders } from '../../core/index.ts'
import type { Clock, Settings } from '../../core/index.ts'
import { raiseAlerts } from '../../detect/index.ts'
import type { Records } from '../../store/index.ts'
import { auditTools } from './audit-tools.ts'
import type { AuditTools } from './audit-tools.ts'

export type StationAuditParts = {
  readonly records: Records
  readonly settings: Pick<Settings, 'data'>
  readonly clock: Clock
  /** Told after alerts were raised, so that consoles show them. */
  readonly onRaised: () => void
  /** Of the station, where others read with them too. */
  readonly tools?: () => AuditTools
}

/** Content is read when the first configuration comes, once: many stations never see one. */
export function stationTools({ data }: Pick<Settings, 'data'>): () => AuditTools {
  let made: AuditTools | undefined
  return () => (made ??= auditTools(auditKey(dataFolders(data).keys)))
}

export function openStationAudit({
  records,
  settings,
  clock,
  onRaised,
  tools = stationTools(settings),
}: StationAuditParts): Audit {
  return openAudit({
    records,
    clock,
    get tools() {
      return tools()
    },
    raise: async (transaction, { findings, rules }, nowMs) => {
      if (findings.length === 0) return
      await raiseAlerts(transaction, findings, { rules, nowMs })
      onRaised()
    },
  })
}

const KEY_BYTES = 32

/**
 * The key of the station's fingerprints, made once. Who has it can try values against a fingerprint; who loses it can no
 * longer compare with what was stored before.
 */
export function auditKey(folder: string): Uint8Array {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'audit-key')
  if (!existsSync(file)) writeFileSync(file, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' })
  return readFileSync(file)
}
