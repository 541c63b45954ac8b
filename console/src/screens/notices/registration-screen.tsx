// What we registered, and which hubs have it.

import { useQuery } from '@tanstack/react-query'
import type { OwnRegistration } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { Facts } from '../../parts/facts.tsx'
import { stateOf } from '../../parts/room-frame.tsx'
import { ShareFrame } from '../sharing/share-frame.tsx'
import { ownQuery, register } from './notice-api.ts'
import { RegistrationForm } from './registration-form.tsx'
import { contactLine, holdingLine } from './registration-text.ts'

export function RegistrationScreen() {
  const { registration: words } = useRoomWords().notices
  const query = useQuery(ownQuery)
  const { data } = query
  return (
    <ShareFrame {...stateOf(query)}>
      {data && (
        <div>
          <p className="quiet">{words.how}</p>
          {data.registration === null ? <p>{words.none}</p> : <Registered own={data} />}
          <RegistrationForm
            key={data.made ?? ''}
            title={words.title}
            before={data.registration}
            send={register}
          />
        </div>
      )}
    </ShareFrame>
  )
}

function Registered({ own: { registration, by, made, told } }: { own: OwnRegistration }) {
  const { registration: words, sectors, regions } = useRoomWords().notices
  const format = useFormat()
  if (registration === null) return null
  const { name, sector, region, holdings, contacts } = registration
  const list = (lines: readonly string[]) => (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
  return (
    <section>
      <h2>{name}</h2>
      <p className="quiet">{words.by(by ?? '', made === null ? '' : format.full(made))}</p>
      <Facts
        facts={[
          [words.sector, sectors[sector]],
          [words.region, regions[region]],
        ]}
      />
      <h3>{words.holdings}</h3>
      {list(holdings.map(holdingLine))}
      <h3>{words.contacts}</h3>
      {list(contacts.map(contactLine))}
      {list(
        told.map(({ peer, at, problem }) =>
          words.told(peer, problem ?? (at === null ? words.waits : words.hasIt(format.full(at)))),
        ),
      )}
    </section>
  )
}
