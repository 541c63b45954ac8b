// Cells of a list that a console saved, by column names that are the same whatever the console's language.

import type { Source } from './entra.ts'
import type { Json } from './row.ts'

export type Cells = ReadonlyMap<string, string>

/** Without blanks, signs and what stands in brackets. */
export function folded(heading: string): string {
  return heading
    .replaceAll(/\[[^\]]*\]|\([^)]*\)/g, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
}

/** What the same column is called in other consoles, and where their language is French. */
const SAME: ReadonlyMap<string, string> = new Map([
  ['nomdutilisateurprincipal', 'userprincipalname'],
  ['nomprincipaldelutilisateur', 'userprincipalname'],
  ['nomdaffichage', 'displayname'],
  ['nomdaffichagedelutilisateur', 'userdisplayname'],
  ['compteactivé', 'accountenabled'],
  ['iddobjet', 'objectid'],
  ['iddelobjet', 'objectid'],
  ['typedutilisateur', 'usertype'],
  ['créationdateheure', 'createddatetime'],
  ['datedecréation', 'createddatetime'],
  ['méthodesinscrites', 'methodsregistered'],
  ['méthodesenregistrées', 'methodsregistered'],
  ['multifactorauthenticationcapable', 'ismfacapable'],
  ['directorysynced', 'onpremisessyncenabled'],
])

export const columnOf = (heading: string): string => SAME.get(folded(heading)) ?? folded(heading)

export function said(cells: Cells, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = cells.get(name)?.trim()
    if (value !== undefined && value !== '') return value
  }
  return undefined
}

/** A row without what is not said. */
export function source(fields: Readonly<Record<string, Json | undefined>>): Source {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}

const isNever = (text: string | undefined) =>
  text === undefined || /^(?:never|jamais|n\/a|-)/iu.test(text)
/** `2026/08/01 10:00:00` as Google writes it. */
export function moment(text: string | undefined): string | undefined {
  if (isNever(text)) return undefined
  return text
    ?.replace(/^(\d{4})\/(\d\d)\/(\d\d)/u, '$1-$2-$3')
    .replace(/^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(?:UTC|GMT)?$/u, '$1T$2Z')
}
