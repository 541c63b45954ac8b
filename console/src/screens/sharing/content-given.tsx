// What a hub gave out of rules, analytics and checks, member by member.

import type { SharedContent } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { Table } from '../../parts/table.tsx'
import { SHARING, withdraw } from './share-api.ts'

type Given = SharedContent['given'][number]

export function ContentGiven({ given }: Pick<SharedContent, 'given'>) {
  const words = useRoomWords().sharing.content.given
  const rows = useGivenRows(given)
  if (given.length === 0) return null
  return (
    <>
      <Table title={words.title} none={words.none} columns={words.columns} rows={rows} />
      {given
        .filter(({ isWithdrawn }) => !isWithdrawn)
        .map(({ object, name }) => (
          <ActButton
            key={object}
            label={words.withdraw(name)}
            refreshes={SHARING}
            act={() => withdraw(object)}
          />
        ))}
    </>
  )
}

function useGivenRows(given: readonly Given[]) {
  const words = useRoomWords().sharing.content
  const format = useFormat()
  return given.flatMap(({ object, name, isWithdrawn, members }) => {
    const shown = isWithdrawn ? words.given.withdrawn(name) : name
    if (members.length === 0)
      return [{ key: object, cells: [shown, words.given.nobody, '', '', '', ''] }]
    return members.map(({ peer, answer, reason, seen, at }) => ({
      key: `${object} ${peer}`,
      cells: [
        shown,
        peer,
        answer === null ? words.given.nothingSaid : words.answers[answer],
        reason,
        seen === null ? '' : words.seen(seen),
        at === null ? '' : format.time(at),
      ],
    }))
  })
}
