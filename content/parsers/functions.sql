-- Functions that parsers share. Each is a macro of the engine: its body takes the place of the call.
-- Names begin with v_. Statements end with a semicolon at the end of a line.

-- A line without its syslog headers: priority, RFC 5424 or RFC 3164 header, any number of them (relays add their own).
-- A word after the time is the host unless it ends in a colon, holds `=` or `[`, which a program or a first field does.
CREATE OR REPLACE FUNCTION v_body AS (line) ->
  replaceRegexpOne(line, '^(?:(?:<\\d{1,3}>)?(?:1 (?:\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(?:Z|[+-]\\d\\d:\\d\\d)|-) [^ ]+ [^ ]+ [^ ]+ [^ ]+ (?:-|(?:\\[(?:[^\\]"]|"(?:[^"\\\\]|\\\\.)*")*\\])+) ?|(?:\\d+: )?(?:[*.]?[A-Z][a-z]{2} {1,2}\\d{1,2} (?:\\d{4} )?\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(?:Z|[+-]\\d\\d:\\d\\d)):? +(?:[A-Za-z0-9_.:-]*[A-Za-z0-9_.-] +)?))*(?:<\\d{1,3}>)?', '');

-- Syslog priority (RFC 5424 section 6.2.1) of a line, or NULL.
CREATE OR REPLACE FUNCTION v_priority AS (line) -> toUInt8OrNull(extract(line, '^<(\\d{1,3})>'));

-- OCSF severity from a syslog priority: 0-1 fatal, 2 critical, 3 high, 4 medium, 5 low, 6-7 informational.
CREATE OR REPLACE FUNCTION v_severity AS (priority) ->
  if(isNull(priority), 0, [6, 6, 5, 4, 3, 2, 1, 1][1 + (assumeNotNull(priority) % 8)]);

-- A time without a year: the year that brings it nearest to when the line was received.
CREATE OR REPLACE FUNCTION v_time_yearless AS (text, received, zone) ->
  arraySort(x -> abs(dateDiff('second', assumeNotNull(x), received)),
    arrayFilter(x -> isNotNull(x),
      arrayMap(y -> parseDateTime64BestEffortOrNull(concat(toString(y), ' ', text), 3, zone),
        [toYear(received) - 1, toYear(received), toYear(received) + 1])))[1];

-- An epoch in seconds, milliseconds, microseconds or nanoseconds, told by its length.
CREATE OR REPLACE FUNCTION v_time_epoch AS (digits) ->
  if(match(digits, '^\\d{10,19}$'),
    fromUnixTimestamp64Milli(toInt64(multiIf(
      length(digits) >= 19, intDiv(toInt64(digits), 1000000),
      length(digits) >= 16, intDiv(toInt64(digits), 1000),
      length(digits) >= 13, toInt64(digits),
      toInt64(digits) * 1000)), 'UTC'),
    NULL);

-- The address in `192.0.2.1`, `192.0.2.1:443`, `[2001:db8::1]:443` or `2001:db8::1`; '' where there is none.
CREATE OR REPLACE FUNCTION v_address AS (text) ->
  if(isIPv4String(text) OR isIPv6String(text), text,
    if(isIPv4String(extract(text, '^([0-9.]+):\\d+$')), extract(text, '^([0-9.]+):\\d+$'),
      if(isIPv6String(extract(text, '^\\[([0-9A-Fa-f:.]+)\\](?::\\d+)?$')), extract(text, '^\\[([0-9A-Fa-f:.]+)\\](?::\\d+)?$'), '')));

-- A value that products write for "nothing" becomes ''.
CREATE OR REPLACE FUNCTION v_value AS (text) -> if(text IN ('N/A', 'n/a', '-', 'none', '(null)', 'null', '(empty)'), '', text);

-- IP protocol number from its number or name; 0 where unknown.
CREATE OR REPLACE FUNCTION v_proto AS (text) ->
  ifNull(toUInt8OrNull(text), transform(lower(text),
    ['icmp', 'tcp', 'udp', 'gre', 'esp', 'ah', 'icmp6', 'ipv6-icmp', 'icmpv6', 'ospf', 'sctp', 'igmp'],
    [1, 6, 17, 47, 50, 51, 58, 58, 58, 89, 132, 2], 0));

