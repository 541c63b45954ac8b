-- Functions that parsers share. Each is a macro of the engine: its body takes the place of the call.
-- Names begin with v_. Statements end with a semicolon at the end of a line.

-- A line without its syslog headers: priority, RFC 5424 or RFC 3164 header, any number of them (relays add their own).
-- A word after the time is the host unless it ends in a colon, holds `=` or `[`, which a program or a first field does.
CREATE OR REPLACE FUNCTION v_body AS (line) ->
  replaceRegexpOne(line, '^(?:(?:<\\d{1,3}>)?(?:1 (?:\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(?:Z|[+-]\\d\\d:\\d\\d)|-) [^ ]+ [^ ]+ [^ ]+ [^ ]+ (?:-|(?:\\[(?:[^\\]"]|"(?:[^"\\\\]|\\\\.)*")*\\])+) ?|(?:\\d+: )?(?:[*.]?[A-Z][a-z]{2} {1,2}\\d{1,2} (?:\\d{4} )?\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(?:Z|[+-]\\d\\d:?\\d\\d)?):? +(?:[A-Za-z0-9_.:-]*[A-Za-z0-9_.-] +)?))*(?:<\\d{1,3}>)?', '');

-- The innermost syslog header of a line: [priority, RFC 5424 time, host, program, process id, message id, RFC 3164 time, host].
CREATE OR REPLACE FUNCTION v_head AS (line) ->
  extractGroups(substring(line, 1, 2048), '^(?:(?:<(\\d{1,3})>)?(?:1 (\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(?:Z|[+-]\\d\\d:?\\d\\d)|-) ([^ ]+) ([^ ]+) ([^ ]+) ([^ ]+) (?:-|(?:\\[(?:[^\\]"]|"(?:[^"\\\\]|\\\\.)*")*\\])+) ?|(?:\\d+: )?[*.]?([A-Z][a-z]{2} {1,2}\\d{1,2} (?:\\d{4} )?\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(?:Z|[+-]\\d\\d:?\\d\\d)?):? +(?:([A-Za-z0-9_.:-]*[A-Za-z0-9_.-]) +)?))*');

-- The time text, and the host, of a header read by v_head.
CREATE OR REPLACE FUNCTION v_head_stamp AS (head) -> if(head[2] IN ('', '-'), head[7], head[2]);
CREATE OR REPLACE FUNCTION v_head_host AS (head) -> if(head[3] IN ('', '-'), head[8], head[3]);

-- A header's time: its own zone, or the one assumed; the nearest year where it has none.
CREATE OR REPLACE FUNCTION v_stamp_time AS (stamp, received, zone) ->
  multiIf(stamp = '', NULL,
    match(stamp, '^[A-Z][a-z]{2} +\\d{1,2} \\d\\d:'), v_time_yearless(stamp, received, zone),
    parseDateTime64BestEffortOrNull(stamp, 3, zone));

-- What such a time rests on.
CREATE OR REPLACE FUNCTION v_stamp_basis AS (stamp) ->
  multiIf(match(stamp, 'T.*(?:Z|[+-]\\d\\d:?\\d\\d)$'), 'header', match(stamp, '\\d{4}'), 'assumed_zone', 'year_inferred');

-- The offset of a zone written as an abbreviation, which BestEffort does not know; '' where unknown.
CREATE OR REPLACE FUNCTION v_zone_offset AS (text) ->
  transform(text, ['UTC', 'GMT', 'Z', 'NST', 'NDT', 'AST', 'ADT', 'EST', 'EDT', 'CST', 'CDT', 'MST', 'MDT', 'PST', 'PDT', 'YST', 'AKST', 'AKDT', 'HST', 'WET', 'WEST', 'BST', 'CET', 'CEST', 'EET', 'EEST', 'MSK', 'JST'],
    ['+00:00', '+00:00', '+00:00', '-03:30', '-02:30', '-04:00', '-03:00', '-05:00', '-04:00', '-06:00', '-05:00', '-07:00', '-06:00', '-08:00', '-07:00', '-07:00', '-09:00', '-08:00', '-10:00', '+00:00', '+01:00', '+01:00', '+01:00', '+02:00', '+02:00', '+03:00', '+03:00', '+09:00'], '');

-- The words around the program in a body: [program, process id].
CREATE OR REPLACE FUNCTION v_program AS (body) ->
  extractGroups(substring(body, 1, 256), '^([A-Za-z0-9_.@/+() -]{1,48}?)(?:\\[(\\d+)\\])?(?: \\([^)]*\\))?:(?: |$)');

