// Find box, verdict and group of the checks; all in the address.

import { getRouteApi } from '@tanstack/react-router'
import type { IdentityView } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { Choices } from '../../parts/choices.tsx'
import { optionsOf } from '../../parts/fields.tsx'
import { FindBox } from '../../parts/find-box.tsx'
import { listOf, toggled } from '../../search-params.ts'
import type { IdentitySearch } from '../../search-params.ts'
import { VERDICTS } from './filter-checks.ts'

const route = getRouteApi('/identity')

export function CheckFilter({ counts }: Pick<IdentityView, 'counts'>) {
  const words = useRoomWords().identity
  const { number } = useFormat()
  const { text, verdict, group = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const verdicts = listOf(verdict, VERDICTS)
  const set = (change: IdentitySearch): void => {
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  }
  return (
    <>
      <FindBox label={words.filter} value={text} find={(next) => set({ text: next })} size={32} />
      <Choices
        label={words.verdict}
        choices={VERDICTS.map((value) => ({
          value,
          label: `${words.terms.verdicts[value]} (${number(counts[value])})`,
        }))}
        isChosen={(value) => verdicts.includes(value)}
        choose={(value) => set({ verdict: toggled(verdicts, value) })}
      />
      <select
        aria-label={words.group}
        value={group}
        onChange={({ target }) => set({ group: target.value || undefined })}
      >
        <option value="">{words.allGroups}</option>
        {optionsOf(words.groups).map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </>
  )
}
