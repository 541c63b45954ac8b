// What a station reports of logins as lines, and at a hub what was opened.

import type { ThresholdHub, ThresholdState } from '../model/index.ts'
import type { Language, Words } from '../words/index.ts'
import { printable, table } from './output.ts'

type Said = { readonly words: Words; readonly language: Language }

export function thresholdLines({ hubs, hub }: ThresholdState, said: Said): readonly string[] {
  const say = said.words.threshold
  const own = hubs.flatMap((one) => ownLines(one, said))
  return [
    ...(own.length === 0 && hub === null ? [say.own.none] : own),
    ...(hub === null ? [] : hubLines(hub, say)),
  ]
}

function ownLines(
  {
    peer,
    isOn,
    by,
    terms,
    epoch,
    fingerprint,
    ends,
    reported,
    waiting,
    opened,
    problem,
  }: ThresholdHub,
  { words, language }: Said,
): readonly string[] {
  const say = words.threshold.own
  if (!isOn || terms === null) return [say.off(printable(peer))]
  const { least, holder } = terms
  return [
    printable(say.on(peer, least, holder.organisation, by ?? '')),
    say.counts(reported, waiting),
    ...(epoch === null ? [] : [say.key(epoch, fingerprint ?? '', shortTime(ends ?? ''))]),
    ...opened.map(({ address, logins, first, last }) =>
      say.opened(address, logins, shortTime(first), shortTime(last)),
    ),
    ...(problem === null ? [] : [printable(`   ${problem.sentence[language]}`)]),
  ]
}

function hubLines(
  { terms, members, closed, opened, key }: NonNullable<ThresholdState['hub']>,
  { hub: say }: Words['threshold'],
): readonly string[] {
  const rows = members.map(({ peer, by, group, reports }) =>
    [peer, by ?? '–', group, String(reports)].map(printable),
  )
  const open = opened.map((one) =>
    [
      one.address,
      shortTime(one.opened),
      shortTime(one.first),
      shortTime(one.last),
      one.members.join(', '),
      one.wrong.join(', '),
    ].map(printable),
  )
  const asked = (key?.asked ?? []).map((one) =>
    [one.peer, String(one.asked), String(one.refused)].map(printable),
  )
  return [
    terms === null ? say.none : printable(say.terms(terms.least, terms.holder.organisation)),
    ...(rows.length === 0 ? [] : [table([[...say.members], ...rows])]),
    ...closed.map(({ addresses, members: count }) => say.closed(addresses, count)),
    ...(open.length === 0 ? [] : [table([[...say.opened], ...open])]),
    ...(key === null ? [] : [say.holds(key.epoch, key.fingerprint, shortTime(key.ends))]),
    ...(asked.length === 0 ? [] : [table([[...say.asked], ...asked])]),
  ]
}

function shortTime(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}
