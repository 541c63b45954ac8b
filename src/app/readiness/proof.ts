// A proof with its sentence in both languages, and what providers of evidence are given.

import type { LogCoverage, PlanState, Proof, ProofState } from '../../model/index.ts'
import { decimal, wordsOf } from '../../words/index.ts'
import type { Words } from '../../words/index.ts'
import type { StationParts } from '../parts.ts'

export type Seen = StationParts & {
  readonly logs: readonly LogCoverage[]
  readonly plans: readonly PlanState[]
}
type Say = Words['readiness']

/** A proof with its sentence in both languages. `rows` link to where in the console they are. */
export function proofOf(
  state: ProofState,
  sentence: (say: Say['evidence'], what: Say['what'], number: (value: number) => string) => string,
  rows: Proof['rows'] = [],
): Proof {
  const said = (language: 'en' | 'fr') => {
    const say = wordsOf(language).readiness
    return sentence(say.evidence, say.what, (value) => decimal(language, value, 0))
  }
  return { state, said: { en: said('en'), fr: said('fr') }, rows }
}

export function unseen(what: keyof Say['what']): Proof {
  return proofOf('unknown', (say, names) => say.none(names[what]))
}

/** Rows that say more are behind the link. */
const MOST_ROWS = 20

/** Assets as rows of a proof, each with its place in the console. */
export function assetRows(
  assets: readonly { readonly asset: string; readonly name: string }[],
): Proof['rows'] {
  return assets.slice(0, MOST_ROWS).map(({ asset, name }) => ({
    text: name,
    link: `/exposure/assets?asset=${encodeURIComponent(asset)}`,
  }))
}

/** Devices whose configurations were taken in. */
export function deviceRows(
  devices: readonly { readonly id: string; readonly name: string }[],
): Proof['rows'] {
  return devices
    .slice(0, MOST_ROWS)
    .map(({ id, name }) => ({ text: name, link: `/devices?device=${encodeURIComponent(id)}` }))
}
