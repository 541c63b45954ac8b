// Which case looks into which exposure, where the table asks for forensic triage; and whose an exception was before assets were merged.

import type { ColumnType } from 'kysely'

export const EXPOSURE_TRIAGE_STATEMENTS: readonly string[] = [
  `CREATE TABLE exposure_triage (
    asset text NOT NULL, first_asset text NOT NULL, vulnerability text NOT NULL, "case" integer NOT NULL,
    opened timestamptz NOT NULL, PRIMARY KEY (first_asset, vulnerability, "case"))`,
  `CREATE INDEX exposure_triage_asset ON exposure_triage (asset, vulnerability)`,
  `ALTER TABLE exposure_exceptions ADD COLUMN first_asset text NOT NULL DEFAULT ''`,
  `UPDATE exposure_exceptions SET first_asset = asset`,
]

export type ExposureTriageTables = {
  exposure_triage: {
    /** Who has it now; `first_asset`: before assets were merged. */
    asset: string
    first_asset: string
    vulnerability: string
    case: number
    opened: ColumnType<Date, Date | string, Date | string>
  }
}
