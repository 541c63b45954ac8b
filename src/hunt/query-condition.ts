// A query's tree as a condition of the engine. Values are bound; column names come from the model alone.

import { isIP } from 'node:net'
import { EVENT_COLUMNS } from '../model/index.ts'
import type { EventColumn } from '../model/index.ts'
import { join, sql, trusted } from '../store/index.ts'
import type { Sql } from '../store/index.ts'
import { columnCondition, existsCondition } from './column-condition.ts'
import { NETWORK_FIELDS, networkCondition, networkExists } from './network-condition.ts'
import { observableCondition, observes } from './observable-condition.ts'
import type { HuntResult } from './problem.ts'
import { reading } from './problem.ts'
import type { FieldNode, QueryNode } from './query-language.ts'
import type { QueryText } from './query-tokens.ts'
import { vendorCondition } from './vendor-condition.ts'

const COLUMNS: ReadonlyMap<string, EventColumn> = new Map(
  EVENT_COLUMNS.map((column) => [column.name, column]),
)

/** The condition of an empty query. */
export const EVERYTHING = '1'

/** `field:value` on every field at once: an indicator wherever a parser saw it. */
export const ANYWHERE = 'any'

/** A SQL condition over `events`, or what in the query does not fit its field, with its place. */
export function queryCondition(node: QueryNode, query: string): HuntResult<Sql> {
  return reading(() => condition(node, query))
}

function condition(node: QueryNode, query: string): Sql {
  switch (node.kind) {
    case 'all':
      return trusted(EVERYTHING)
    case 'and':
    case 'or': {
      const parts = node.nodes.map((part) => condition(part, query))
      return sql`(${join(parts, node.kind === 'and' ? ' AND ' : ' OR ')})`
    }
    case 'not':
      return sql`NOT ${condition(node.node, query)}`
    case 'words':
      return wordsCondition(node.value)
    case 'exists': {
      const column = COLUMNS.get(node.field)
      const network = NETWORK_FIELDS.get(node.field)
      if (network !== undefined) return networkExists(network)
      if (node.field === ANYWHERE) return trusted('notEmpty(observables)')
      return column === undefined ? sql`(fields[${node.field}] != '')` : existsCondition(column)
    }
    case 'field':
      break
  }
  return fieldCondition(node, query)
}

function fieldCondition(node: FieldNode, query: string): Sql {
  if (node.field === ANYWHERE) return observableCondition(node, query)
  const network = NETWORK_FIELDS.get(node.field)
  if (network !== undefined) return networkCondition(network, node, query)
  const column = COLUMNS.get(node.field)
  return column === undefined ? vendorCondition(node, query) : columnCondition(column, node, query)
}

/** Hashes by length (MD5, SHA-1, SHA-256, SHA-512) and mail addresses; addresses are told by `isIP`. */
const INDICATOR =
  /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128}|[^\s@]+@[^\s@]+\.[^\s@]+)$/iu

/**
 * A bare address, hash or mail address is looked up among the observables of each row, which an index answers at once.
 * Anything else, and anything in quotes, is searched in the text of every line.
 */
function wordsCondition({ text, like, isQuoted }: QueryText): Sql {
  if (like !== undefined) return sql`raw ILIKE ${`%${like}%`}`
  return isQuoted || (isIP(text) === 0 && !INDICATOR.test(text))
    ? rawContains(text)
    : observes(text)
}

/** Case-insensitive; the folding of bytes is several times faster and the same for plain letters. */
export function rawContains(text: string): Sql {
  return /^\p{ASCII}*$/u.test(text)
    ? sql`positionCaseInsensitive(raw, ${text}) > 0`
    : sql`positionCaseInsensitiveUTF8(raw, ${text}) > 0`
}
