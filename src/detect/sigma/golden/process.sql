-- Encoded command from an office program
lowerUTF8(toString(parser)) = 'windows' AND lowerUTF8(toString(log_name)) = 'microsoft-windows-sysmon/operational' AND lowerUTF8(toString(event_code)) = '1'
  AND ((parent_path ILIKE '%\\\\winword.exe' OR parent_path ILIKE '%\\\\excel.exe') AND (match(proc_cmd, '(?is)\\x20[\\-/–—―]enc') AND match(proc_cmd, '(?-s:[A-Za-z0-9+/]{40,}={0,2})')) AND NOT ((fields['User'] ILIKE 'SVC\\_%' OR (NOT mapContains(fields, 'IntegrityLevel')))))
OR lowerUTF8(toString(parser)) = 'windows' AND lowerUTF8(toString(log_name)) = 'security' AND lowerUTF8(toString(event_code)) = '4688'
  AND ((parent_path ILIKE '%\\\\winword.exe' OR parent_path ILIKE '%\\\\excel.exe') AND (match(proc_cmd, '(?is)\\x20[\\-/–—―]enc') AND match(proc_cmd, '(?-s:[A-Za-z0-9+/]{40,}={0,2})')) AND NOT ((fields['SubjectUserName'] ILIKE 'SVC\\_%' OR (NOT mapContains(fields, 'MandatoryLabel')))))
