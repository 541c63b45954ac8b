// One configuration, and the version before it where there is one, into what is said of the device. Pure.

import type { AuditChange, AuditFinding, DeviceAudit } from '../model/index.ts'
import type { Check } from './checks/check.ts'
import { incidentOf } from './checks/incident.ts'
import { runChecks } from './checks/run-checks.ts'
import type { CheckFinding, Place } from './checks/run-checks.ts'
import { compare } from './diff/compare.ts'
import type { Change } from './diff/compare.ts'
import type { ViewNode } from './diff/view-node.ts'
import { firmwareOf, judged } from './firmware/firmware-of.ts'
import type { MakersHashes } from './firmware/firmware-of.ts'
import type { ReadConfig } from './read-config.ts'
import { BROKEN, becameWhole, brokenOf, certainIn, isSameMake, signsOf } from './wholeness.ts'

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

export function auditDevice(
  { source, now, before, known = NOTHING_KNOWN }: Versions,
  checks: readonly Check[],
): DeviceAudit {
  const isComparable =
    before !== undefined && isSameMake(before, now) && !becameWhole({ now, before })
  const changes = isComparable ? compare(before.view, now.view) : null
  const signs = signsOf({ now, before })
  const found = findingsIn({ now, before, known, signs, changes }, checks)
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
    signs,
    changes: changes?.slice(0, CHANGES_KEPT).map(shownChange) ?? null,
    changeCount: changes?.length ?? 0,
    findings: found.map(shownFinding),
    incident: [...(incidentOf(found)?.steps ?? [])],
  }
}

type Judged = Omit<Versions, 'source' | 'known'> & {
  readonly known: Known
  readonly signs: DeviceAudit['signs']
  readonly changes: readonly Change[] | null
}

/** Of a text that is not whole no state is said: what stands nowhere in it may stand on the device. */
function findingsIn(
  { now, before, known, signs, changes }: Judged,
  checks: readonly Check[],
): readonly CheckFinding[] {
  const broken = brokenOf({ now, before })
  const asked = broken.length > 0 ? checks.filter(({ kind }) => kind === 'change') : checks
  const compared =
    before === undefined || changes === null
      ? {}
      : {
          compared: {
            before: before.view,
            changes: certainIn(changes, { now, broken }),
            version: before.device.version,
            firmware: firmwareIn(before, known),
          },
        }
  return runChecks(asked, {
    dialect: now.dialect.name,
    after: now.view,
    version: now.device.version,
    signs: signs.filter((sign) => !BROKEN.includes(sign) || broken.includes(sign)),
    firmware: firmwareIn(now, known),
    operators: known.operators,
    ...compared,
  })
}

function firmwareIn({ view, dialect }: ReadConfig, { hashes }: Known): DeviceAudit['firmware'] {
  return judged(firmwareOf(view, dialect), hashes)
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
