// The state of blind matching as lines: whom this station asks, what it met; at a hub its values and who asked how much.

import type { AskedHub, BlindState } from '../model/index.ts'
import type { Language, Words } from '../words/index.ts'
import { printable, table } from './output.ts'

type Said = { readonly words: Words; readonly language: Language }

export function blindLines({ asking, hits, hub }: BlindState, said: Said): readonly string[] {
  const say = said.words.blind
  const asked = asking.flatMap((one) => askedLines(one, said))
  const met = hits.map(({ id, peer, state, kind, value, events, last, note }) =>
    [String(id), peer, say.states[state], kind, value, String(events), shortTime(last), note].map(
      printable,
    ),
  )
  return [
    ...(asked.length === 0 && hub === null ? [say.asking.none] : asked),
    ...(met.length === 0 ? [] : [say.hits(met.length), table([[...say.hitColumns], ...met])]),
    ...(hub === null ? [] : hubLines(hub, say)),
  ]
}

function askedLines(hub: AskedHub, { words, language }: Said): readonly string[] {
  const say = words.blind.asking
  const { peer, isOn, tell, by, epoch, fingerprint, ends, asked, listed, problem } = hub
  if (!isOn) return [say.off(printable(peer))]
  return [
    printable(say.on(peer, words.blind.tell[tell], by ?? '')),
    ...(epoch === null ? [] : [say.keys(epoch, fingerprint ?? '', shortTime(ends ?? ''))]),
    say.counts(asked, listed),
    ...(problem === null ? [] : [printable(`   ${problem.sentence[language]}`)]),
  ]
}

function hubLines(
  { total, epoch, fingerprint, ends, members, sensitive }: NonNullable<BlindState['hub']>,
  say: Words['blind'],
): readonly string[] {
  const spent = members.map(({ peer, asked, budget, refused }) => [
    printable(peer),
    String(asked.address),
    String(budget.address),
    String(asked.other),
    String(budget.other),
    String(refused.address + refused.other),
  ])
  const values = sensitive.map(({ id, kind, value, marking, members: told, note }) =>
    [id, kind, value, marking, String(told), note].map(printable),
  )
  return [
    say.hub.title(total),
    ...(epoch === null ? [] : [say.hub.keys(epoch, fingerprint ?? '', shortTime(ends ?? ''))]),
    ...(spent.length === 0 ? [] : [table([[...say.hub.columns], ...spent])]),
    ...(values.length === 0 ? [] : [table([[...say.hub.valueColumns], ...values])]),
  ]
}

function shortTime(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}
