// What is said of a version beside its statements: comments, times, signs of the text as a whole, what the device runs, and
// who it says changed it. Each as statements, so that checks match them with the same patterns.

import type { DeviceAudit } from '../../model/index.ts'
import type { ConfigView } from '../diff/view-node.ts'
import { fileName } from '../firmware/firmware-of.ts'
import type { Statement } from './change-set.ts'
import type { Trigger } from './check.ts'
import type { Subject } from './subject.ts'
import { unsavedChange } from './told-of-itself.ts'

type Said = Partial<Record<Trigger, () => readonly Statement[]>>

export function saidBeside(subject: Subject): Said {
  const { after, signs = [], firmware = [], operators = [], compared } = subject
  const { last } = after.root
  return {
    noted: () => after.notes.map(({ text, first }) => said(text, first)),
    unsaved: () => {
      const fact = unsavedChange(after.facts)
      return fact === undefined ? [] : [said(fact.text, fact.line)]
    },
    sign: () => signs.map((text) => said(text, last)),
    firmware: () => firmware.map(asText),
    refitted: () => refitted(firmware, compared?.firmware ?? []),
    stranger: () => ((compared?.changes.length ?? 0) === 0 ? [] : strangers(after, operators)),
  }
}

function said(path: string, line: number): Statement {
  return { path, stanza: [], first: line, last: line }
}

type Firmware = DeviceAudit['firmware']

function asText({ fact, what, verdict, line }: Firmware[number]): Statement {
  return said(`${fact} ${what}${verdict === null ? '' : ` ${verdict}`}`, line)
}

/** A device that says more of itself than it did was asked more; it was not refitted. */
function refitted(now: Firmware, before: Firmware): readonly Statement[] {
  const thing = ({ fact, what }: Firmware[number]) =>
    fact === 'hash' ? `hash ${fileName(what.split(' ')[0] ?? '')}` : fact
  const known = Map.groupBy(before, thing)
  return now
    .filter((one) => {
      const earlier = known.get(thing(one))
      return earlier !== undefined && !earlier.some(({ what }) => what === one.what)
    })
    .map(asText)
}

function strangers({ facts }: ConfigView, operators: readonly string[]): readonly Statement[] {
  if (operators.length === 0) return []
  return facts.flatMap(({ fact, says, line }) => {
    const who = personOf(says['who'] ?? '')
    return fact !== 'changed' || who === '' || operators.includes(who) ? [] : [said(who, line)]
  })
}

/** `admin@10.1.1.5 (Local Database)`: the person, without where they sat. */
function personOf(who: string): string {
  return who.replace(/^["' ]+/, '').replace(/[@"' ].*$/, '')
}
