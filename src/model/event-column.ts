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
  /** SQL over other columns: the column is made when asked for, not stored. */
  readonly alias?: string
  /** Its value is one of the row's observables. */
  readonly isObserved?: true
  /** How people use it: shown first, offered in filters, or kept for the record. */
  readonly use: 'lead' | 'filter' | 'record'
}

export const LC = 'LowCardinality(String)'
export const S = 'String'
export const ZSTD = 'ZSTD(1)'

export type Extra = {
  codec?: string
  sigma?: readonly string[]
  isObserved?: true
  use?: EventColumn['use']
}

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
    ...(extra.isObserved === undefined ? {} : { isObserved: extra.isObserved }),
  }
}

/** SQL that gives a column as the text a person or a Sigma value compares with; absent values are ''. */
export function columnText({ name, type }: Pick<EventColumn, 'name' | 'type'>): string {
  if (type === 'IPv6')
    return `if(${name} = toIPv6('::'), '', replaceOne(toString(${name}), '::ffff:', ''))`
  if (type === S || type === LC) return name
  if (type.startsWith('Array')) return `arrayStringConcat(${name}, '\\n')`
  if (type.startsWith('UInt')) return `if(${name} = 0, '', toString(${name}))`
  return `toString(${name})`
}

/** A column as `CREATE TABLE` takes it; tables in memory have no codecs. */
export function columnDefinition(
  { name, type, codec, alias }: Pick<EventColumn, 'name' | 'type' | 'codec' | 'alias'>,
  { codecs }: { readonly codecs: boolean },
): string {
  if (alias !== undefined) return `${name} ${type} ALIAS ${alias}`
  return codecs && codec !== undefined ? `${name} ${type} CODEC(${codec})` : `${name} ${type}`
}
