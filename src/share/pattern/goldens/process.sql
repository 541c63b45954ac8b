SELECT max(started) AS started, ended, batch, line FROM (
SELECT toUnixTimestamp64Milli(time) AS started, toUnixTimestamp64Milli(time) AS ended, toString(batch) AS batch, line FROM events WHERE true AND ((((proc_cmd != '' AND match(proc_cmd, {p19:String})) AND NOT (replaceRegexpOne(toString(parent_path), '^.*[\\\\/]', '') != '')) AND (proc_path != '' OR proc_cmd != '')) OR ((parent_cmd != '' AND match(parent_cmd, {p38:String})) AND (parent_path != '' OR parent_cmd != '')))
) GROUP BY ended, batch, line ORDER BY ended, batch, line LIMIT {p47:Int64}

-- {"p19":"(?s)wmic.+/node","p38":"(?s)wmic.+/node","p47":100}
