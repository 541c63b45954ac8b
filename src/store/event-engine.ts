// The event engine behind one small interface: embedded ClickHouse or a server by URL. Same SQL, same answers.

import type { Sql } from './sql.ts'

/** Engine settings of one statement, by ClickHouse's names. */
export type EngineSettings = Readonly<Record<string, string | number>>

export type QueryOptions = {
  readonly settings?: EngineSettings
  /** When it fires, a question put to `ask` is stopped in the engine too, and fails with the signal's reason. */
  readonly signal?: AbortSignal
}

export type QueryCost = {
  readonly rowsRead: number
  readonly bytesRead: number
  readonly engineMs: number
}

export type QueryAnswer<Row> = {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly Row[]
  readonly cost: QueryCost
}

/** One lane: statements given to it may run one after another. */
export type EngineLane = {
  /** Runs a SELECT. 64-bit integers come as text, invalid UTF-8 as U+FFFD. */
  readonly query: <Row = Record<string, unknown>>(
    statement: Sql,
    options?: QueryOptions,
  ) => Promise<QueryAnswer<Row>>
  /** Runs a statement that gives no rows. */
  readonly command: (statement: Sql, options?: QueryOptions) => Promise<void>
  /** Loads a RowBinary file into `target` (`table (columns)`), through `select` over the structure given. */
  readonly load: (request: LoadRequest) => Promise<void>
}

export type LoadRequest = {
  readonly file: string
  /** Column names and types in the file, as ClickHouse writes a structure. */
  readonly structure: string
  /** `INSERT INTO t (a, b) SELECT … FROM ` — the table expression follows. */
  readonly insert: Sql
  /** What follows the table expression, such as a WHERE. */
  readonly where: Sql
  readonly settings?: EngineSettings
}

export type EventEngine = {
  readonly kind: 'embedded' | 'server'
  /** Cluster that holds the tables, where there is one. */
  readonly cluster: string | undefined
  /** Lanes for intake, apart from questions so that neither starves the other. */
  readonly intake: readonly EngineLane[]
  /** Runs a question on whichever lane is free. */
  readonly ask: EngineLane
  /** Runs a definition (CREATE, ALTER, DROP PARTITION) on every node. `text` is made with the clause that names the cluster, or ''. */
  readonly define: (text: (onCluster: string) => string) => Promise<void>
  /** Waits for what runs, then closes. */
  readonly close: () => Promise<void>
}
