// One campaign: how many, where, since when; why it belongs together; what analysts do with it.

import { useQuery } from '@tanstack/react-query'
import type { CampaignDetail } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useLanguage, useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { PageLinks } from '../../parts/page-links.tsx'
import { Panel } from '../../parts/panel.tsx'
import { CAMPAIGNS, act, campaignQuery, pageAddress, undo } from './campaign-api.ts'
import { ScopePart } from './scope-part.tsx'

export function CampaignPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { campaigns: words } = useRoomWords().notices
  const language = useLanguage()
  const { data } = useQuery(campaignQuery(id))
  return (
    <Panel label={words.detail} of={id} onClose={onClose}>
      {data && (
        <>
          <h2>{data.name}</h2>
          <p>{words.states[data.state]}</p>
          <div className="row">
            {data.state === 'proposed' && (
              <ActButton
                label={words.confirm}
                refreshes={CAMPAIGNS}
                act={() => act({ act: 'confirm', campaign: id })}
              />
            )}
            {data.state !== 'dismissed' && (
              <ActButton
                label={words.dismiss}
                refreshes={CAMPAIGNS}
                act={() => act({ act: 'dismiss', campaign: id })}
              />
            )}
          </div>
          <ScopePart campaign={data} />
          <p className="row">
            <PageLinks
              label={words.print}
              address={pageAddress(id, language, false)}
              name={`campaign-${language}`}
            />
            <PageLinks
              label={words.printOthers}
              address={pageAddress(id, language, true)}
              name={`campaign-others-${language}`}
            />
          </p>
          <Why campaign={data} />
          <Members campaign={data} />
          <Acts campaign={data} />
        </>
      )}
    </Panel>
  )
}

type Part = { campaign: CampaignDetail }

function Why({ campaign: { id, shared, similar } }: Part) {
  const { campaigns: words } = useRoomWords().notices
  return (
    <>
      <h3>{words.page.shared}</h3>
      <ul>
        {shared.map((one) => (
          <li key={`${one.kind} ${one.value}`}>{words.why(words.features[one.kind], one)}</li>
        ))}
      </ul>
      {similar.map(({ id: other, name, why }) => (
        <div key={other} className="row">
          <ActButton
            label={words.merge(name)}
            refreshes={CAMPAIGNS}
            act={() => act({ act: 'merge', campaign: id, into: other })}
          />
          <span className="quiet">
            {why.map((one) => words.why(words.features[one.kind], one)).join('; ')}
          </span>
        </div>
      ))}
    </>
  )
}

function Members({ campaign: { id, members, scope } }: Part) {
  const { campaigns: words } = useRoomWords().notices
  const format = useFormat()
  return (
    <>
      <h3>{words.members}</h3>
      <ul>
        {members.map(({ report, name, first, note }) => (
          <li key={report}>
            {name}, {format.time(first)} <span className="quiet">{note}</span>
            {members.length > 1 && (
              <ActButton
                label={words.split}
                refreshes={CAMPAIGNS}
                act={() => act({ act: 'split', campaign: id, reports: [report] })}
              />
            )}
          </li>
        ))}
      </ul>
      {scope.silent.length > 0 && (
        <>
          <h3>{words.silent}</h3>
          <ul>
            {scope.silent.map((one) => (
              <li key={one.id}>{one.name}</li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function Acts({ campaign: { acts } }: Part) {
  const { campaigns: words } = useRoomWords().notices
  const format = useFormat()
  const names: Readonly<Record<string, string>> = words.acts
  if (acts.length === 0) return null
  return (
    <>
      <h3>{words.acted}</h3>
      <ul>
        {acts.map(({ id, at, who, act: what, undone }) => (
          <li key={id}>
            {format.full(at)} {who}: {undone ? <s>{names[what] ?? what}</s> : (names[what] ?? what)}
            {!undone && <ActButton label={words.undo} refreshes={CAMPAIGNS} act={() => undo(id)} />}
          </li>
        ))}
      </ul>
    </>
  )
}
