// Who is registered at this hub, and claims that wait for a person.

import { useQuery } from '@tanstack/react-query'
import { useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { NOTICES, confirmAll, enter, organisationsQuery } from './notice-api.ts'
import { RegistrationForm } from './registration-form.tsx'
import { holdingLine } from './registration-text.ts'

export function Organisations() {
  const words = useRoomWords().notices
  const { data } = useQuery(organisationsQuery)
  return (
    <>
      <RegistrationForm title={words.enter} before={null} send={enter} />
      {data && data.organisations.length > 0 && (
        <details>
          <summary>
            {words.organisations} ({data.organisations.length})
          </summary>
          <ul>
            {data.organisations.map((one) => {
              const open = one.holdings.filter(({ confirmed }) => confirmed === null)
              return (
                <li key={one.id}>
                  {one.name}, {words.regions[one.region]}:{' '}
                  {one.holdings.map(holdingLine).join(', ')}
                  {open.length > 0 && (
                    <div className="row">
                      <strong>{words.unconfirmed(open.length)}</strong>
                      <ActButton
                        label={words.confirm}
                        refreshes={NOTICES}
                        act={() => confirmAll(one.id)}
                      />
                    </div>
                  )}
                </li>
              )
            })}
          </ul>
        </details>
      )}
    </>
  )
}
