// One notice at the hub: what was seen, by which ways it was told, what was answered, and what a person can do.

import type { HubNotice } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useLanguage, useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { ActForm } from '../../parts/act-form.tsx'
import { SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import { PageLinks } from '../../parts/page-links.tsx'
import { Panel } from '../../parts/panel.tsx'
import { NOTICES, answerNotice, noteCall, sheetAddress } from './notice-api.ts'
import { SeenList } from './seen-list.tsx'

type Props = { notice: HubNotice; onClose: () => void }

export function NoticePanel({ notice, onClose }: Props) {
  const words = useRoomWords().notices
  const language = useLanguage()
  const { id, organisationName, class: of, state, unanswered } = notice
  return (
    <Panel label={words.detail} of={id} onClose={onClose}>
      <h2>{organisationName}</h2>
      <p>
        {words.classes[of]}: {unanswered ? words.unanswered : words.states[state]}
      </p>
      <SeenList notice={notice} />
      <Told notice={notice} />
      <p>
        <PageLinks label={words.sheet} address={sheetAddress(id, language)} name={id} />
      </p>
      <ActForm
        key={id}
        title={words.answer.title}
        action={words.answer.go}
        refreshes={NOTICES}
        send={(form) => answerNotice(id, answerIn(form))}
      >
        <SelectField label={words.answer.say} name="answer" options={optionsOf(words.answers)} />
        <TextField label={words.answer.by} name="by" maxLength={200} />
        <TextField label={words.answer.comment} name="comment" maxLength={1000} />
      </ActForm>
    </Panel>
  )
}

function answerIn(form: HTMLFormElement): object {
  const by = formText(form, 'by').trim()
  const rest = { answer: formText(form, 'answer'), comment: formText(form, 'comment') }
  return by === '' ? rest : { ...rest, by }
}

function Told({ notice: { id, state: standing, deliveries, log } }: Pick<Props, 'notice'>) {
  const words = useRoomWords().notices
  const format = useFormat()
  const isToCall = standing === 'told' && deliveries.some(({ state }) => state === 'to call')
  return (
    <>
      <h3>{words.deliveries}</h3>
      <ul>
        {deliveries.map(({ id: one, channel, contact, target, state, attempts, problem }) => (
          <li key={one}>
            {words.delivery(
              words.channels[channel],
              contact,
              target,
              words.deliveryStates[state],
              attempts,
            )}{' '}
            {problem !== null && <span className="quiet">{problem}</span>}
          </li>
        ))}
      </ul>
      {isToCall && (
        <div className="row">
          <ActButton label={words.reached} refreshes={NOTICES} act={() => noteCall(id, true)} />
          <ActButton label={words.notReached} refreshes={NOTICES} act={() => noteCall(id, false)} />
        </div>
      )}
      <h3>{words.log}</h3>
      <ul>
        {log.map(({ at, who, act, detail }) => (
          <li key={`${at} ${act}`}>
            {format.full(at)} {who}: {act} {detail}
          </li>
        ))}
      </ul>
    </>
  )
}
