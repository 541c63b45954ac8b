// Verdicts in a terminal: the matrix of zones, findings, and for each way a packet with the lines that let it pass.

import { SEVERITIES } from '../model/index.ts'
import type {
  SegmentReport,
  ShownAnswer,
  ShownDifference,
  ShownHop,
  ShownPacket,
  ShownPair,
  ShownRule,
} from '../model/index.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'

export function packetText({ source, destination, service }: ShownPacket): string {
  return `${source} → ${destination} ${service}`
}

export function ruleText({ filter, rule, first, because }: ShownRule, { words }: Context): string {
  const say = words.segment
  if (rule === null) return say.byDefault(filter)
  const why = because.length === 0 ? '' : `, ${say.conditions(because.join(', '))}`
  return `${say.byRule(filter, rule, first)}${why}`
}

export function reportLines(report: SegmentReport, context: Context): readonly string[] {
  const { segment: say, cli } = context.words
  const { colon } = context.words.audit
  const sum = (figure: 'rules' | 'unreadRules') =>
    report.devices.reduce((total, device) => total + device[figure], 0)
  const findings = report.findings.toSorted(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  )
  return [
    say.read(report.devices.length, sum('rules'), sum('unreadRules')),
    ...(report.missing.length === 0 ? [] : [say.missing(report.missing.join(', '))]),
    '',
    `${say.matrix}${colon}`,
    ...matrix(report.pairs, context),
    '',
    ...(findings.length === 0
      ? [say.noFindings]
      : [
          `${say.findingsTitle}${colon}`,
          ...table(
            findings.map(({ severity, sentence, techniques }) => [
              `  ${cli.severity[severity]}`,
              `${sentence}${techniques.length === 0 ? '' : ` (${techniques.join(', ')})`}`,
            ]),
          ).split('\n'),
        ]),
    ...report.pairs.flatMap((pair) => pairLines(pair, context)),
    '',
    say.limits,
  ]
}

function matrix(pairs: readonly ShownPair[], { words }: Context): readonly string[] {
  const say = words.segment
  const { columns } = say
  const rows = pairs.map(({ from, to, all, beyond }) => [
    `  ${from}`,
    to,
    say.verdicts[all.verdict],
    say.verdicts[beyond.verdict],
  ])
  return table([[`  ${columns.from}`, columns.to, columns.all, columns.beyond], ...rows]).split(
    '\n',
  )
}

/** A pair that is blocked has nothing to show. */
function pairLines(pair: ShownPair, context: Context): readonly string[] {
  const { segment: say } = context.words
  const answer = pair.beyond.verdict === 'blocked' ? pair.all : pair.beyond
  if (answer.verdict === 'blocked') return []
  const place = pair.beyond.verdict === 'blocked' ? `, ${say.withinConduits}` : ''
  const opened =
    pair.opened === null
      ? []
      : answerLines(pair.opened, context).map((line) => `  + ${line.trim()}`)
  return [
    '',
    `${pair.from} → ${pair.to}${context.words.audit.colon} ${say.verdicts[answer.verdict]}${place}`,
    ...answerLines(answer, context),
    ...opened,
  ]
}

/** What lists and policies let through more and less. Their names are a device's own words. */
export function trafficLines(
  differences: readonly ShownDifference[],
  { words: { segment: say } }: Context,
): readonly string[] {
  return differences
    .flatMap(({ filter, widened, narrowed, isTooLarge }) => [
      ...(isTooLarge ? [say.tooLarge(filter)] : []),
      ...(widened.length === 0 ? [] : [say.widened(filter), ...widened.map((box) => `  ${box}`)]),
      ...(narrowed.length === 0
        ? []
        : [say.narrowed(filter), ...narrowed.map((box) => `  ${box}`)]),
    ])
    .map(printable)
}

export function answerLines(answer: ShownAnswer, context: Context): readonly string[] {
  const { segment: say } = context.words
  const { witness, services, packets, reasons } = answer
  const known: Readonly<Record<string, string>> = say.reasons
  const lines = reasons.map((reason) => `  ${known[reason] ?? reason}`)
  if (witness === null) return lines
  const from = packetText(witness.packet)
  const there = packetText(witness.arrives)
  lines.push(
    `  ${say.witness} ${from}${from === there ? '' : `, ${say.arrivesAs(there)}`}; ${say.answers[witness.answers]}`,
    ...witness.hops.flatMap((hop) => hopLines(hop, context)),
  )
  if (services.length > 0) lines.push(`  ${say.services(someOf(services.map(({ name }) => name)))}`)
  if (packets.length > 0) lines.push(`  ${say.packets(packets.join('; '))}`)
  return lines
}

const NAMES_SHOWN = 12

function someOf(names: readonly string[]): string {
  const more = names.length - NAMES_SHOWN
  return [...names.slice(0, NAMES_SHOWN), ...(more > 0 ? [`… (+${more})`] : [])].join(', ')
}

function hopLines(hop: ShownHop, context: Context): readonly string[] {
  const { segment: say } = context.words
  return [
    `    ${say.hop(hop.device, hop.enters, hop.leaves)}`,
    ...hop.rules.map((rule) => `      ${ruleText(rule, context)}`),
    ...hop.translations.map(({ label, first }) => `      ${say.translated(label, first)}`),
    ...(hop.isAssumed ? [`      ${say.assumed}`] : []),
  ]
}
