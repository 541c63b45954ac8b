// What the SQL box holds at first: a query that runs as it is and shows the shape of one.

export const FIRST_SQL = `SELECT src_ip, count() AS events, max(time) AS last
FROM events
GROUP BY src_ip
ORDER BY events DESC
LIMIT 100`
