// Joining a hub: the code shows the agreement; a named person accepts it.

import { useState } from 'react'
import type { JoinAnswer } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { AreaField, TextField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import { AgreementText } from './agreement-text.tsx'
import { SHARING, joinHub } from './share-api.ts'

const KEY_SHOWN = 16

type Shown = { readonly code: string; readonly answer: JoinAnswer }

export function JoinHub() {
  const { join: words } = useRoomWords().sharing
  const [shown, setShown] = useState<Shown | null>(null)
  const show = async (form: HTMLFormElement): Promise<void> => {
    const code = formText(form, 'code').trim()
    setShown({ code, answer: await joinHub({ code }) })
  }
  return (
    <>
      <ActForm
        title={words.title}
        action={words.show}
        refreshes={SHARING}
        send={show}
        said={() => null}
      >
        <p className="quiet">{words.how}</p>
        <AreaField label={words.code} name="code" required maxLength={2000} />
      </ActForm>
      {shown && <Agreement key={shown.answer.digest} shown={shown} />}
    </>
  )
}

function Agreement({ shown: { code, answer } }: { shown: Shown }) {
  const { join: words } = useRoomWords().sharing
  const { agreement, address, pin, digest } = answer
  const accept = (form: HTMLFormElement): Promise<JoinAnswer> => {
    const community = formText(form, 'community').trim()
    return joinHub({
      code,
      accept: digest,
      by: formText(form, 'by').trim(),
      ...(community === '' ? {} : { community }),
    })
  }
  return (
    <section>
      <h2>{words.with(agreement.hub.organisation, address, pin.slice(0, KEY_SHOWN))}</h2>
      <AgreementText text={agreement.text} lists={[[words.does, answer.terms]]} />
      <ActForm
        title={words.go}
        action={words.go}
        refreshes={SHARING}
        send={accept}
        said={({ joined }) => words.said(joined ?? '')}
      >
        <TextField label={words.by} name="by" required maxLength={200} />
        <TextField label={words.community} name="community" maxLength={200} />
      </ActForm>
    </section>
  )
}