-- The one group that matched, of alternatives with a group each.
CREATE OR REPLACE FUNCTION v_one_of AS (text, pattern) -> arrayStringConcat(extractGroups(text, pattern));

-- A map of what is not empty.
CREATE OR REPLACE FUNCTION v_map AS (names, contents) ->
  mapFilter((k, v) -> v != '', mapFromArrays(names, contents));

-- Syslog priority (RFC 5424 section 6.2.1) of a line, or NULL.
CREATE OR REPLACE FUNCTION v_priority AS (line) -> toUInt8OrNull(extract(line, '^<(\\d{1,3})>'));

-- OCSF severity from a syslog priority: 0-1 fatal, 2 critical, 3 high, 4 medium, 5 low, 6-7 informational.
CREATE OR REPLACE FUNCTION v_severity AS (priority) ->
  if(isNull(priority), 0, [6, 6, 5, 4, 3, 2, 1, 1][1 + (assumeNotNull(priority) % 8)]);

-- A time without a year: the year that brings it nearest to when the line was received, but not more than a week after
-- it: a log read months later lies in the past.
CREATE OR REPLACE FUNCTION v_time_yearless AS (text, received, zone) ->
  arraySort(x -> abs(dateDiff('second', assumeNotNull(x), received)) + if(assumeNotNull(x) > addDays(received, 7), 1000000000, 0),
    arrayFilter(x -> isNotNull(x),
      arrayMap(y -> parseDateTime64BestEffortOrNull(concat(toString(y), ' ', text), 3, zone),
        [toYear(received) - 1, toYear(received), toYear(received) + 1])))[1];

-- An epoch in seconds, milliseconds, microseconds or nanoseconds, told by its length; NULL where there is none.
CREATE OR REPLACE FUNCTION v_time_epoch AS (digits) ->
  fromUnixTimestamp64Milli(multiIf(
    length(digits) >= 19, intDiv(toInt64OrNull(digits), 1000000),
    length(digits) >= 16, intDiv(toInt64OrNull(digits), 1000),
    length(digits) >= 13, toInt64OrNull(digits),
    length(digits) >= 10, toInt64OrNull(digits) * 1000,
    NULL), 'UTC');

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

-- The same for values that spaces divide.
CREATE OR REPLACE FUNCTION v_words AS (text) ->
  splitByChar('\x01', arrayStringConcat(arrayMap((p, i) -> if(i % 2 = 1, replaceAll(p, ' ', '\x01'), p),
    splitByChar('"', replaceAll(text, '\x01', ' ')), arrayEnumerate(splitByChar('"', replaceAll(text, '\x01', ' '))))));

-- Cells of a row of a table, whatever divides them; a doubled quote is one.
CREATE OR REPLACE FUNCTION v_cells AS (text, separator) ->
  arrayMap(c -> if(c = '\x02', '', replaceAll(c, '\x02', '"')), splitByChar('\x01', arrayStringConcat(arrayMap((p, i) -> if(i % 2 = 1, replaceAll(p, separator, '\x01'), p),
    splitByChar('"', replaceAll(replaceAll(text, '\x01', ' '), '""', '\x02')), arrayEnumerate(splitByChar('"', replaceAll(replaceAll(text, '\x01', ' '), '""', '\x02')))))));

-- The names of a table's columns, and the cells of one row, of which empty ones may be left out at the end.
CREATE OR REPLACE FUNCTION v_table_names AS (context) -> JSONExtract(extract(context, '\\[.*'), 'Array(String)');
CREATE OR REPLACE FUNCTION v_table_cells AS (context, text) -> v_cells(trimRight(text, '\r'), substring(context, 8, 1));

-- The first of some texts that says something; '' where none does.
CREATE OR REPLACE FUNCTION v_first AS (texts) -> arrayFirst(t -> t != '', texts);

-- A map under names in lower case.
CREATE OR REPLACE FUNCTION v_lower_keys AS (pairs) -> mapApply((k, v) -> (lower(k), v), pairs);

-- OCSF activity of HTTP (class 4002) from its method.
CREATE OR REPLACE FUNCTION v_http_activity AS (verb) ->
  transform(upper(verb), ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'TRACE', 'PATCH'], [1, 2, 3, 4, 5, 6, 7, 8, 9], 99);

