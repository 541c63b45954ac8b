-- Administrator signs in from outside
lowerUTF8(toString(parser)) = 'fortigate' AND startsWith(lowerUTF8(toString(log_name)), 'event')
  AND ((fields['logdesc'] ILIKE '%Admin login successful%' AND fields['ui'] = 'GUI') AND (NOT (((IPv4StringToNumOrDefault(fields['srcip']) BETWEEN 167772160 AND 184549375) OR (isIPv6String(fields['srcip']) AND isIPAddressInRange(if(isIPv6String(fields['srcip']), fields['srcip'], '::'), 'fd00::/8')))) OR (ifNull(toFloat64OrNull(fields['duration']) > 3600, 0) AND (mapContains(fields, 'user') AND mapContains(fields, 'cfgobj') AND lowerUTF8(fields['user']) = lowerUTF8(fields['cfgobj'])) AND mapContains(fields, 'method'))))

-- Words in a line
lowerUTF8(toString(parser)) = 'ssh'
  AND (raw ILIKE '%Accepted%' AND raw ILIKE '%root%')
OR lowerUTF8(toString(parser)) IN ('syslog', 'journald') AND startsWith(lowerUTF8(toString(provider)), 'sshd')
  AND (raw ILIKE '%Accepted%' AND raw ILIKE '%root%')

-- Registry key made by a script host
lowerUTF8(toString(parser)) = 'windows' AND lowerUTF8(toString(log_name)) = 'microsoft-windows-sysmon/operational' AND lowerUTF8(toString(event_code)) = '12'
  AND (lowerUTF8(fields['EventType']) = 'createkey' AND (proc_path ILIKE '%\\\\wscript.exe' AND file_path ILIKE '%\\\\Run\\\\%' AND lowerUTF8(event_code) = '12'))
