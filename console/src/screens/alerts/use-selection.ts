// Which rows are selected; rows that left the list are no longer.

import { useCallback, useMemo, useState } from 'react'

export type Selection = {
  readonly selected: ReadonlySet<string>
  readonly toggle: (id: string) => void
  readonly selectAll: () => void
  /** Every row from the last toggled one to this. */
  readonly extendTo: (id: string) => void
  readonly clear: () => void
}

const NOTHING: ReadonlySet<string> = new Set()

export function useSelection(ids: readonly string[]): Selection {
  const [chosen, setChosen] = useState(NOTHING)
  const [anchor, setAnchor] = useState<string | null>(null)
  const selected = useMemo(() => new Set(ids.filter((id) => chosen.has(id))), [ids, chosen])
  const toggle = useCallback((id: string) => {
    setAnchor(id)
    setChosen((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
    )
  }, [])
  return {
    selected,
    toggle,
    selectAll: () => setChosen(new Set(ids)),
    extendTo: (id) => setChosen((before) => new Set([...before, ...spanOf(ids, anchor ?? id, id)])),
    clear: () => setChosen(NOTHING),
  }
}

function spanOf(ids: readonly string[], a: string, b: string): readonly string[] {
  const [from = 0, to = 0] = [ids.indexOf(a), ids.indexOf(b)].toSorted((x, y) => x - y)
  return ids.slice(Math.max(0, from), to + 1)
}
