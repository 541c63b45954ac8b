// An exception has an owner, a reason, a protection and an end; its date stays in sight.

import type { Exposure } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { dayOf, endOfDay } from '../../parts/days.ts'
import { AreaField, TextField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import { EXPOSURE, except, revokeException } from './exposure-api.ts'

export function AskException({ of: { asset, vulnerability, owner } }: { of: Exposure }) {
  const words = useRoomWords().exposure
  const { exception } = words
  return (
    <ActForm
      title={exception.title}
      action={exception.go}
      refreshes={EXPOSURE}
      send={(form) =>
        except({
          asset,
          vulnerability,
          owner: formText(form, 'owner'),
          reason: formText(form, 'reason'),
          control: formText(form, 'control'),
          expires: endOfDay(formText(form, 'expires')) ?? '',
        })
      }
    >
      <TextField label={words.owner} name="owner" defaultValue={owner} required maxLength={200} />
      <AreaField label={exception.reason} name="reason" required minLength={10} />
      <AreaField label={exception.control} name="control" required minLength={10} />
      <TextField label={exception.expires} name="expires" type="date" required />
    </ActForm>
  )
}

export function EndException({ is }: { is: NonNullable<Exposure['exception']> }) {
  const { exception: words } = useRoomWords().exposure
  return (
    <>
      <p>
        <strong>{words.is(dayOf(is.expires), is.owner)}</strong> {is.reason}{' '}
        <span className="quiet">{is.control}</span>
      </p>
      <ActForm
        title={words.revoke}
        action={words.revoke}
        refreshes={EXPOSURE}
        send={() => revokeException(is.id)}
        said={() => words.ended}
      >
        {null}
      </ActForm>
    </>
  )
}
