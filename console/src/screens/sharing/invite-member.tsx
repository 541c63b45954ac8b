// A code for a station that is to join this hub.

import type { PeerInvited } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { Copy } from '../../parts/copy.tsx'
import { SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import { SHARING, invitePeer } from './share-api.ts'

export function InviteMember() {
  const { invite: words } = useRoomWords().sharing
  return (
    <ActForm
      title={words.title}
      action={words.go}
      refreshes={SHARING}
      send={invite}
      said={(invited) => <Code is={invited} />}
    >
      <TextField label={words.name} name="name" required maxLength={40} />
      <SelectField label={words.relation} name="relation" options={optionsOf(words.relations)} />
      <SelectField label={words.approval} name="approval" options={optionsOf(words.approvals)} />
      <SelectField label={words.content} name="content" options={optionsOf(words.contents)} />
      <TextField label={words.address} name="address" maxLength={300} />
    </ActForm>
  )
}

function invite(form: HTMLFormElement): Promise<PeerInvited> {
  const address = formText(form, 'address').trim()
  return invitePeer({
    name: formText(form, 'name').trim(),
    relation: formText(form, 'relation'),
    approval: formText(form, 'approval'),
    content: formText(form, 'content'),
    ...(address === '' ? {} : { address }),
  })
}

function Code({ is: { code } }: { is: PeerInvited }) {
  const { invite: words } = useRoomWords().sharing
  return (
    <>
      <p>{words.code}</p>
      <div className="row">
        <code>{code}</code>
        <Copy text={code} />
      </div>
    </>
  )
}