-- OCSF severity from the word a product writes; 0 where it is none.
CREATE OR REPLACE FUNCTION v_severity_word AS (word) ->
  transform(lower(word), ['informational', 'information', 'info', 'debug', 'notice', 'low', 'minor', 'medium', 'moderate', 'warning', 'warn', 'high', 'major', 'error', 'err', 'critical', 'severe', 'alert', 'fatal', 'emergency'],
    [1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 4, 4, 3, 3, 5, 5, 5, 6, 6], 0);

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

-- JSON of a line that every reader takes, or as much of it as came. What mends works on '' where nothing is broken:
-- the engine runs both sides of a branch once another branch stands around it.
CREATE OR REPLACE FUNCTION v_json AS (line) ->
  if(isValidJSON(v_json_text(line)), v_json_text(line),
    arrayMap(text -> if(isValidJSON(text), text, v_json_close(if(isValidJSON(text), '', text))),
      [v_json_mend(if(isValidJSON(v_json_text(line)), '', v_json_text(line)))])[1]);

-- Whether JSON is written without \u for any letter of ASCII or one that becomes such a letter in lower case, and without
-- exponents: its texts and numbers are then read as they stand there.
CREATE OR REPLACE FUNCTION v_json_plain AS (line) ->
  NOT multiMatchAny(line, ['\\\\u00', '\\\\u212[aA]', '\\\\u0130', '\\\\u017[fF]', '[:,\\[]\\s*-?\\d+[.]?\\d*[eE]']);

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

-- What members are called, as products agree on it: the last word of the path, with the one before where the last alone
-- says little (`ip`, `name`), without case and signs.
CREATE OR REPLACE FUNCTION v_names AS (paths) ->
  arrayMap(w -> replaceRegexpAll(lower(if(length(w) > 1 AND match(w[-1], '(?i)^(?:ip|port|name|email|id|alternateid|address|addr|action|type|code|url|path)$'), concat(w[-2], w[-1]), w[-1])), '[^a-z0-9]', ''),
    arrayMap(k -> splitByChar('.', k), paths));

-- What stands under the first of the wanted names, best first, that is there; '' where none is.
CREATE OR REPLACE FUNCTION v_pick AS (names, contents, wanted) ->
  arrayMap(ranks -> if(arrayMin(ranks) IN (0, 9999), '', contents[indexOf(ranks, arrayMin(ranks))]),
    [arrayMap(n -> transform(n, wanted, arrayEnumerate(wanted), 9999), names)])[1];

-- Whether a text is a moment: an epoch, an ISO date with a time, or a date as mail and consoles write it.
CREATE OR REPLACE FUNCTION v_is_moment AS (text) ->
  match(text, '^(?:\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]\\d\\d?:\\d\\d|[12]\\d{9}(?:\\.\\d+)?$|[12]\\d{12}$|[12]\\d{15}$|[12]\\d{18}$|20\\d{12}(?:\\.\\d+)?$|\\d{1,2}/\\d{1,2}/\\d{4} \\d|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? [A-Z\\d]|[A-Z][a-z]{2} +\\d{1,2},? \\d{4} )');

-- Such a text as a time; NULL where it is none.
CREATE OR REPLACE FUNCTION v_moment AS (text, zone) ->
  multiIf(match(text, '^20\\d{12}(?:\\.|$)'), parseDateTime64BestEffortOrNull(text, 3, zone),
    match(text, '^\\d{10}\\.\\d+$'), addMilliseconds(v_time_epoch(substring(text, 1, 10)), toUInt32OrZero(substring(concat(substring(text, 12), '000'), 1, 3))),
    match(text, '^\\d{10,19}$'), v_time_epoch(text),
    match(text, '^\\d{1,2}/'), parseDateTime64BestEffortUSOrNull(text, 3, zone),
    parseDateTime64BestEffortOrNull(replaceRegexpOne(replaceRegexpOne(text, '(:\\d\\d),(\\d)', '\\1.\\2'), ' *\\((?:UTC|GMT)\\)$', 'Z'), 3, zone));

-- Whether such a text says its zone.
CREATE OR REPLACE FUNCTION v_moment_zoned AS (text) ->
  match(text, '(?:Z|[+-]\\d\\d:?\\d\\d|UTC\\)?|GMT\\)?)$|^[12]\\d{9}(?:\\.\\d+)?$|^[12]\\d{12}$|^[12]\\d{15}$|^[12]\\d{18}$');

