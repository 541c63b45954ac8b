// Another agreement in place of the one that holds: a hub offers it, a named person of the member reads and accepts it.

import type { SharePeer } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import { AgreementText } from './agreement-text.tsx'
import { SHARING, acceptOffer, renewPeer } from './share-api.ts'

const DAYS = '365'

/** At a hub, of a member that is joined. */
export function OfferAgreement({ peer: { name, offer } }: { peer: SharePeer }) {
  const { invite, renew: words } = useRoomWords().sharing
  const send = (form: HTMLFormElement): Promise<unknown> =>
    renewPeer(name, {
      relation: formText(form, 'relation'),
      approval: formText(form, 'approval'),
      content: formText(form, 'content'),
      days: Number(formText(form, 'days')),
    })
  return (
    <>
      {offer && (
        <section className={layout.section}>
          <h3>{words.waiting}</h3>
          <AgreementText text={offer.text} lists={[[words.does, offer.terms]]} />
        </section>
      )}
      <ActForm
        key={name}
        title={words.title}
        action={words.go}
        refreshes={SHARING}
        send={send}
        said={() => words.said}
      >
        <p className="quiet">{words.how}</p>
        <SelectField
          label={invite.relation}
          name="relation"
          options={optionsOf(invite.relations)}
        />
        <SelectField
          label={invite.approval}
          name="approval"
          options={optionsOf(invite.approvals)}
        />
        <SelectField label={invite.content} name="content" options={optionsOf(invite.contents)} />
        <TextField
          label={words.days}
          name="days"
          type="number"
          min={1}
          max={3660}
          defaultValue={DAYS}
          required
        />
      </ActForm>
    </>
  )
}

type Offered = { name: string; organisation: string; offer: NonNullable<SharePeer['offer']> }

/** At a member, of a hub that offers another agreement. */
export function AcceptAgreement({ name, organisation, offer }: Offered) {
  const { renew: words } = useRoomWords().sharing
  const send = (form: HTMLFormElement): Promise<unknown> =>
    acceptOffer(name, { accept: offer.digest, by: formText(form, 'by').trim() })
  return (
    <section className={layout.section} key={offer.digest}>
      <h3>{words.offered(organisation || name)}</h3>
      <AgreementText
        text={offer.text}
        lists={[
          [words.does, offer.terms],
          [words.former, offer.former],
        ]}
      />
      <ActForm
        title={words.accept}
        action={words.accept}
        refreshes={SHARING}
        send={send}
        said={() => words.accepted}
      >
        <TextField label={words.by} name="by" required maxLength={200} />
      </ActForm>
    </section>
  )
}
