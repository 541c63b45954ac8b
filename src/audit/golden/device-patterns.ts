// Which group a device is in: by its name, or by a pattern with `*`.

import { fitsPieces } from './wildcard.ts'

export function isNamedBy(pattern: string, name: string): boolean {
  return fitsPieces(pattern.toLowerCase().split('*'), name.toLowerCase())
}

type Group = { readonly name: string; readonly devices: readonly string[] }

/** The group that names the device most exactly: its name before a pattern, a long pattern before a short one. */
export function groupOf<G extends Group>(groups: readonly G[], device: string): G | undefined {
  const fits = groups.flatMap((group) => {
    const met = group.devices.filter((pattern) => isNamedBy(pattern, device))
    return met.length === 0 ? [] : [{ group, weight: Math.max(...met.map(weightOf)) }]
  })
  const [best] = fits.toSorted(
    (a, b) => b.weight - a.weight || a.group.name.localeCompare(b.group.name),
  )
  return best?.group
}

function weightOf(pattern: string): number {
  return pattern.includes('*') ? pattern.length : Number.MAX_SAFE_INTEGER
}
