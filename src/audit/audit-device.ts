// One configuration, and the version before it where there is one, into what is said of the device. Pure.

import type { AuditChange, AuditFinding, DeviceAudit } from '../model/index.ts'
import type { Check } from './checks/check.ts'
import { incidentOf } from './checks/incident.ts'
import { runChecks } from './checks/run-checks.ts'
import type { CheckFinding, Place } from './checks/run-checks.ts'
import { isJoined } from './dialect/joined.ts'
import { compare } from './diff/compare.ts'
import type { Change } from './diff/compare.ts'
import type { ViewNode } from './diff/view-node.ts'
import { firmwareOf, judged } from './firmware/firmware-of.ts'
import type { MakersHashes } from './firmware/firmware-of.ts'
import type { ReadConfig } from './read-config.ts'

export type Versions = {
  readonly source: string
  readonly now: ReadConfig
  readonly before?: ReadConfig | undefined
  /** What people said of the device; nothing where they said nothing. */
  readonly known?: Known
}

export type Known = {
  /** Who works on it; empty: nobody was named, and nobody is a stranger. */
  readonly operators: readonly string[]
  readonly hashes: MakersHashes
}

const NOTHING_KNOWN: Known = { operators: [], hashes: new Map() }

/** Changes kept in a report; all of them are counted. */
const CHANGES_KEPT = 500
const TEXT_KEPT = 2000
const FACTS_KEPT = 50
/** A configuration that lost more than this part of itself was cut off, or the device was set up anew. */
const SHRUNK = 0.9
/** Of a few lines, one is more than a tenth. */
const LEAST_LOST = 10

export function auditDevice(
  { source, now, before, known = NOTHING_KNOWN }: Versions,
  checks: readonly Check[],
): DeviceAudit {
  const isComparable = before !== undefined && isSameMake(before, now)
  const changes = isComparable ? compare(before.view, now.view) : null
  const found = runChecks(checks, {
    dialect: now.dialect.name,
    after: now.view,
    version: now.device.version,
    signs: signsOf({ now, before }),
    firmware: firmwareIn(now, known),
    operators: known.operators,
    ...(isComparable && changes !== null
      ? {
          compared: {
            before: before.view,
            changes,
            version: before.device.version,
            firmware: firmwareIn(before, known),
          },
        }
      : {}),
  })
  const { hostname, version, model } = now.device
  return {
    source,
    hostname,
    version,
    model,
    ...madeBy(now),
    lines: now.tree.lines.length,
    coverage: { ...now.coverage, unparsed: [...now.coverage.unparsed] },
    secrets: { ...now.secrets.replaced },
    notAttestable: now.secrets.notAttestable.length,
    facts: now.view.facts
      .filter(({ says }) => Object.keys(says).length > 0)
      .slice(0, FACTS_KEPT)
      .map(({ fact, line, says }) => ({ fact, line, says: { ...says } })),
    firmware: firmwareIn(now, known),
    signs: signsOf({ now, before }),
    changes: changes?.slice(0, CHANGES_KEPT).map(shownChange) ?? null,
    changeCount: changes?.length ?? 0,
    findings: found.map(shownFinding),
    incident: [...(incidentOf(found)?.steps ?? [])],
  }
}

function firmwareIn({ view, dialect }: ReadConfig, { hashes }: Known): DeviceAudit['firmware'] {
  return judged(firmwareOf(view, dialect), hashes)
}

function isSameMake(before: ReadConfig, now: ReadConfig): boolean {
  return before.dialect.name === now.dialect.name && before.tree.form === now.tree.form
}

function madeBy({
  recognised,
  dialect,
}: ReadConfig): Pick<DeviceAudit, 'dialect' | 'title' | 'vendor' | 'isSure' | 'because'> {
  const because = recognised.kind === 'known' ? recognised.because : []
  return {
    dialect: dialect.name,
    title: dialect.title,
    vendor: dialect.vendor,
    isSure: recognised.kind === 'known' && recognised.isSure,
    because: because.map(({ line, text }) => ({ line, text })),
  }
}

function signsOf({ now, before }: Pick<Versions, 'now' | 'before'>): DeviceAudit['signs'] {
  const signs: DeviceAudit['signs'] = []
  if (now.tree.unclosed > 0 || isAnswerCut(now)) signs.push('half')
  if (isJoined(now.tree, now.dialect)) signs.push('joined')
  if (before === undefined) return signs
  if (!isSameMake(before, now)) signs.push('other_make')
  else if (hasShrunk(now.coverage.significant, before.coverage.significant)) signs.push('shrunk')
  if (!signs.some((sign) => sign !== 'joined') && hasEnd(before) && !hasEnd(now)) signs.push('cut')
  return signs
}

function hasShrunk(now: number, before: number): boolean {
  return now < before * SHRUNK && before - now >= LEAST_LOST
}

/** What a device answers begins with its size and ends with `end`: one without the other was cut on the way. */
function isAnswerCut(read: ReadConfig): boolean {
  const { lines } = read.tree
  return lines.some((line) => /^Current configuration ?: \d+ bytes$/.test(line)) && !hasEnd(read)
}

/** The line by which a whole configuration ends: `end` of Cisco, `: end` of ASA. */
function hasEnd({ tree: { lines, beside } }: ReadConfig): boolean {
  const last = lines.findLast((line, at) => /\S/.test(line) && !beside.has(at)) ?? ''
  return /^(?:: )?end$/.test(last.trim())
}

export function shownChange({ kind, stanza, before, after }: Change): AuditChange {
  return { kind, stanza: [...stanza], before: piece(before), after: piece(after) }
}

function piece(node: ViewNode | null): AuditChange['before'] {
  if (node === null) return null
  const { first, last } = node
  return { text: textOf(node).slice(0, TEXT_KEPT), first, last }
}

/** A block with what it holds, indented. */
function textOf(node: ViewNode, depth = 0): string {
  const own = `${' '.repeat(depth)}${node.text}`
  return [own, ...node.children.map((child) => textOf(child, depth + 1))].join('\n')
}

function shownFinding({ check, kind, places, count }: CheckFinding): AuditFinding {
  const { id, severity, step, title, why, falsePositives, references } = check
  return {
    check: id,
    kind,
    severity,
    step: step ?? null,
    title,
    why,
    do: check.do,
    falsePositives,
    attack: check.attack.map((technique) => technique.id),
    references,
    places: places.map(shownPlace),
    count,
  }
}

function shownPlace({
  side,
  first,
  last,
  stanza,
  path,
  what,
}: Place): AuditFinding['places'][number] {
  return { side, first, last, stanza: [...stanza], path: path.slice(0, TEXT_KEPT), what }
}
