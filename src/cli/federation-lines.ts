// The score card of an exercise of the federation as text.

import type { FederationCard } from '../app/federation/card.ts'
import { decimal } from '../words/index.ts'
import type { Language, Words } from '../words/index.ts'
import { printable, table } from './output.ts'

type Reader = { readonly words: Words; readonly language: Language }

export function federationLines(card: FederationCard, reader: Reader): readonly string[] {
  const { federation: say } = reader.words.exercise
  const { memoryMib } = card
  const seconds = (value: number) => say.seconds(decimal(reader.language, value))
  const steps = card.steps.map(({ step, seconds: took, mostSeconds, isSo }) => [
    isSo ? say.so : say.not,
    say.steps[step],
    took === null ? '–' : seconds(took),
    mostSeconds === 0 ? '' : say.atMost(seconds(mostSeconds)),
  ])
  const misdeeds = card.misdeeds.map(({ misdeed, became, isHarmless }) => [
    isHarmless ? say.so : say.not,
    say.misdeeds[misdeed],
    printable(became),
  ])
  return [
    say.title(card.hubs, card.stations),
    table(steps),
    '',
    say.misdeedsTitle,
    table(misdeeds),
    '',
    ...(memoryMib === null ? [] : [say.memory(memoryMib.all, memoryMib.most)]),
    card.isSo ? say.allSo : say.notAllSo,
  ]
}
