// What is said of indicators.

import type { IndicatorKind } from '../../model/index.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

const KINDS: Readonly<Record<IndicatorKind, string>> = {
  address: 'address',
  prefix: 'network',
  domain: 'name',
  url: 'web address',
  hash: 'file hash',
  email: 'e-mail address',
  fingerprint: 'TLS fingerprint',
  certificate: 'certificate',
  file_name: 'file name',
  user_agent: 'client software',
  registry_key: 'registry key',
}

export const indicators = {
  kind: (kind: IndicatorKind): string => KINDS[kind],
  /** Title of a finding: what was met and who says it is one. */
  title: (kind: IndicatorKind, value: string, lists: readonly string[]): string =>
    `The ${KINDS[kind]} ${value} is an indicator (${lists.join(', ')})`,
  refused: {
    empty: 'There is no value.',
    too_long: 'The value is longer than 2,048 characters.',
    unknown_kind: 'It is none of the kinds that can be looked for.',
    not_of_kind: 'The value is not what its kind says.',
    too_wide: 'The network is wider than /8 (IPv6: /16).',
    pattern: 'Only comparisons of one property with a value, joined by OR, can be looked for.',
    not_json: 'The entry is not JSON.',
    entry_too_large: 'The entry is larger than 1 MiB (a line: 64 KiB).',
    too_deep: 'The file is nested deeper than 64 levels; what follows is not read.',
    cut_off: 'The file ends in the middle; what stands before is used.',
    not_for_detection: 'Its author says that it is not for detection (to_ids).',
    withdrawn: 'Its author withdrew it.',
  },
  empty: 'no file or value',
  badList:
    'a name of up to 100 letters, digits, spaces and ._:@+- that begins with a letter or digit',
  imported: (list: string, kept: number, read: number) =>
    `${list}: ${n(kept, 'indicator', 'indicators')} kept of ${n(read, 'entry', 'entries')}.`,
  warned: (count: number) =>
    `${n(count, 'value stands', 'values stand')} on a warning list (private, well known or very common) and will not match.`,
  refusedCount: (count: number) => `${n(count, 'entry', 'entries')} could not be used:`,
  atLine: (line: number, value: string, reason: string) =>
    `  line ${line}: ${value === '' ? '' : `${value}: `}${reason}`,
  removed: (list: string) => `${list} is removed; its indicators no longer match.`,
  searching: (searched: string, events: string) =>
    `${searched} of ${events} stored events searched`,
  searched: (events: string, findings: number, known: number, seconds: string) =>
    `Searched ${events} stored events in ${seconds} s: ${n(findings, 'new finding', 'new findings')} (${known} known before).`,
  flooded: 'A value stands in more than 20,000 events; the rest of those was left out.',
  none: 'There are no indicators. Import a list: vigie intel import FILE',
  notFound: 'No indicator has this value.',
  columns: {
    list: 'list',
    live: 'live',
    total: 'all',
    warned: 'warned',
    refused: 'refused',
    marking: 'TLP',
    updated: 'updated',
  },
  states: {
    live: 'live',
    future: 'not yet valid',
    expired: 'expired',
    revoked: 'withdrawn',
    warned: 'on a warning list',
  },
}
