// Find box and how soon something is due; both in the address.

import { getRouteApi } from '@tanstack/react-router'
import { useRoomWords } from '../../language.ts'
import { Choices } from '../../parts/choices.tsx'
import { FindBox } from '../../parts/find-box.tsx'

const route = getRouteApi('/exposure')
/** Days that the station is asked for; it always adds what is overdue. */
const DAYS = { all: '', overdue: '0', week: '7', month: '30' } as const
const WITHINS = [
  'all',
  'overdue',
  'week',
  'month',
] as const satisfies readonly (keyof typeof DAYS)[]

export function daysOf(within: string | undefined): string {
  return DAYS[WITHINS.find((one) => one === within) ?? 'all']
}

export function AdvisoryFilter() {
  const words = useRoomWords().exposure
  const { text, within = 'all' } = route.useSearch()
  const navigate = route.useNavigate()
  const set = (change: { text?: string | undefined; within?: string | undefined }): void => {
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  }
  return (
    <>
      <FindBox label={words.filter} value={text} find={(next) => set({ text: next })} size={36} />
      <Choices
        label={words.within}
        choices={WITHINS.map((value) => ({ value, label: words.withins[value] }))}
        isChosen={(value) => value === within}
        choose={(value) => set({ within: value === 'all' ? undefined : value })}
      />
    </>
  )
}
