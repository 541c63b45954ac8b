// Columns of the accounts.

import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Account } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import type { RoomWords } from '../../language.ts'
import { dayOf } from '../../parts/days.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { textColumn } from '../../parts/text-column.ts'
import { AssuranceMark, assuranceOf, kindOf } from './assurance-mark.tsx'

type Words = RoomWords['identity']

/** Two directories may know an account by the same id. */
export const keyOfAccount = ({ source, id }: Account): string => `${source} ${id}`

export function useAccountColumns(): readonly GridColumn<Account>[] {
  const words = useRoomWords().identity
  return useMemo(() => [...names(words), ...power(words), ...rest(words)], [words])
}

function names({ accounts: { columns } }: Words): readonly GridColumn<Account>[] {
  return [
    {
      id: 'login',
      heading: columns.login,
      text: ({ login }) => login,
      cell: (one, tab) => (
        <Link
          to="/identity/accounts"
          search={(before) => ({ ...before, account: keyOfAccount(one) })}
          tabIndex={tab}
        >
          {one.login}
        </Link>
      ),
    },
    textColumn({ id: 'name', heading: columns.name, width: 7, text: ({ name }) => name ?? '–' }),
  ]
}

function power(words: Words): readonly GridColumn<Account>[] {
  const { columns } = words.accounts
  return [
    textColumn({
      id: 'tier',
      heading: columns.tier,
      width: 4,
      isNumber: true,
      text: ({ tier }) => String(tier),
    }),
    textColumn({
      id: 'kind',
      heading: columns.kind,
      width: 6.5,
      text: ({ kind }) => kindOf(words, kind),
    }),
    {
      id: 'assurance',
      heading: columns.assurance,
      width: 12,
      text: ({ assurance }) => assuranceOf(words, assurance),
      cell: ({ assurance }) => <AssuranceMark is={assurance} />,
    },
  ]
}

function rest({ accounts }: Words): readonly GridColumn<Account>[] {
  const { columns, yes, no, unknown } = accounts
  const said = (is: boolean | null): string => (is === null ? unknown : is ? yes : no)
  return [
    textColumn({
      id: 'enabled',
      heading: columns.enabled,
      width: 5,
      text: ({ enabled }) => said(enabled),
    }),
    textColumn({
      id: 'lastUse',
      heading: columns.lastUse,
      width: 7,
      text: ({ lastUse }) => dayOf(lastUse) || '–',
    }),
    textColumn({
      id: 'person',
      heading: columns.person,
      width: 6.5,
      text: ({ person }) => person ?? '–',
    }),
    textColumn({ id: 'source', heading: columns.source, width: 5, text: ({ source }) => source }),
  ]
}
