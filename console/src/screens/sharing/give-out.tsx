// Indicators for members: first exactly what would leave and who would see it, then the button.

import { useState } from 'react'
import type { Preview, Published } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { CheckField, SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { formFile, formText } from '../../parts/form-text.ts'
import { SHARING, previewOf, publish } from './share-api.ts'
import type { Giving } from './share-api.ts'

type Looked = { readonly giving: Giving; readonly preview: Preview; readonly at: number }

export function GiveOut() {
  const { preview: words } = useRoomWords().sharing.given
  const [looked, setLooked] = useState<Looked | null>(null)
  const look = async (form: HTMLFormElement): Promise<void> => {
    const giving: Giving = {
      file: formFile(form, 'file'),
      marking: formText(form, 'marking'),
      priority: formText(form, 'urgent') === '' ? 'routine' : 'urgent',
    }
    setLooked({ giving, preview: await previewOf(giving), at: Date.now() })
  }
  return (
    <>
      <ActForm
        title={words.title}
        action={words.look}
        refreshes={SHARING}
        send={look}
        said={() => null}
      >
        <p className="quiet">{words.how}</p>
        <TextField label={words.file} name="file" type="file" required />
        <SelectField label={words.marking} name="marking" options={optionsOf(words.markings)} />
        <CheckField label={words.urgent} name="urgent" />
      </ActForm>
      {looked && <WouldLeave key={looked.at} looked={looked} />}
    </>
  )
}

function WouldLeave({ looked: { giving, preview } }: { looked: Looked }) {
  const { preview: words } = useRoomWords().sharing.given
  const { objects, refused, more } = preview
  return (
    <section>
      <ol>
        {objects.map((one) => (
          <li key={one.id}>
            <OneObject one={one} />
          </li>
        ))}
      </ol>
      {more && <p>{words.more}</p>}
      {refused.length > 0 && <p>{words.refused}</p>}
      <ul>
        {refused.map(({ id, reason }) => (
          <li key={id}>
            {id}: {reason}
          </li>
        ))}
      </ul>
      {objects.length > 0 && (
        <ActForm
          title={words.go}
          action={words.go}
          refreshes={SHARING}
          send={() => publish(giving)}
          said={({ added, known }: Published) => words.said(added, known)}
        >
          {null}
        </ActForm>
      )}
    </section>
  )
}

function OneObject({ one: { body, peers } }: { one: Preview['objects'][number] }) {
  const { preview: words } = useRoomWords().sharing.given
  return (
    <>
      <pre>{JSON.stringify(body, null, 2)}</pre>
      {peers.length === 0 && <p>{words.nobody}</p>}
      <ul>
        {peers.map(({ peer, verdict, reasons }) => (
          <li key={peer}>
            {verdict === 'send'
              ? words.yes(peer)
              : words.no(peer, reasons.map(({ rule, about }) => `${rule} ${about}`).join(', '))}
          </li>
        ))}
      </ul>
    </>
  )
}
