// Findings as rows: what each rule met, kept beside the events for hunts and for an alert's evidence.

import type { Finding } from '../model/index.ts'
import { insertOnce, sql } from '../store/index.ts'
import type { EngineLane } from '../store/index.ts'

const SHAPE =
  'Array(Tuple(time Int64, rule String, title String, severity String, entity_kind String, entity String, batch String, line UInt32, reasons String))'

/** Stores the findings of a batch once: judging it again after a crash adds what is missing. */
export async function insertFindings(
  lane: EngineLane,
  findings: readonly Finding[],
  {
    batch,
    nowMs,
    again,
  }: { readonly batch: string; readonly nowMs: number; readonly again: boolean },
): Promise<void> {
  if (findings.length === 0) return
  const rows = JSON.stringify(findings.map(toRow))
  await insertOnce(lane, {
    insert: sql`INSERT INTO findings (judged, time, rule, title, severity, entity_kind, entity, batch, line, reasons)
SELECT fromUnixTimestamp64Milli(${nowMs}, 'UTC'), fromUnixTimestamp64Milli(f.time, 'UTC'), f.rule, f.title, f.severity,
  f.entity_kind, f.entity, f.batch, f.line, f.reasons`,
    from: sql`FROM (SELECT arrayJoin(JSONExtract(${rows}, ${SHAPE})) AS f)`,
    token: `${batch}:findings`,
    missing: sql`(f.line, f.rule) NOT IN (SELECT line, rule FROM findings WHERE batch = ${batch})`,
    again,
    settings: { max_threads: 1 },
  })
}

function toRow(finding: Finding): Record<string, unknown> {
  return {
    time: Date.parse(finding.time),
    rule: finding.rule,
    title: finding.title,
    severity: finding.severity,
    entity_kind: finding.entityKind,
    entity: finding.entity,
    batch: finding.batch,
    line: finding.line,
    reasons: JSON.stringify(finding.reasons),
  }
}
