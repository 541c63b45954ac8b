// Lists of tools that intruders use as they are.

import type { ToolsProblem } from '../../core/index.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

const problems: { readonly [P in ToolsProblem]: (met: string) => string } = {
  not_readable: (met: string) =>
    `it cannot be read: ${met}. Expected: the files as the makers of the list publish them.`,
  nothing: (met: string) =>
    `nothing in it is an entry of ${met}. Expected: the files as the makers of that list publish them.`,
  too_many: (met: string) => `it holds more than ${met} entries. Nothing was loaded.`,
  too_large: (met: string) => `it is larger than ${met}. Nothing was loaded.`,
}

/** Why a list is not taken; the name itself where a page lists what there is. */
export function toolsProblem(problem: ToolsProblem, met: string): string {
  return Object.hasOwn(problems, problem) ? problems[problem](met) : problem
}

export const tools = {
  lists: {
    lolbas: 'LOLBAS: programs of Windows that can be abused',
    gtfobins: 'GTFOBins: programs of Unix that can be abused',
    lolrmm: 'LOLRMM: remote-management tools',
    loldrivers: 'LOLDrivers: vulnerable and malicious drivers',
  },
  none: 'No list is loaded. Fetch one from its makers, then load it with “vigie enrich tools load LIST PATH”.',
  list: (name: string, dated: string, count: number, values: number) =>
    `${name}, ${dated}: ${n(count, 'tool', 'tools')}, known by ${n(values, 'name, domain or hash', 'names, domains and hashes')}`,
  terms: (licence: string, source: string, who: string) =>
    `  ${licence} · ${source} · loaded by ${who}`,
  passedOver: (count: number) => `  ${n(count, 'entry', 'entries')} of it could not be used`,
  noneAllowed:
    'No remote-management tool is allowed yet: each is told the first time it is seen here. Name those you use with “vigie enrich tools allow NAME --because WHY”.',
  allowed: (tool: string, who: string, date: string, because: string) =>
    `Allowed: ${tool} (${who}, ${date}: ${because})`,
}
