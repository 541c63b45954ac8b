// Findings as rows: what each rule met, kept beside the events for hunts and for an alert's evidence.

import type { Finding } from '../model/index.ts'
import { insertOnce, sql } from '../store/index.ts'
import type { EngineLane, Sql } from '../store/index.ts'

const SHAPE =
  'Array(Tuple(time Int64, rule String, title String, severity String, entity_kind String, entity String, batch String, line UInt32, reasons String))'

export type InsertedFindings = {
  /** The same findings carry the same token each time. */
  readonly token: string
  readonly nowMs: number
  /** An earlier try may have got anywhere. */
  readonly again: boolean
}

/** Stores findings once: a repeat after a crash adds what is missing. */
export async function insertFindings(
  lane: EngineLane,
  findings: readonly Finding[],
  { token, nowMs, again }: InsertedFindings,
): Promise<void> {
  for (const [at, piece] of piecesOf(findings).entries())
    await insertPiece(lane, piece, { token: `${token}:${at}`, nowMs, again })
}

/** Characters of the findings of one statement: the engine bounds what it reads as one. */
const PIECE_LENGTH = 4 * 1024 * 1024

type Piece = { readonly findings: readonly Finding[]; readonly rows: readonly string[] }

function piecesOf(findings: readonly Finding[]): readonly Piece[] {
  const pieces: { findings: Finding[]; rows: string[] }[] = []
  let length = 0
  for (const finding of findings) {
    const row = JSON.stringify(toRow(finding))
    length += row.length
    let piece = pieces.at(-1)
    if (piece === undefined || length > PIECE_LENGTH) {
      piece = { findings: [], rows: [] }
      pieces.push(piece)
      length = row.length
    }
    piece.findings.push(finding)
    piece.rows.push(row)
  }
  return pieces
}

async function insertPiece(
  lane: EngineLane,
  { findings, rows: texts }: Piece,
  { token, nowMs, again }: InsertedFindings,
): Promise<void> {
  const rows = `[${texts.join(',')}]`
  await insertOnce(lane, {
    insert: sql`INSERT INTO findings (judged, time, rule, title, severity, entity_kind, entity, batch, line, reasons)
SELECT fromUnixTimestamp64Milli(${nowMs}, 'UTC'), fromUnixTimestamp64Milli(f.time, 'UTC'), f.rule, f.title, f.severity,
  f.entity_kind, f.entity, f.batch, f.line, f.reasons`,
    from: sql`FROM (SELECT arrayJoin(JSONExtract(${rows}, ${SHAPE})) AS f)`,
    token,
    missing: sql`(f.batch, f.line, f.rule) NOT IN (${storedAround(findings)})`,
    again,
    settings: { max_threads: 1 },
  })
}

/** Keys of the stored findings of the same rules and times. */
function storedAround(findings: readonly Finding[]): Sql {
  const times = findings.map(({ time }) => Date.parse(time))
  const fromMs = times.reduce((a, b) => Math.min(a, b))
  const toMs = times.reduce((a, b) => Math.max(a, b))
  const rules = [...new Set(findings.map(({ rule }) => rule))]
  return sql`SELECT toString(batch), line, toString(rule) FROM findings WHERE rule IN ${rules}
  AND time BETWEEN fromUnixTimestamp64Milli(${fromMs}, 'UTC') AND fromUnixTimestamp64Milli(${toMs}, 'UTC')`
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
