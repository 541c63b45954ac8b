// What a scan found, as one record: the HTML, the SARIF and the terminal show the same.

import type { Alert } from '../../model/index.ts'

/** One file as it was read. */
export type ScanInput = {
  readonly file: string
  readonly events: number
  /** Events by parser; '' = not recognised. */
  readonly parsers: Readonly<Record<string, number>>
}

export type ScanReport = {
  readonly madeMs: number
  readonly version: string
  readonly events: number
  readonly bytes: number
  readonly inputs: readonly ScanInput[]
  readonly problems: readonly { readonly file: string; readonly sentence: string }[]
  readonly span: { readonly from: string; readonly to: string } | null
  readonly alerts: readonly (Alert & { readonly evidence: string })[]
  readonly entities: readonly {
    readonly kind: Alert['entityKind']
    readonly entity: string
    readonly alerts: number
    readonly worst: Alert['severity']
  }[]
  readonly hours: readonly { readonly hour: string; readonly findings: number }[]
}
