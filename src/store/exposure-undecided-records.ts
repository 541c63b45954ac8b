// Records of what waits to be decided: one row for each product of an asset, with a list of vulnerabilities that many share.

import type { ColumnType } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>
type MaybeInstant = ColumnType<Date | null, Date | string | null, Date | string | null>

const PAIR_COLUMNS =
  'asset, vulnerability, state, product, version, sources, confidence, reason, severity, detected, last_seen, due, work_by, mitigate_by, triage, action, basis, fixed, proof, reopened'

export const EXPOSURE_UNDECIDED_STATEMENTS: readonly string[] = [
  `CREATE TABLE exposure_undecided (
    asset text NOT NULL, product text NOT NULL, version text NOT NULL, list text NOT NULL, last_seen timestamptz NOT NULL,
    PRIMARY KEY (asset, product, version))`,
  `CREATE INDEX exposure_undecided_list ON exposure_undecided (list)`,
  // A list is named by what it holds, and never changes.
  `CREATE TABLE exposure_undecided_lists (
    list text NOT NULL, vulnerability text NOT NULL, confidence integer NOT NULL, reason text NOT NULL,
    severity text NOT NULL, basis text NOT NULL, detected timestamptz NOT NULL, due timestamptz, work_by timestamptz,
    mitigate_by timestamptz, PRIMARY KEY (list, vulnerability))`,
  `CREATE INDEX exposure_undecided_lists_vulnerability ON exposure_undecided_lists (vulnerability)`,
  // What waited as a row of its own, and has no history, moves here.
  `INSERT INTO exposure_undecided_lists
    SELECT md5(concat_ws(chr(10), asset, product, version)), vulnerability, confidence, reason, severity, basis, detected, due, work_by, mitigate_by
    FROM exposures WHERE state = 'unsure' AND reopened = 0`,
  `INSERT INTO exposure_undecided
    SELECT asset, product, version, md5(concat_ws(chr(10), asset, product, version)), max(last_seen)
    FROM exposures WHERE state = 'unsure' AND reopened = 0 GROUP BY asset, product, version`,
  `DELETE FROM exposures WHERE state = 'unsure' AND reopened = 0`,
  // Both kinds as pairs. What may not be there has no clocks of triage.
  `CREATE VIEW exposure_pairs AS
    SELECT ${PAIR_COLUMNS} FROM exposures
    UNION ALL
    SELECT u.asset, l.vulnerability, 'unsure', u.product, u.version, '["catalogue"]'::jsonb, l.confidence, l.reason, l.severity,
      l.detected, u.last_seen, l.due, l.work_by, l.mitigate_by, NULL::jsonb, 'decide', l.basis, NULL::timestamptz, '', 0
    FROM exposure_undecided u JOIN exposure_undecided_lists l ON l.list = u.list`,
]

export type ExposureUndecidedTables = {
  exposure_undecided: {
    asset: string
    product: string
    version: string
    list: string
    last_seen: Instant
  }
  exposure_undecided_lists: {
    list: string
    vulnerability: string
    confidence: number
    reason: string
    severity: string
    basis: string
    detected: Instant
    due: MaybeInstant
    work_by: MaybeInstant
    mitigate_by: MaybeInstant
  }
  /** A view: exposures, and what waits, pair by pair. */
  exposure_pairs: {
    asset: string
    vulnerability: string
    state: string
    product: string
    version: string
    reason: string
  }
}
