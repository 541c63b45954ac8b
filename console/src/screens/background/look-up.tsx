// One address: whose network it is in.

import type { AddressNetwork } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { Facts } from '../../parts/facts.tsx'
import { TextField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import { BACKGROUND, networkOf } from './background-api.ts'

export function LookUp() {
  const words = useRoomWords().background.look
  return (
    <ActForm
      title={words.title}
      action={words.go}
      refreshes={BACKGROUND}
      send={(form) => networkOf(formText(form, 'address').trim())}
      said={(found) => <Found network={found} />}
    >
      <TextField
        label={words.address}
        name="address"
        required
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
      />
    </ActForm>
  )
}

function Found({ network }: { network: AddressNetwork }) {
  const { columns, kinds, unknown } = useRoomWords().background.look
  const { address, asn, organisation, kind, country } = network
  if (asn === 0 && country === '' && kind === '')
    return (
      <p>
        <code>{address}</code> {unknown}
      </p>
    )
  return (
    <Facts
      facts={[
        [columns.address, <code key={address}>{address}</code>],
        [columns.asn, asn === 0 ? '' : `AS${asn}`],
        [columns.organisation, organisation],
        [columns.kind, kind === '' ? '' : kinds[kind]],
        [columns.country, country],
      ]}
    />
  )
}
