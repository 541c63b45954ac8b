// What is wrong with a report of a scanner, an inventory or knowledge of vulnerabilities: what was met, what was expected, what to do.

import type { ExposureFileProblem } from '../../core/index.ts'

const PROBLEMS: {
  readonly [P in ExposureFileProblem]: (met: string, known: readonly string[]) => string
} = {
  unknown_scan: (met, known) =>
    `no tool that is known wrote it (${met}). Known are ${known.join(', ')}, in the forms that docs/exposure.md names.`,
  unknown_knowledge: (met) =>
    `it is none of CISA KEV, CVE records, NVD, EPSS, CSAF, OpenVEX or endoflife.date (${met}). Fetch it again from its source.`,
  empty: () => 'there is nothing in it. Export or fetch it again.',
  not_xml: (met) =>
    `the XML breaks off or is not well formed (${met}). Have the tool write the report again, and hand in the whole file.`,
  entities: (met) =>
    `it names entities that the document defines itself (${met}). No tool writes such a report, and they are never expanded: ask where this file comes from.`,
  not_json: (met) =>
    `the JSON breaks off or is not JSON (${met}). Export or fetch it again, and hand in the whole file.`,
  not_csv: (met) =>
    `it cannot be read as a list of columns (${met}). Save it as CSV again, and hand in the whole file.`,
  no_columns: (met) =>
    `none of its first rows names columns that are known (${met}). Give the columns the names that docs/exposure.md lists.`,
  not_packed: (met) =>
    `it cannot be unpacked (${met}): it was cut, or is no archive. Pack or fetch it again.`,
  packed_twice: () =>
    'it is packed within what is packed. Unpack it once and hand in what it holds.',
  several_tools: (met) => `it holds reports of several tools (${met}). Hand in one file for each.`,
  too_large: (met) => `it is larger than ${met}, unpacked. Export it in parts.`,
  too_deep: (met) => `its elements are nested deeper than ${met}, which no tool writes.`,
  element_too_large: (met) => `one of its elements holds more than ${met}, which no tool writes.`,
  too_many: (met) => `it holds more than ${met} findings. Export it in parts.`,
  nothing_usable: (met) =>
    `none of its entries can be used (${met}). Expected the form that its source publishes, with dates as 2026-03-31 and decimals with a point; fetch it again without opening it in a spreadsheet.`,
  mostly_unusable: (met) =>
    `more of its entries cannot be used than can (${met}). Fetch it again from its source.`,
  fewer_than_said: (met) =>
    `it says how many entries it has, and has fewer (${met}): it was cut. Fetch it again.`,
  fewer_than_known: (met) =>
    `it is said to be the whole list and has less than half of what is already here (${met}). Fetch it again, and check where it comes from.`,
  from_the_future: (met) =>
    `it is dated in the future (${met}), and would keep out every true one until then. Check where it comes from, and the clock of this station.`,
}

/** A problem that is not in the list is shown as it is named. */
export function exposureFileProblem(
  problem: ExposureFileProblem,
  met: string,
  known: readonly string[],
): string {
  return Object.hasOwn(PROBLEMS, problem) ? PROBLEMS[problem](met, known) : problem
}
