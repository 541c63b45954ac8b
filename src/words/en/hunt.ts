// English of the hunt: why a question is not run, and what the fields mean.
// The meaning of each event column stands in the model, in English.

import { EVENT_COLUMNS } from '../../model/event-columns.ts'

type At = { readonly line: number; readonly column: number }
type Met = { readonly met: string }
type Named = { readonly name: string }

const columns: Readonly<Record<string, string>> = Object.fromEntries(
  EVENT_COLUMNS.map(({ name, meaning }) => [name, meaning]),
)

export const hunt = {
  columns,
  at: ({ line, column }: At) =>
    line === 1 ? ` (character ${column})` : ` (line ${line}, character ${column})`,
  problems: {
    engine_arguments: () => 'a function is given the wrong number of values.',
    engine_not_grouped: () => 'a column is neither counted nor in GROUP BY.',
    engine_other: ({ code }: { readonly code: string }) =>
      `the engine does not accept it (${code}).`,
    engine_types: () =>
      'a value does not fit what it is compared with or the function it is given to.',
    engine_unknown_name: ({ name }: Named) =>
      `no column or name “${name}” is known. See the list of fields.`,
    empty_query: () => 'give either a query or a SELECT.',
    list_separator: ({ met }: Met) =>
      `“${met}” follows a value in a list. Put OR or a comma between the values.`,
    missing_term: ({ after }: { readonly after: string }) =>
      `nothing follows “${after}”. Add a condition or remove it.`,
    missing_value: ({ field }: { readonly field: string }) =>
      `“${field}:” has no value. Write ${field}:value, or ${field}:* for any value.`,
    not_a_number: ({ field, met }: { readonly field: string; readonly met: string }) =>
      `${field} holds whole numbers, and “${met}” is not one.`,
    not_a_time: ({ field, met }: { readonly field: string; readonly met: string }) =>
      `${field} holds times, and “${met}” is not one. Write it as 2026-11-23 or 2026-11-23T14:05:00Z.`,
    not_an_address: ({ field, met }: { readonly field: string; readonly met: string }) =>
      `${field} holds addresses, and “${met}” is not one. Write 192.0.2.7, 192.0.2.0/24 or 192.0.2.*`,
    not_comparable: ({ field }: { readonly field: string }) =>
      `${field} holds text, which has no greater or smaller. Use * and ? for a part of it.`,
    range_reversed: () => 'the time range ends before it starts.',
    sql_character: ({ met }: Met) => `the character “${met}” is not used in a SELECT here.`,
    sql_function: ({ name }: Named) => `the function “${name}” is not offered in a hunt.`,
    sql_no_counts: () => 'a SELECT has no histogram and no top values. Use a query of fields.',
    sql_not_offered: ({ met }: Met) => `${met} is not offered in a hunt.`,
    sql_only_select: ({ met }: Met) => `it starts with “${met}”. A hunt is one SELECT.`,
    sql_table: ({ name }: Named) =>
      `“${name}” is no table of a hunt. The tables are events and findings.`,
    sql_table_function: ({ name }: Named) =>
      `“${name}(…)” stands where a table is expected. The tables are events and findings.`,
    sql_too_deep: () => 'it nests too deeply.',
    sql_too_large: () => 'it is too long. Shorten it.',
    sql_type: ({ name }: Named) => `the type “${name}” is not offered in a hunt.`,
    sql_unclosed: ({ met }: Met) => `${met} is opened and never closed.`,
    sql_unexpected: ({ met }: Met) => `“${met}” was not expected here.`,
    sql_unexpected_end: () => 'it ends too early.',
    stray_parenthesis: () => 'a parenthesis is closed that was not opened.',
    too_deep: () => 'its parentheses nest too deeply.',
    too_many_terms: ({ most }: { readonly most: number }) => `it has more than ${most} conditions.`,
    unclosed_parenthesis: () => 'a parenthesis is opened and never closed.',
    unclosed_quote: () => 'a quotation mark is opened and never closed.',
    unknown_field: ({ name }: Named) => `“${name}” cannot be a field name.`,
  },
  /** What the address of a column belongs to, as it is known today. */
  networkField: {
    asn: (address: string) => `Number of the network that ${address} belongs to`,
    organisation: (address: string) => `Who runs the network of ${address}`,
    kind: (address: string) =>
      `Kind of the network of ${address}: access, mobile, satellite, hosting, vpn, tor, proxy, education, government`,
    country: (address: string) => `Country the network of ${address} is registered in`,
  },
  /** Fields that are asked for but are no column of the table. */
  pseudoFields: {
    any: 'An address, name, hash or account wherever it stands in the event',
  },
}
