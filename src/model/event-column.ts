// One column of the wide event: one source of truth for column, engine type, OCSF 1.8.0 path, ECS name and Sigma field names.
// The table, the docs, the hunt's field list and the Sigma mapping are made from this list.

export type EventColumn = {
  readonly name: string
  /** ClickHouse type. */
  readonly type: string
  readonly codec?: string
  /** OCSF attribute path; `null` where OCSF has none. */
  readonly ocsf: string | null
  readonly ecs: string | null
  /** Sigma fields this column answers word for word, in any log source. */
  readonly sigma?: readonly string[]
  readonly meaning: string
  /** How people use it: shown first, offered in filters, or kept for the record. */
  readonly use: 'lead' | 'filter' | 'record'
}

export const LC = 'LowCardinality(String)'
export const S = 'String'
export const ZSTD = 'ZSTD(1)'

export type Extra = { codec?: string; sigma?: readonly string[]; use?: EventColumn['use'] }

export function column(
  name: string,
  type: string,
  [ocsf, ecs]: readonly [string | null, string | null],
  meaning: string,
  extra: Extra = {},
): EventColumn {
  const codec = extra.codec ?? (type === S || type === 'IPv6' ? ZSTD : undefined)
  return {
    name,
    type,
    ocsf,
    ecs,
    meaning,
    use: extra.use ?? 'filter',
    ...(codec === undefined ? {} : { codec }),
    ...(extra.sigma === undefined ? {} : { sigma: extra.sigma }),
  }
}
