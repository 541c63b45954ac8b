// A column as people read it: absent values are '', times are ISO 8601 in UTC.

import { columnText } from '../model/index.ts'
import type { EventColumn } from '../model/index.ts'

/** SQL over the column's own name. */
export function columnShown(column: EventColumn): string {
  if (!column.type.startsWith('DateTime')) return columnText(column)
  return `concat(replaceOne(toString(${column.name}), ' ', 'T'), 'Z')`
}
