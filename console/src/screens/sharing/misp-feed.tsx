// What a member would get as a MISP feed, shown before it is handed out as a file; by the hub's port it gets the same.

import { useState } from 'react'
import type { MispPreview, ShareState } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { ActForm } from '../../parts/act-form.tsx'
import { SelectField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import { Table } from '../../parts/table.tsx'
import { SHARING, mispFeed, mispPreview } from './share-api.ts'

export function MispFeed({ peers }: { peers: ShareState['peers'] }) {
  const { misp: words } = useRoomWords().sharing.given
  const [looked, setLooked] = useState<MispPreview | null>(null)
  const members = peers.filter(({ role, state }) => role === 'member' && state === 'joined')
  if (members.length === 0) return null
  return (
    <>
      <ActForm
        title={words.title}
        action={words.look}
        refreshes={SHARING}
        send={async (form) => setLooked(await mispPreview(formText(form, 'peer')))}
        said={() => null}
      >
        <p className="quiet">{words.how}</p>
        <SelectField
          label={words.member}
          name="peer"
          options={members.map(({ name, organisation }) => ({
            value: name,
            label: `${name} (${organisation})`,
          }))}
        />
      </ActForm>
      {looked && <WouldLeave key={looked.peer} preview={looked} />}
    </>
  )
}

function WouldLeave({ preview }: { preview: MispPreview }) {
  const { misp: words } = useRoomWords().sharing.given
  const { reason } = useRoomWords().sharing
  const format = useFormat()
  const { peer, indicators, attributes, events, withheld, first, isCut } = preview
  return (
    <section>
      <p role="status">
        {words.would(
          peer,
          format.number(indicators),
          format.number(attributes),
          format.number(events),
        )}
      </p>
      {withheld.length > 0 && (
        <ul>
          {withheld.map(({ rule, count }) => (
            <li key={rule}>
              {words.withheld(format.number(count))} {reason(rule)}
            </li>
          ))}
        </ul>
      )}
      {isCut && <p>{words.cut}</p>}
      <Table
        title={words.first}
        none={words.none}
        columns={words.columns}
        rows={first.map(({ uuid, type, value, deleted, Tag }) => ({
          key: uuid,
          cells: [
            <code key="value">{value}</code>,
            type,
            Tag.map(({ name }) => name).join(', '),
            deleted ? words.deleted : '',
          ],
        }))}
      />
      {events > 0 && (
        <ActButton label={words.go(peer)} refreshes={SHARING} act={() => download(peer)} />
      )}
    </section>
  )
}

/** All events as one file, as MISP imports them. */
async function download(peer: string): Promise<void> {
  const { events } = await mispFeed(peer)
  const blob = new Blob([JSON.stringify({ response: events })], { type: 'application/json' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = `misp-${peer}.json`
  link.click()
  URL.revokeObjectURL(link.href)
}
