// Engine settings that every statement of ours starts from.

import type { ClickHouseSettings } from '@clickhouse/client'

export const ENGINE_DEFAULTS: ClickHouseSettings = {
  // Tokens decide about repeats only for inserts that are not gathered by the engine.
  async_insert: 0,
  insert_deduplicate: 1,
  output_format_json_quote_64bit_integers: 1,
  output_format_json_validate_utf8: 1,
  // One crafted line with many pairs would otherwise stop its whole batch.
  extract_key_value_pairs_max_pairs_per_row: '0',
  // Generated conditions: rewriting long OR chains costs more than scanning.
  optimize_or_like_chain: 0,
  compile_expressions: 0,
  // Looks for comparisons that follow from others: half of the time it takes to plan a parser.
  optimize_and_compare_chain: 0,
  max_query_size: '33554432',
  max_ast_elements: '2000000',
  max_expanded_ast_elements: '4000000',
  // The default refuses some patterns of public rules; RE2 stays the fallback.
  reject_expensive_hyperscan_regexps: 0,
}