-- Text of an EVTX value in JSON: repeated names make an array, attributes beside a text stand apart from it.
CREATE OR REPLACE FUNCTION v_windows_one AS (value) ->
  if(startsWith(value, '{') AND JSONHas(value, '#text'), v_json_value(JSONExtractRaw(value, '#text')), v_json_value(value));
CREATE OR REPLACE FUNCTION v_windows_value AS (value) ->
  arrayStringConcat(arrayMap(x -> v_windows_one(x), if(startsWith(value, '['), JSONExtractArrayRaw(value), [value])), '\n');

-- Members of EventData or UserData, read one by one: the way for values that are no plain text.
CREATE OR REPLACE FUNCTION v_windows_members AS (pairs) ->
  arrayMap(p -> (p.1, v_windows_value(p.2)), arrayFilter(p -> p.2 != 'null' AND NOT startsWith(p.1, '#'), pairs));

-- What an event of Winlogbeat says beside its data: `winlog` by Sigma's names, the rest by its own.
CREATE OR REPLACE FUNCTION v_windows_beat AS (json) ->
  arrayConcat(
    arrayMap(w -> arrayFilter(p -> p.2 != '', [('Provider_Name', w['provider_name']), ('Provider_Guid', w['provider_guid']), ('EventID', if(w['event_id'] = '', JSONExtract(json, 'event', 'code', 'String'), w['event_id'])),
      ('Channel', w['channel']), ('Computer', w['computer_name']), ('Version', w['version']), ('Task', w['task']), ('Opcode', w['opcode']), ('Keywords', w['keywords']), ('EventRecordID', w['record_id']),
      ('Correlation_ActivityID', w['activity_id']), ('Execution_ProcessID', JSONExtract(w['process'], 'pid', 'String')), ('Execution_ThreadID', JSONExtract(w['process'], 'thread', 'id', 'String')),
      ('Security_UserID', JSONExtract(w['user'], 'identifier', 'String'))]), [CAST(JSONExtractKeysAndValues(json, 'winlog', 'String'), 'Map(String, String)')])[1],
    arrayMap(p -> (if(p.1 = 'message', 'Message', p.1), p.2), arrayFilter(p -> p.1 != 'winlog', JSONExtractKeysAndValues(json, 'String'))));

-- One Windows event in XML on a line. The data, then the elements of System with their attributes.
CREATE OR REPLACE FUNCTION v_windows_xml AS (line) ->
  arrayMap(cut -> arrayMap(p -> (p.1, decodeXMLComponent(p.2)), arrayConcat(
    arrayMap(g -> (concat(g[1], g[2]), g[3]), extractAllGroupsVertical(substring(line, cut), '<Data\\s+Name=(?:"([^"]*)"|\'([^\']*)\')\\s*(?:/>|>([^<]*)</Data>)')),
    arrayFilter(p -> p.2 != '', [('Data', arrayStringConcat(extractAll(substring(line, cut), '<Data>([^<]*)</Data>'), '\n')), ('Message', extract(substring(line, cut), '<Message>([^<]*)</Message>'))]),
    arrayMap(g -> (g[1], g[2]), extractAllGroupsVertical(extract(substring(line, cut), '(?s)<UserData.*'), '<([A-Za-z_][A-Za-z0-9_.-]*)(?:\\s[^<>]*)?>([^<]*)</')),
    arrayFlatten(arrayMap(g -> arrayConcat(if(g[3] = '', [], [(g[1], g[3])]),
        arrayMap(a -> (concat(g[1], '_', a[1]), concat(a[2], a[3])), extractAllGroupsVertical(g[2], '([A-Za-z]+)=(?:"([^"]*)"|\'([^\']*)\')'))),
      extractAllGroupsVertical(substring(line, 1, cut + 1), '<([A-Za-z]+)((?:\\s+[A-Za-z]+=(?:"[^"]*"|\'[^\']*\'))*)\\s*(?:/>|>([^<]*)</)'))))),
    [position(line, '</System>')])[1];

-- [time, zone, host] in what Cisco devices put before `%FACILITY-…`: the last time in it, which is the device's own.
CREATE OR REPLACE FUNCTION v_cisco_head AS (head) ->
  extractGroups(head, '(?:^|.*[ >:*.])((?:\\d{4} )?[A-Z][a-z]{2} {1,2}\\d{1,2} (?:\\d{4} )?\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(?:Z|[+-]\\d\\d:?\\d\\d)?)(?: (UTC|GMT|[NAECMPYHJ][SD]T|AK[SD]T|CES?T|EES?T|WES?T|BST|MSK))?:? *([^ :]*)[^%]*$');

