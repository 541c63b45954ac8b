// One item that is watched first: why, whom to call, and the decision of a person.

import type { CriticalItem } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { AreaField, SelectField, TextField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import { Panel } from '../../parts/panel.tsx'
import { IDENTITY, decide } from './identity-api.ts'
import { DecisionMark, reasonsOf } from './use-critical-columns.tsx'

export function CriticalPanel({ item, onClose }: { item: CriticalItem; onClose: () => void }) {
  const words = useRoomWords().identity.critical
  return (
    <Panel label={words.detail} of={item.id} onClose={onClose}>
      <DecisionMark is={item.state} />
      <h2>
        {item.band} {item.name}
      </h2>
      <ul>
        {reasonsOf(words, item).map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {item.reason !== null && <p>{item.reason}</p>}
      <Decide key={item.id} item={item} />
      <Ladder item={item} />
    </Panel>
  )
}

function Ladder({ item: { ladder, sources, seenSources } }: { item: CriticalItem }) {
  const words = useRoomWords().identity.critical
  return (
    <>
      {ladder.length > 0 && (
        <section className={layout.section}>
          <h3>{words.ladder}</h3>
          <ol>
            {ladder.map(({ who, how, afterMinutes }) => (
              <li key={`${who} ${how}`}>
                {who}, <span className="mono">{how}</span>{' '}
                <span className="quiet">{words.after(afterMinutes)}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
      {sources.length > 0 && (
        <section className={layout.section}>
          <h3>{words.watched}</h3>
          <p className="mono">{sources.join(', ')}</p>
        </section>
      )}
      {seenSources.length > 0 && (
        <section className={layout.section}>
          <h3>{words.seenSources}</h3>
          <p className="mono">{seenSources.join(', ')}</p>
        </section>
      )}
    </>
  )
}

const BANDS = ['C1', 'C2', 'C3', 'C4']

function Decide({ item }: { item: CriticalItem }) {
  const { decide: words } = useRoomWords().identity.critical
  return (
    <ActForm
      title={words.title}
      action={words.go}
      refreshes={IDENTITY}
      send={(form) => decide(item.id, decisionOf(form, item))}
    >
      <SelectField
        label={words.state}
        name="state"
        options={[
          { value: 'confirmed', label: words.confirm },
          { value: 'refused', label: words.refuse },
        ]}
      />
      <SelectField
        label={words.band}
        name="band"
        defaultValue={item.band}
        options={BANDS.map((band) => ({ value: band, label: band }))}
      />
      <TextField label={words.owner} name="owner" defaultValue={item.owner ?? ''} />
      <AreaField
        label={words.people}
        name="people"
        title={words.peopleHow}
        placeholder={words.peopleHow}
        defaultValue={item.ladder.map(({ who, how }) => `${who}, ${how}`).join('\n')}
      />
      <AreaField label={words.sources} name="sources" defaultValue={item.sources.join('\n')} />
      <AreaField label={words.reason} name="reason" defaultValue={item.reason ?? ''} />
    </ActForm>
  )
}

function decisionOf(form: HTMLFormElement, { ladder, sources: before }: CriticalItem): object {
  const [owner, reason] = [formText(form, 'owner'), formText(form, 'reason')]
  const people = linesOf(form, 'people').flatMap((line) => {
    const [who = '', ...how] = line.split(',')
    return who.trim() === '' || how.length === 0
      ? []
      : [{ who: who.trim(), how: how.join(',').trim() }]
  })
  const sources = linesOf(form, 'sources')
  return {
    state: formText(form, 'state'),
    band: formText(form, 'band'),
    ...(owner !== '' && { owner }),
    ...(reason !== '' && { reason }),
    ...(people.length + ladder.length > 0 && { people }),
    ...(sources.length + before.length > 0 && { sources }),
  }
}

function linesOf(form: HTMLFormElement, name: string): readonly string[] {
  return formText(form, name)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
