// Verdicts as people read them: addresses, services and lines instead of numbers.

import type {
  ShownAnswer,
  ShownHop,
  ShownPacket,
  ShownRule,
  ShownWitness,
} from '../../model/index.ts'
import type { Translation } from '../network/device.ts'
import type { Answer } from '../network/question.ts'
import type { Decision, Hop, Witness } from '../network/witness.ts'
import { ipv4Text, ipv6Text } from '../packets/addresses.ts'
import type { Cube } from '../packets/cube.ts'
import { spansOf } from '../packets/ranges.ts'
import type { Ranges } from '../packets/ranges.ts'
import { PROTOCOL_NUMBERS } from '../packets/service-names.ts'
import { spaceFor } from '../packets/space.ts'
import type { Family, Point } from '../packets/space.ts'

export function shownAnswer({
  verdict,
  witness,
  reasons,
  boxes,
  services,
  family,
}: Answer): ShownAnswer {
  return {
    verdict,
    witness: witness === null ? null : shownWitness(witness, family),
    reasons,
    packets: boxes.map((box) => shownBox(box, family)),
    services: [...services].map(([name, own]) => ({ name, verdict: own })),
  }
}

function shownWitness({ packet, arrives, hops, answers }: Witness, family: Family): ShownWitness {
  return {
    packet: shownPacket(packet, family),
    arrives: shownArrival({ arrives, hops }, family),
    hops: hops.map(shownHop),
    answers,
  }
}

/** Into what an address was translated is not always known: then no address is made up. */
function shownArrival(
  { arrives, hops }: Pick<Witness, 'arrives' | 'hops'>,
  family: Family,
): ShownPacket {
  const shown = shownPacket(arrives, family)
  const translated = hops.flatMap(({ translations }) => translations)
  const isHidden = (side: Translation['kind']) =>
    translated.findLast(({ kind }) => kind === side)?.address === null
  return {
    ...shown,
    ...(isHidden('source') ? { source: '*' } : {}),
    ...(isHidden('destination') ? { destination: '*' } : {}),
  }
}

function shownHop({
  device,
  source,
  enters,
  leaves,
  decisions,
  translations,
  isAssumed,
}: Hop): ShownHop {
  return {
    device,
    file: source,
    enters,
    leaves,
    rules: decisions.map(shownRule),
    translations: translations.map(({ label, first }) => ({ label, first })),
    isAssumed,
  }
}

export function shownRule({ filter, rule }: Decision): ShownRule {
  if (rule === null) return { filter, rule: null, first: 0, last: 0, text: '', because: [] }
  const { label, first, last, text, because } = rule
  return { filter, rule: label, first, last, text, because }
}

export function shownPacket(point: Point, family: Family): ShownPacket {
  const space = spaceFor(family)
  const address = (at: number) =>
    family === 4 ? ipv4Text(point[at] ?? 0) : ipv6Text(point.slice(at, at + space.width))
  return {
    source: address(space.src),
    destination: address(space.dst),
    service: serviceText(point[space.protocol] ?? 0, point[space.dport] ?? 0),
  }
}

/** The name IANA uses first. */
const NAMES = new Map([...PROTOCOL_NUMBERS].toReversed().map(([name, number]) => [number, name]))
for (const [number, name] of [
  [1, 'icmp'],
  [58, 'icmp6'],
  [6, 'tcp'],
  [17, 'udp'],
] as const)
  NAMES.set(number, name)

function protocolText(number: number): string {
  return NAMES.get(number) ?? `${number}`
}

const WITH_PORTS = new Set([6, 17, 33, 132, 136])

export function serviceText(protocol: number, port: number): string {
  const name = protocolText(protocol)
  if (protocol === 1 || protocol === 58) return `${name}/${Math.floor(port / 256)}.${port % 256}`
  return WITH_PORTS.has(protocol) ? `${name}/${port}` : name
}

const SPANS_SHOWN = 3

/** `10.0.0.0–10.0.0.255 → 10.9.0.1, tcp, 80, 443`; what is not limited is left out. */
export function shownBox(box: Cube, family: Family): string {
  const space = spaceFor(family)
  const source = addressesText(box.slice(space.src, space.src + space.width), family)
  const destination = addressesText(box.slice(space.dst, space.dst + space.width), family)
  const protocol = box[space.protocol] ?? null
  const parts = [
    protocol === null ? '' : spansText(protocol, protocolText, String),
    box[space.dport] === null ? '' : spansText(box[space.dport] ?? [], String),
    box[space.sport] === null ? '' : `(${spansText(box[space.sport] ?? [], String)})`,
  ]
  return [`${source} → ${destination}`, ...parts.filter((part) => part !== '')].join(', ')
}

function addressesText(words: Cube, family: Family): string {
  if (words.every((word) => word === null)) return '*'
  if (family === 4) return spansText(words[0] ?? [], ipv4Text)
  const edge = (side: 0 | 1) =>
    ipv6Text(
      words.map((word) => (word === null ? (side === 0 ? 0 : 0xff_ff_ff_ff) : (word[side] ?? 0))),
    )
  return `${edge(0)}–${edge(1)}`
}

function spansText(
  set: Ranges,
  text: (value: number) => string,
  edge: (value: number) => string = text,
): string {
  const spans = spansOf(set)
  const shown = spans
    .slice(0, SPANS_SHOWN)
    .map(([low, high]) => (low === high ? text(low) : `${edge(low)}–${edge(high)}`))
  return [...shown, ...(spans.length > SPANS_SHOWN ? ['…'] : [])].join(', ')
}
