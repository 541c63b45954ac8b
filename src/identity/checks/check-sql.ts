// The SQL of a check, with the tables it names: only rows of the directories that can answer it.

/** Names that content uses, and the kind of rows behind each. `account` and `held` are made tables. */
const ROW_TABLES: Readonly<Record<string, string>> = {
  factor: 'factor',
  role: 'role',
  assignment: 'assignment',
  role_rule: 'role_rule',
  grp: 'group',
  member: 'member',
  policy: 'policy',
  setting: 'setting',
  app: 'app',
  consent: 'grant',
  signin: 'signin',
  sighted: 'session',
  path: 'path',
  computer: 'computer',
  partner: 'partner',
  staff: 'person',
  declared: 'statement',
}
const MADE_TABLES: Readonly<Record<string, string>> = {
  account: 'identity_accounts',
  held: 'identity_roles',
}

/** Rows that are shown of one check. */
export const MOST_SHOWN = 200

/** $1 is the time, $2 the sources. Content is trusted; nothing from outside becomes text here. */
export function checkSql(text: string): string {
  const body = text
    .trim()
    .replace(/;$/u, '')
    .replaceAll(/:now\b/gu, '$1::timestamptz')
  const made = Object.entries(MADE_TABLES)
    .filter(([name]) => mentions(body, name))
    .map(
      ([name, table]) =>
        `${name} AS NOT MATERIALIZED (SELECT * FROM ${table} WHERE source = ANY($2::text[]))`,
    )
  const rows = Object.entries(ROW_TABLES)
    .filter(([name]) => mentions(body, name))
    .map(
      ([name, kind]) =>
        `${name} AS NOT MATERIALIZED (SELECT source, id, body FROM identity_rows WHERE kind = '${kind}' AND source = ANY($2::text[]))`,
    )
  const clock = 'clock AS (SELECT $1::timestamptz AS now)'
  const sources = 'directory AS (SELECT unnest($2::text[]) AS source)'
  return `WITH ${[clock, sources, ...made, ...rows, `found AS MATERIALIZED (${body})`].join(',\n')}
SELECT (SELECT count(*) FROM found) AS total, to_jsonb(shown) AS row
FROM (SELECT * FROM found ORDER BY source, subject LIMIT ${MOST_SHOWN}) AS shown`
}

function mentions(body: string, name: string): boolean {
  return new RegExp(`(?:FROM|JOIN)\\s+${name}\\b`, 'iu').test(body)
}