-- Such a time with its zone as an offset.
CREATE OR REPLACE FUNCTION v_cisco_stamp AS (parts) -> if(parts[2] = '', parts[1], concat(parts[1], ' ', v_zone_offset(parts[2])));
CREATE OR REPLACE FUNCTION v_cisco_basis AS (stamp) ->
  multiIf(match(stamp, '^[A-Z][a-z]{2} +\\d{1,2} \\d\\d:'), 'year_inferred', match(stamp, '(?:Z|[+-]\\d\\d:?\\d\\d)$'), 'event', 'assumed_zone');

-- Sigma's names beside those that shippers give otherwise: pairs, and the same as a map.
CREATE OR REPLACE FUNCTION v_windows_names AS (given, g) ->
  arrayConcat(given, arrayFilter(p -> p.2 != '', [
    ('Provider_Name', multiIf(g['Provider_Name'] != '', '', g['SourceName'] != '', g['SourceName'], g['ProviderName'] != '', g['ProviderName'], g['winlog.provider_name'] != '', g['winlog.provider_name'], g['source_name'])),
    ('EventID', multiIf(g['EventID'] != '', '', g['winlog.event_id'] != '', g['winlog.event_id'], g['event_id'])),
    ('Channel', multiIf(g['Channel'] != '', '', g['winlog.channel'] != '', g['winlog.channel'], g['log_name'])),
    ('Computer', multiIf(g['Computer'] != '', '', g['Hostname'] != '', g['Hostname'], g['ComputerName'] != '', g['ComputerName'], g['MachineName'] != '', g['MachineName'], g['winlog.computer_name'] != '', g['winlog.computer_name'], g['computer_name'])),
    ('Message', if(g['Message'] != '', '', g['message'])), ('Provider_Guid', g['ProviderGuid']),
    ('EventRecordID', multiIf(g['EventRecordID'] != '', '', g['RecordNumber'] != '', g['RecordNumber'], g['winlog.record_id'] != '', g['winlog.record_id'], g['record_number'])),
    ('Execution_ProcessID', if(g['ExecutionProcessID'] != '', g['ExecutionProcessID'], g['process_id'])), ('Execution_ThreadID', if(g['ThreadID'] != '', g['ThreadID'], g['thread_id'])),
    ('Security_UserID', g['UserID']), ('Correlation_ActivityID', g['ActivityID'])]));

-- A message whose lines were joined by spaces, with a line for each label again: indented ones, those with a tab behind them, Sysmon's.
CREATE OR REPLACE FUNCTION v_windows_unfolded AS (text, provider) ->
  if(provider = 'Microsoft-Windows-Sysmon',
    replaceRegexpAll(text, ' (RuleName|UtcTime|ProcessGuid|ProcessId|Image|FileVersion|Description|Product|Company|OriginalFileName|CommandLine|CurrentDirectory|User|LogonGuid|LogonId|TerminalSessionId|IntegrityLevel|Hashes|Parent[A-Z][A-Za-z]+|Protocol|Initiated|Source[A-Z][A-Za-z0-9]+|Destination[A-Z][A-Za-z0-9]+|Target[A-Z][A-Za-z]+|CreationUtcTime|PreviousCreationUtcTime|ImageLoaded|Signed|Signature|SignatureStatus|StartModule|StartFunction|StartAddress|NewThreadId|GrantedAccess|CallTrace|EventType|Details|Hash|Contents|PipeName|Query[A-Z][A-Za-z]+|IsExecutable|Archived): ', '\n\\1: '),
    replaceRegexpAll(replaceRegexpAll(replaceAll(text, ' \t', '\n\t'), '(:\t+[^\t\n]*?) ([A-Z][A-Za-z ]{0,40}:\t)', '\\1\n\\2'), ' ([A-Z][A-Za-z ]{2,40}:) ?\n', '\n\\1\n'));

