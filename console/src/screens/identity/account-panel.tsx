// One account, and whose it is.

import type { Account } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { Facts } from '../../parts/facts.tsx'
import { TextField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import { Panel } from '../../parts/panel.tsx'
import { AssuranceMark, assuranceOf, kindOf } from './assurance-mark.tsx'
import { IDENTITY, linkAccount } from './identity-api.ts'
import { keyOfAccount } from './use-account-columns.tsx'

export function AccountPanel({ account, onClose }: { account: Account; onClose: () => void }) {
  const words = useRoomWords().identity.accounts
  return (
    <Panel label={words.detail} of={keyOfAccount(account)} onClose={onClose}>
      <h2 className="mono">{account.login}</h2>
      <AssuranceMark is={account.assurance} />
      <AccountFacts account={account} />
      <ActForm
        key={keyOfAccount(account)}
        title={words.link.title}
        action={words.link.go}
        refreshes={IDENTITY}
        send={(form) =>
          linkAccount({
            source: account.source,
            account: account.id,
            person: formText(form, 'person'),
          })
        }
      >
        <TextField
          label={words.link.person}
          name="person"
          defaultValue={account.person ?? ''}
          required
        />
      </ActForm>
    </Panel>
  )
}

function AccountFacts({ account }: { account: Account }) {
  const words = useRoomWords().identity
  const format = useFormat()
  const { columns, yes, no, unknown } = words.accounts
  const { enabled, lastUse } = account
  return (
    <Facts
      facts={[
        [columns.name, account.name],
        [columns.kind, kindOf(words, account.kind)],
        [columns.tier, String(account.tier)],
        [columns.strongest, assuranceOf(words, account.strongest)],
        [columns.person, account.person],
        [columns.owner, account.owner],
        [columns.enabled, enabled === null ? unknown : enabled ? yes : no],
        [columns.lastUse, lastUse === null ? unknown : format.time(lastUse)],
        [columns.source, `${account.source} (${account.system})`],
      ]}
    />
  )
}
