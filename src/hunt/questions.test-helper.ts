// For tests: SELECTs that a hunt answers, by what each shows.

export const QUESTIONS: readonly (readonly [string, string])[] = [
  ['a count', 'SELECT count() FROM events'],
  ['any case', "select COUNT(*) as N from events where Lower(action) = 'deny'"],
  ['columns and an order', 'SELECT time, src_ip, user_name FROM events ORDER BY time DESC LIMIT 3'],
  [
    'a group with HAVING',
    'SELECT src_ip, count() AS n, uniq(user_name) u FROM events GROUP BY src_ip HAVING n > 2 ORDER BY n DESC',
  ],
  [
    'a combinator',
    "SELECT countIf(action = 'Deny') AS d, uniqIf(src_ip, dst_port = 443) FROM events",
  ],
  ['a parameter', 'SELECT quantile(0.9)(src_port), quantiles(0.5, 0.9)(src_port) FROM events'],
  [
    'a named subquery',
    'WITH loud AS (SELECT user_name, count() AS n FROM events GROUP BY user_name) SELECT loud.user_name, n FROM loud WHERE n > 1',
  ],
  [
    'a named subquery twice',
    'WITH a AS (SELECT src_ip FROM events LIMIT 5) SELECT count() FROM a AS x, a AS y',
  ],
  [
    'a named subquery in IN',
    'WITH a AS (SELECT src_ip FROM events LIMIT 5) SELECT count() FROM events WHERE src_ip IN a',
  ],
  [
    'a value with a name',
    "WITH 'Deny' AS wanted, (SELECT max(time) FROM events) AS newest SELECT count() FROM events WHERE action = wanted AND time <= newest",
  ],
  [
    'a join',
    'SELECT e.user_name, f.rule FROM events AS e LEFT JOIN findings f ON e.batch = f.batch AND e.line = f.line LIMIT 2',
  ],
  [
    'a join with USING',
    'SELECT count() FROM events INNER JOIN (SELECT DISTINCT src_ip FROM events) AS s USING (src_ip)',
  ],
  ['UNION ALL', 'SELECT action FROM events UNION ALL SELECT rule FROM findings'],
  [
    'ARRAY JOIN',
    'SELECT o, count() FROM events ARRAY JOIN observables AS o GROUP BY o ORDER BY 2 DESC LIMIT 3',
  ],
  ['a lambda', "SELECT arrayFilter(x -> x LIKE '192.%', observables) FROM events LIMIT 1"],
  [
    'a lambda of two',
    'SELECT arrayMap((x, y) -> concat(x, y), observables, observables) FROM events LIMIT 1',
  ],
  [
    'a window',
    'SELECT time, row_number() OVER (PARTITION BY user_name ORDER BY time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS r FROM events LIMIT 1',
  ],
  ['a named window', 'SELECT count() OVER w FROM events WINDOW w AS (PARTITION BY action) LIMIT 1'],
  ['vendor fields', "SELECT fields['cfgpath'] AS p, count() FROM events GROUP BY p"],
  [
    'CASE',
    "SELECT CASE WHEN action = 'Deny' THEN 1 ELSE 0 END AS d, CASE src_port WHEN 1024 THEN 'a' END FROM events LIMIT 1",
  ],
  [
    'CAST',
    "SELECT CAST(src_port AS String), CAST(src_port, 'Nullable(Float64)'), src_port::UInt32 FROM events LIMIT 1",
  ],
  [
    'INTERVAL',
    "SELECT count() FROM events WHERE time > toDateTime('2026-11-20 00:00:00') + INTERVAL 2 HOURS",
  ],
  [
    'IN with values',
    "SELECT count() FROM events WHERE action IN ('Deny', 'accept') AND src_port NOT IN [1, 2]",
  ],
  [
    'IN with a subquery',
    'SELECT count() FROM events WHERE user_name IN (SELECT user_name FROM events WHERE src_port = 1024)',
  ],
  [
    'BETWEEN and IS NULL',
    'SELECT count() FROM events WHERE src_port BETWEEN 1024 AND 2000 AND action IS NOT NULL',
  ],
  ['all but some columns', 'SELECT * EXCEPT (raw, observables) FROM events LIMIT 1'],
  ['columns of one table', 'SELECT e.* FROM events AS e LIMIT 1'],
  ['comments', '-- all of it\nSELECT /* how many */ count() FROM events -- end'],
  ['quoted names', 'SELECT `src_port`, "user_name" AS `à qui` FROM `events` LIMIT 1'],
  ['a part of a tuple', "SELECT (1, 'a').2, tuple(src_port, action).1 AS t FROM events LIMIT 1"],
  [
    'an array element',
    "SELECT observables[1], splitByChar('.', toString(src_ip))[-1] FROM events LIMIT 1",
  ],
  ['DISTINCT and LIMIT BY', 'SELECT DISTINCT action FROM events ORDER BY action LIMIT 1 BY action'],
  ['a scalar subquery', 'SELECT (SELECT count() FROM events) + 1'],
  ['EXISTS', 'SELECT count() FROM events WHERE EXISTS (SELECT 1 FROM findings)'],
  [
    'subqueries in subqueries',
    'SELECT n FROM (SELECT count() AS n FROM (SELECT * FROM events) AS a) AS b',
  ],
  [
    'strange strings',
    String.raw`SELECT count() FROM events WHERE raw LIKE '%\'; DROP TABLE events; --%' OR match(raw, '\d+\.\d') OR raw = 'it''s'`,
  ],
  [
    'functions of time',
    'SELECT toStartOfHour(time) AS h, count() FROM events GROUP BY h ORDER BY h ASC NULLS LAST LIMIT 5',
  ],
]
