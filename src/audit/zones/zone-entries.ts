// A zones file as entries that a form shows, and entries as the text of a zones file.

import { stringify } from 'yaml'
import type { ConduitEntry, ZoneEntry } from '../../model/index.ts'
import type { ProposedZone } from '../segmentation/proposal.ts'
import type { ZonesText } from '../segmentation/zones-file.ts'

export type Entries = {
  readonly zones: readonly ZoneEntry[]
  readonly conduits: readonly ConduitEntry[]
}

export function entriesOf({ zones, conduits }: ZonesText): Entries {
  return {
    zones: zones.map(({ id, name, kind, prefixes, interfaces, purdue, target_level }) => ({
      id,
      name: name ?? id,
      kind,
      prefixes,
      interfaces,
      purdue: purdue ?? null,
      targetLevel: target_level ?? null,
      suggestedBy: '',
    })),
    conduits: conduits.map(({ from, to, allow, owner, justification, expires }) => ({
      from,
      to,
      allow,
      owner: owner ?? '',
      justification: justification ?? '',
      expires: expires ?? '',
    })),
  }
}

export function entriesProposed(zones: readonly ProposedZone[]): Entries {
  return {
    zones: zones.map(({ suggestedBy, prefixes, interfaces, ...zone }) => ({
      ...zone,
      prefixes: [...prefixes],
      interfaces: [...interfaces],
      purdue: null,
      targetLevel: null,
      suggestedBy: suggestedBy ?? '',
    })),
    conduits: [],
  }
}

/** What is empty is left out. */
export function textOfEntries({ zones, conduits }: Entries): string {
  const filled = (entry: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      Object.entries(entry).filter(
        ([, value]) =>
          value !== '' && value !== null && !(Array.isArray(value) && value.length === 0),
      ),
    )
  return stringify(
    {
      zones: zones.map(({ id, name, kind, purdue, targetLevel, prefixes, interfaces }) =>
        filled({
          id,
          name: name === id ? '' : name,
          kind,
          purdue,
          target_level: targetLevel,
          prefixes,
          interfaces,
        }),
      ),
      conduits: conduits.map((conduit) => filled(conduit)),
    },
    { lineWidth: 0 },
  )
}