-- Sigma's names for what Get-WinEvent gives. Labels of the message take the place of names; of two accounts the first is who acted.
CREATE OR REPLACE FUNCTION v_windows_cmdlet AS (g, json) ->
  arrayMap((text, said) -> arrayFilter(p -> p.1 != '' AND p.2 != '', arrayConcat([
      ('Provider_Name', g['ProviderName']), ('Provider_Guid', g['ProviderId']), ('EventID', g['Id']), ('Channel', g['LogName']), ('Computer', g['MachineName']), ('EventRecordID', g['RecordId']),
      ('Level', g['Level']), ('Task', g['Task']), ('Opcode', g['Opcode']), ('Keywords', g['Keywords']), ('Execution_ProcessID', g['ProcessId']), ('Execution_ThreadID', g['ThreadId']),
      ('Security_UserID', if(JSONType(json, 'UserId') = 'Object', JSONExtractString(json, 'UserId', 'Value'), g['UserId'])), ('Message', text),
      ('TimeCreated_SystemTime', if(match(g['TimeCreated'], '^/Date\\(\\d{10,15}'), concat(replaceOne(toString(fromUnixTimestamp64Milli(toInt64OrZero(extract(g['TimeCreated'], '\\d+')), 'UTC')), ' ', 'T'), 'Z'), '')),
      ('TimeCreated', if(startsWith(g['TimeCreated'], '/Date('), '', g['TimeCreated'])),
      ('SubjectUserName', if(position(text, 'Subject:') > 0, arrayFirst(l -> l[1] = 'Account Name', said)[2], '')),
      ('SubjectDomainName', if(position(text, 'Subject:') > 0, arrayFirst(l -> l[1] = 'Account Domain', said)[2], '')),
      ('MemberName', if(position(text, 'Member:') > 0, arrayLast(l -> l[1] = 'Account Name', said)[2], '')),
      ('TargetUserName', multiIf(arrayExists(l -> l[1] = 'Group Name', said), arrayFirst(l -> l[1] = 'Group Name', said)[2],
        position(text, 'Subject:') > 0 AND arrayCount(l -> l[1] = 'Account Name', said) < 2, '', arrayLast(l -> l[1] = 'Account Name', said)[2])),
      ('TargetDomainName', if(position(text, 'Subject:') > 0 AND arrayCount(l -> l[1] = 'Account Domain', said) < 2, '', arrayLast(l -> l[1] = 'Account Domain', said)[2])),
      ('ImagePath', if(g['Id'] = '7045', arrayFirst(l -> l[1] = 'Service File Name', said)[2], '')),
      ('ScriptBlockText', if(g['Id'] = '4104', extract(text, '(?s)^[^\n]*:\r?\n(.*?)\r?\n\r?\nScriptBlock ID:'), ''))],
    arrayMap(l -> (transform(l[1], ['Source Network Address', 'Client Address', 'Source Port', 'Client Port', 'Logon Type', 'Workstation Name', 'Source Workstation', 'Authentication Package', 'New Process Name', 'Process Command Line', 'Creator Process Name', 'Process Name', 'Caller Process Name', 'Service Name', 'Service File Name', 'Task Name', 'Share Name', 'Relative Target Name', 'Sub Status', 'Ticket Encryption Type', 'Failure Code', 'Logon ID'],
        ['IpAddress', 'IpAddress', 'IpPort', 'IpPort', 'LogonType', 'WorkstationName', 'WorkstationName', 'AuthenticationPackageName', 'NewProcessName', 'CommandLine', 'ParentProcessName', 'ProcessName', 'CallerProcessName', 'ServiceName', 'ServiceFileName', 'TaskName', 'ShareName', 'RelativeTargetName', 'SubStatus', 'TicketEncryptionType', 'Status', 'SubjectLogonId'], if(position(l[1], ' ') = 0, l[1], '')), l[2]), said))),
    [g['Message']], [extractAllGroupsVertical(substring(g['Message'], 1, 65536), '(?m)^\\t?([A-Za-z][A-Za-z ]{0,40}):[\\t ]+([^\\s][^\r\n]*)')])[1];

-- An address of version 6 in its shortest form, any other text in lower case.
CREATE OR REPLACE FUNCTION v_observable AS (text) ->
  if(isIPv6String(text), toString(toIPv6OrDefault(text)), lowerUTF8(text));

-- Addresses, hashes and mail addresses in a text that nobody reads as fields, at most a hundred.
CREATE OR REPLACE FUNCTION v_observables_in AS (text) ->
  arraySlice(arrayFilter(o -> isIPv4String(o) OR isIPv6String(o) OR length(o) >= 32 OR position(o, '@') > 0,
    extractAll(substring(text, 1, 65536), '[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+|\\b[0-9A-Fa-f]{32,128}\\b|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}|\\d{1,3}(?:\\.\\d{1,3}){3}')), 1, 100);
