// Accounts, the most powerful first.

import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Account, IdentityAccounts } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { Choices } from '../../parts/choices.tsx'
import { CopyRows } from '../../parts/copy-rows.tsx'
import { optionsOf } from '../../parts/fields.tsx'
import { FindBox } from '../../parts/find-box.tsx'
import layout from '../../parts/layout.module.css'
import { stateOf } from '../../parts/room-frame.tsx'
import { SplitList } from '../../parts/split-list.tsx'
import type { AccountsSearch } from '../../search-params.ts'
import { AccountPanel } from './account-panel.tsx'
import { accountsQuery } from './identity-api.ts'
import { IdentityFrame } from './identity-frame.tsx'
import { keyOfAccount, useAccountColumns } from './use-account-columns.tsx'

const route = getRouteApi('/identity/accounts')
const TIERS = ['all', '0', '1', '2'] as const

export function AccountsScreen() {
  const { text = '', tier = '', kind = '' } = route.useSearch()
  const query = useQuery(accountsQuery({ text, tier, kind }))
  return (
    <IdentityFrame {...stateOf(query)}>{query.data && <List data={query.data} />}</IdentityFrame>
  )
}

function List({ data }: { data: IdentityAccounts }) {
  const words = useRoomWords().identity
  const { account: open } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (account: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, account }) })
  const columns = useAccountColumns()
  const chosen = data.accounts.find((one: Account) => keyOfAccount(one) === open)
  return (
    <>
      <div className={layout.bar}>
        <Filter />
        <span role="status" className="quiet">
          {words.accounts.shown(data.accounts.length, data.more)}
        </span>
        <CopyRows columns={columns} rows={data.accounts} />
      </div>
      <p className="quiet">{words.accounts.weakest}</p>
      {data.accounts.length === 0 && <p>{words.accounts.none}</p>}
      <SplitList
        label={words.views.accounts}
        columns={columns}
        rows={data.accounts}
        rowKey={keyOfAccount}
        open={open}
        show={show}
      >
        {chosen && <AccountPanel account={chosen} onClose={() => show(undefined)} />}
      </SplitList>
    </>
  )
}

function Filter() {
  const words = useRoomWords().identity
  const { accounts, terms } = words
  const { text, tier = 'all', kind = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const set = (change: AccountsSearch): void => {
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  }
  return (
    <>
      <FindBox
        label={accounts.filter}
        value={text}
        find={(next) => set({ text: next })}
        size={32}
      />
      <Choices
        label={accounts.tier}
        choices={TIERS.map((value) => ({ value, label: accounts.tiers[value] }))}
        isChosen={(value) => value === tier}
        choose={(value) => set({ tier: value === 'all' ? undefined : value })}
      />
      <select
        aria-label={accounts.kind}
        value={kind}
        onChange={({ target }) => set({ kind: target.value || undefined })}
      >
        <option value="">{accounts.allKinds}</option>
        {optionsOf(terms.kinds).map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </>
  )
}
