// Every zone and conduit with its fields; what is kept is a new version under the name of who keeps it.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormEvent } from 'react'
import type { ConduitEntry, ZoneEntry, ZonesFile } from '../../api-types.ts'
import { useWords } from '../../language.ts'
import { AreaField, SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { Problem } from '../../parts/problem.tsx'
import { ZONES, keepZones } from './zones-api.ts'
import styles from './zones.module.css'

/** Entries keep a key of their own: names change while they are written. */
type Keyed<T> = T & { readonly key: number }

let next = 0
const keyed = <T,>(entry: T): Keyed<T> => ({ ...entry, key: next++ })
const plain = <T,>({ key: _, ...entry }: Keyed<T>) => entry

const wordsIn = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '')
const linesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

export function ZonesForm({ file, from }: { file: ZonesFile; from: number | null }) {
  const words = useWords().zones.editor
  const queries = useQueryClient()
  const [zones, setZones] = useState(() => file.zones.map(keyed))
  const [conduits, setConduits] = useState(() => file.conduits.map(keyed))
  const [note, setNote] = useState('')
  const keep = useMutation({
    mutationFn: () =>
      keepZones({ plan: { zones: zones.map(plain), conduits: conduits.map(plain) }, note, from }),
    onSettled: () => queries.invalidateQueries({ queryKey: [ZONES] }),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    keep.mutate()
  }
  return (
    <form onSubmit={submit}>
      <h2>{words.counted(zones.length, conduits.length)}</h2>
      {zones.map((zone) => (
        <ZoneFields
          key={zone.key}
          zone={zone}
          change={(to) =>
            setZones(zones.map((one) => (one.key === zone.key ? { ...one, ...to } : one)))
          }
          remove={() => setZones(zones.filter(({ key }) => key !== zone.key))}
        />
      ))}
      <button type="button" onClick={() => setZones([...zones, keyed(newZone(zones.length))])}>
        {words.addZone}
      </button>
      {conduits.map((conduit) => (
        <ConduitFields
          key={conduit.key}
          conduit={conduit}
          zones={zones}
          change={(to) =>
            setConduits(conduits.map((one) => (one.key === conduit.key ? { ...one, ...to } : one)))
          }
          remove={() => setConduits(conduits.filter(({ key }) => key !== conduit.key))}
        />
      ))}
      <div className="row">
        <button
          type="button"
          onClick={() => setConduits([...conduits, keyed(newConduit(zones))])}
          disabled={zones.length < 2}
        >
          {words.addConduit}
        </button>
      </div>
      <TextField
        label={words.note}
        name="note"
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className="row">
        <button type="submit" className="main" disabled={keep.isPending}>
          {words.keep}
        </button>
        <span role="status">{keep.isSuccess && words.kept}</span>
      </div>
      {keep.error && <Problem error={keep.error} />}
    </form>
  )
}

function newZone(count: number): ZoneEntry {
  const id = `zone-${count + 1}`
  const nothing = { prefixes: [], interfaces: [], purdue: null, targetLevel: null, suggestedBy: '' }
  return { id, name: id, kind: 'undecided', ...nothing }
}

function newConduit([from, to]: readonly ZoneEntry[]): ConduitEntry {
  const nothing = { allow: [], owner: '', justification: '', expires: '' }
  return { from: from?.id ?? '', to: to?.id ?? '', ...nothing }
}

type Editing<T> = { change: (to: Partial<T>) => void; remove: () => void }

function ZoneFields({ zone, change, remove }: Editing<ZoneEntry> & { zone: ZoneEntry }) {
  const { editor: words, kinds } = useWords().zones
  return (
    <fieldset className={styles.entry}>
      <legend>{words.zone(zone.name)}</legend>
      <TextField
        label={words.name}
        name="name"
        value={zone.name}
        required
        maxLength={200}
        onChange={(event) => change({ name: event.target.value })}
      />
      <TextField
        label={words.id}
        name="id"
        value={zone.id}
        required
        pattern="[a-z0-9][a-z0-9\-]*"
        maxLength={64}
        onChange={(event) => change({ id: event.target.value })}
      />
      <SelectField
        label={words.kind}
        name="kind"
        value={zone.kind}
        options={optionsOf(kinds)}
        onChange={(event) => change({ kind: event.target.value, suggestedBy: '' })}
      />
      <AreaField
        label={words.prefixes}
        name="prefixes"
        rows={2}
        defaultValue={zone.prefixes.join(' ')}
        onChange={(event) => change({ prefixes: wordsIn(event.target.value) })}
      />
      <AreaField
        label={words.interfaces}
        name="interfaces"
        rows={2}
        defaultValue={zone.interfaces.join('\n')}
        onChange={(event) => change({ interfaces: linesIn(event.target.value) })}
      />
      <button type="button" onClick={remove} aria-label={words.removeOne(zone.name)}>
        {words.remove}
      </button>
      {zone.suggestedBy !== '' && (
        <span className="quiet">{words.suggestedBy(zone.suggestedBy)}</span>
      )}
    </fieldset>
  )
}

function ConduitFields({
  conduit,
  zones,
  change,
  remove,
}: Editing<ConduitEntry> & { conduit: ConduitEntry; zones: readonly ZoneEntry[] }) {
  const words = useWords().zones.editor
  const options = zones.map(({ id, name }) => ({ value: id, label: name }))
  const nameOf = (id: string) => zones.find((zone) => zone.id === id)?.name ?? id
  const title = words.conduit(nameOf(conduit.from), nameOf(conduit.to))
  return (
    <fieldset className={styles.entry}>
      <legend>{title}</legend>
      {(['from', 'to'] as const).map((side) => (
        <SelectField
          key={side}
          label={words[side]}
          name={side}
          value={conduit[side]}
          options={options}
          onChange={(event) => change({ [side]: event.target.value })}
        />
      ))}
      <TextField
        label={words.allow}
        name="allow"
        defaultValue={conduit.allow.join(' ')}
        required
        onChange={(event) => change({ allow: wordsIn(event.target.value) })}
      />
      {(['owner', 'justification'] as const).map((field) => (
        <TextField
          key={field}
          label={words[field]}
          name={field}
          value={conduit[field]}
          maxLength={500}
          onChange={(event) => change({ [field]: event.target.value })}
        />
      ))}
      <TextField
        label={words.expires}
        name="expires"
        type="date"
        value={conduit.expires}
        onChange={(event) => change({ expires: event.target.value })}
      />
      <button type="button" onClick={remove} aria-label={words.removeOne(title)}>
        {words.remove}
      </button>
    </fieldset>
  )
}
