// Words of SQL that are never a name unless quoted, and clauses that a hunt does not offer.

const RESERVED = new Set(
  `ALL AND ANTI ANY ARRAY AS ASC ASOF BETWEEN BY CASE COLLATE CROSS DESC DISTINCT DIV ELSE END EXCEPT EXISTS FETCH FILTER FINAL
FORMAT FROM FULL GLOBAL GROUP GROUPING HAVING ILIKE IN INNER INTERPOLATE INTERSECT INTERVAL INTO IS JOIN LATERAL LEFT LIKE LIMIT MOD NOT
NULL NULLS OFFSET ON OR ORDER OUTER OUTFILE OVER PARALLEL PARTITION PASTE PREWHERE QUALIFY RANGE RECURSIVE REGEXP RIGHT ROWS SAMPLE SELECT
SEMI SETTINGS THEN TOP TOTALS UNION USING WHEN WHERE WINDOW WITH XOR`.split(/\s+/u),
)

/** Clauses people may try, named in the refusal. */
const NOT_OFFERED = new Set([
  'COLLATE',
  'FETCH',
  'FINAL',
  'FORMAT',
  'INTERPOLATE',
  'INTO',
  'LATERAL',
  'PARALLEL',
  'PASTE',
  'RECURSIVE',
  'SAMPLE',
  'SETTINGS',
  'TOP',
  'TOTALS',
])

export function isReserved(word: string): boolean {
  return RESERVED.has(word.toUpperCase())
}

export function isNotOffered(word: string): boolean {
  return NOT_OFFERED.has(word.toUpperCase())
}
