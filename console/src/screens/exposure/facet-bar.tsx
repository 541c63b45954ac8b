// Which part of the estate is shown: one choice for each facet, with what it would leave. All of it stands in the address.

import { useQuery } from '@tanstack/react-query'
import type { FacetCount } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import type { RoomWords } from '../../language.ts'
import layout from '../../parts/layout.module.css'
import { FACETS } from '../../search-params.ts'
import { facetsQuery } from './exposure-api.ts'
import type { Narrow } from './exposure-api.ts'

type Facet = (typeof FACETS)[number]
/** The station's word for what has no value there. */
const NONE = '-'

type Props = { narrow: Narrow; set: (change: Narrow) => void }

export function FacetBar({ narrow, set }: Props) {
  const words = useRoomWords().exposure
  const { data } = useQuery(facetsQuery(narrow))
  const isAny = FACETS.some((facet) => (narrow[facet] ?? '') !== '')
  return (
    <div className={layout.bar} role="group" aria-label={words.part}>
      {FACETS.map((facet) => (
        <Choice
          key={facet}
          facet={facet}
          value={narrow[facet] ?? ''}
          counts={(data?.facets ?? []).filter((one) => one.facet === facet)}
          choose={(value) => set({ [facet]: value || undefined })}
        />
      ))}
      {isAny && (
        <button
          type="button"
          onClick={() => set(Object.fromEntries(FACETS.map((facet) => [facet, undefined])))}
        >
          {words.whole}
        </button>
      )}
    </div>
  )
}

type ChoiceProps = {
  facet: Facet
  value: string
  counts: readonly FacetCount[]
  choose: (value: string) => void
}

function Choice({ facet, value, counts, choose }: ChoiceProps) {
  const words = useRoomWords().exposure
  const { number } = useFormat()
  const label = words.facets[facet]
  // What is chosen names its facet: the closed box shows nothing else.
  const shown = (one: string): string =>
    (one || NONE) === value
      ? words.chosen(label, named(words, facet, one))
      : named(words, facet, one)
  const isThere = counts.some((one) => (one.value || NONE) === value)
  return (
    <select aria-label={label} value={value} onChange={({ target }) => choose(target.value)}>
      <option value="">{words.allOf(label)}</option>
      {value !== '' && !isThere && <option value={value}>{shown(value)}</option>}
      {counts.map((one) => (
        <option key={one.value} value={one.value || NONE}>
          {`${shown(one.value)} (${number(one.advisories)})`}
        </option>
      ))}
    </select>
  )
}

/** Owners and makers are named as they are. */
function named(words: RoomWords['exposure'], facet: Facet, value: string): string {
  if (value === '' || value === NONE) return words.noneOf
  const terms: Readonly<Record<Facet, object>> = {
    deadline: words.deadlines,
    exploited: { yes: words.yes, no: words.no },
    facing: words.facings,
    zone: words.assets.zones,
    owner: {},
    criticality: words.assets.impacts,
    vendor: {},
  }
  return new Map<string, string>(Object.entries(terms[facet])).get(value) ?? value
}
