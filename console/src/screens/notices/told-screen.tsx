// What hubs told us: what was seen, what to do first, and the buttons that answer.

import { useQuery } from '@tanstack/react-query'
import type { ToldNotice } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { stateOf } from '../../parts/room-frame.tsx'
import { ShareFrame } from '../sharing/share-frame.tsx'
import { NOTICES, answerTold, toldQuery } from './notice-api.ts'
import { SeenList } from './seen-list.tsx'

export function ToldScreen() {
  const { told: words } = useRoomWords().notices
  const query = useQuery(toldQuery)
  const { data } = query
  return (
    <ShareFrame {...stateOf(query)}>
      {data?.told.length === 0 && <p>{words.none}</p>}
      <div>
        {data?.told.map((one) => (
          <Told key={`${one.peer} ${one.id}`} notice={one} />
        ))}
      </div>
    </ShareFrame>
  )
}

const ANSWERS = ['acknowledged', 'confirmed', 'fixed', 'not ours', 'false positive'] as const

function Told({ notice }: { notice: ToldNotice }) {
  const words = useRoomWords().notices
  const format = useFormat()
  const { id, peer, class: of, state, made, answerBy, answers } = notice
  const isOpen = state !== 'closed' && state !== 'fixed'
  return (
    <article aria-label={`${words.classes[of]} ${id}`}>
      <h2>
        {words.classes[of]} <span className="quiet">{id}</span>
      </h2>
      <p>
        {words.told.from(peer)}, {format.full(made)}.{' '}
        {answerBy !== null && answers.length === 0 && (
          <strong>{words.told.by(format.full(answerBy))}.</strong>
        )}
      </p>
      <SeenList notice={notice} />
      <h3>{words.first}</h3>
      <ol>
        {words.steps[of].map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {answers.map(({ answer, by, at, sent }) => (
        <p key={at}>
          {(sent === null ? words.told.unsent : words.told.sent)(words.answers[answer], by)}
        </p>
      ))}
      {isOpen && (
        <div className="row">
          {ANSWERS.map((answer) => (
            <ActButton
              key={answer}
              label={words.answers[answer]}
              refreshes={NOTICES}
              act={() => answerTold(id, answer)}
            />
          ))}
        </div>
      )}
    </article>
  )
}
