// Every zone and conduit with its fields; what is kept is a new version under the name of who keeps it.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormEvent } from 'react'
import type { ConduitEntry, ZoneEntry, ZonesFile } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { TextField } from '../../parts/fields.tsx'
import { Problem } from '../../parts/problem.tsx'
import { ConduitFields } from './conduit-fields.tsx'
import { ZoneFields } from './zone-fields.tsx'
import { ZONES, keepZones } from './zones-api.ts'

/** Entries keep a key of their own: names change while they are written. */
type Keyed<T> = T & { readonly key: number }

let next = 0
const keyed = <T,>(entry: T): Keyed<T> => ({ ...entry, key: next++ })
const plain = <T,>(entry: Keyed<T>) => {
  const { key: _, ...own } = entry
  return own
}

export function ZonesForm({ file, from }: { file: ZonesFile; from: number | null }) {
  const words = useRoomWords().zones.editor
  const zones = useEntries<ZoneEntry>(file.zones)
  const conduits = useEntries<ConduitEntry>(file.conduits)
  const { all } = zones
  return (
    <>
      <h2>{words.counted(all.length, conduits.all.length)}</h2>
      {all.map((zone) => (
        <ZoneFields key={zone.key} zone={zone} {...zones.of(zone.key)} />
      ))}
      <div className="row">
        <button type="button" onClick={() => zones.add(newZone(all.length))}>
          {words.addZone}
        </button>
      </div>
      {conduits.all.map((conduit) => (
        <ConduitFields
          key={conduit.key}
          conduit={conduit}
          zones={all}
          {...conduits.of(conduit.key)}
        />
      ))}
      <div className="row">
        <button
          type="button"
          onClick={() => conduits.add(newConduit(all))}
          disabled={all.length < 2}
        >
          {words.addConduit}
        </button>
      </div>
      <Keep
        send={(note) =>
          keepZones({
            plan: { zones: all.map(plain), conduits: conduits.all.map(plain) },
            note,
            from,
          })
        }
      />
    </>
  )
}

/** Entries that are being written. */
function useEntries<T>(given: readonly T[]) {
  const [all, set] = useState(() => given.map(keyed))
  return {
    all,
    add: (entry: T): void => set([...all, keyed(entry)]),
    of: (key: number) => ({
      change: (to: Partial<T>): void =>
        set(all.map((one) => (one.key === key ? { ...one, ...to } : one))),
      remove: (): void => set(all.filter((one) => one.key !== key)),
    }),
  }
}

function Keep({ send }: { send: (note: string) => Promise<unknown> }) {
  const words = useRoomWords().zones.editor
  const queries = useQueryClient()
  const [note, setNote] = useState('')
  const keep = useMutation({
    mutationFn: () => send(note),
    onSettled: () => queries.invalidateQueries({ queryKey: [ZONES] }),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    keep.mutate()
  }
  return (
    <form onSubmit={submit}>
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