-- Comma-separated values with doubled quotes, as an array; quotes are taken off.
CREATE OR REPLACE FUNCTION v_csv AS (text) ->
  splitByChar('\x01', arrayStringConcat(arrayMap((p, i) -> if(i % 2 = 1, replaceAll(p, ',', '\x01'), p),
    splitByChar('"', replaceAll(text, '\x01', ' ')), arrayEnumerate(splitByChar('"', replaceAll(text, '\x01', ' '))))));

-- The extension of a CEF line as a map; `\=`, `\n` and `\\` in values are left for the reader of the key.
CREATE OR REPLACE FUNCTION v_cef AS (extension) ->
  extractKeyValuePairs(
    replaceRegexpAll(replaceRegexpAll(extension, '[\x01\x02\x03]', ' '), '(?:^| +)([A-Za-z0-9_.\\[\\]-]+)=', '\x01\\1\x02'),
    '\x02', '\x01', '\x03');

-- JSON text of a line: from its first brace, past a syslog header or `@cee:`.
CREATE OR REPLACE FUNCTION v_json_text AS (line) -> substring(line, greatest(position(line, '{'), 1));

-- Text without its strings and without brackets that are closed: what is left open, in order.
CREATE OR REPLACE FUNCTION v_json_open AS (text) ->
  replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(
    replaceRegexpAll(replaceRegexpAll(text, '"(?:[^"\\\\]|\\\\.)*"', ''), '[^\\[\\]{}]+', ''),
    '\\[\\]|\\{\\}', ''), '\\[\\]|\\{\\}', ''), '\\[\\]|\\{\\}', ''), '\\[\\]|\\{\\}', ''), '\\[\\]|\\{\\}', ''), '\\[\\]|\\{\\}', ''), '\\[\\]|\\{\\}', ''), '\\[\\]|\\{\\}', '');

-- JSON that was cut: up to its last whole member, with what is open closed.
CREATE OR REPLACE FUNCTION v_json_close AS (text) ->
  arrayMap(whole -> concat(whole, translate(reverse(v_json_open(whole)), '[{', ']}')),
    [extract(text, '(?s)^((?:"(?:[^"\\\\]|\\\\.)*"|[^"])*)[,]')])[1];

-- JSON that strict readers refuse for one value: bytes that are no UTF-8, control characters, halves of surrogate
-- pairs, numbers that no machine type holds (they become text).
CREATE OR REPLACE FUNCTION v_json_mend AS (text) ->
  replaceRegexpAll(
    replaceRegexpAll(replaceRegexpAll(toValidUTF8(text), '[\\x00-\\x1f]', ' '), '\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}', '\xef\xbf\xbd'),
    '([:\\[,] *)(-?\\d{19,}(?:\\.\\d*)?(?:[eE][+-]?\\d+)?|-?\\d[\\d.]*[eE][+]?\\d{3,})( *[,}\\]])', '\\1"\\2"\\3');

-- JSON of a line that every reader takes, or as much of it as came.
CREATE OR REPLACE FUNCTION v_json AS (line) ->
  if(isValidJSON(v_json_text(line)), v_json_text(line),
    arrayMap(text -> if(isValidJSON(text), text, v_json_close(text)), [v_json_mend(v_json_text(line))])[1]);

-- Text of a JSON value: a string without quotes and escapes, anything else as it is written.
CREATE OR REPLACE FUNCTION v_json_value AS (value) ->
  multiIf(NOT startsWith(value, '"'), value,
    position(value, '\\') = 0, substring(value, 2, length(value) - 2),
    JSONExtractString(value));

-- Members of objects take the place of the object, their names joined with a dot.
CREATE OR REPLACE FUNCTION v_json_unfold AS (pairs) ->
  arrayFlatten(arrayMap(p -> if(startsWith(p.2, '{') AND p.2 != '{}',
    arrayMap(q -> (concat(p.1, '.', q.1), q.2), JSONExtractKeysAndValuesRaw(p.2)), [p]), pairs));

-- Every value of a JSON object by its dotted name; arrays and objects deeper than six stay JSON, null is no value.
CREATE OR REPLACE FUNCTION v_json_pairs AS (json) ->
  arrayMap(p -> (p.1, v_json_value(p.2)), arrayFilter(p -> p.2 != 'null',
    v_json_unfold(v_json_unfold(v_json_unfold(v_json_unfold(v_json_unfold(JSONExtractKeysAndValuesRaw(json))))))));
