// The patterns of the parsers a batch may need, compiled and spelled so that none throws another out of the engine's memory.

import { PatternPlaces, inTurn, literal, patternKey } from '../../store/index.ts'
import type { EngineLane, PlacedList } from '../../store/index.ts'
import type { Candidate } from './route-sql.ts'

const places = new PatternPlaces()
/** Lists that some batch needed, by key. */
const needed = new Map<string, readonly string[]>()

/** The candidates with their patterns as they are spelled now. Costs something when a parser is met for the first time. */
export async function placeCandidates(
  lane: EngineLane,
  candidates: readonly Candidate[],
): Promise<readonly Candidate[]> {
  const keyed = candidates.map((candidate) => ({ candidate, key: keyOf(candidate.recognise) }))
  if (keyed.some(({ key }) => !places.isSettled(key))) {
    for (const { key, candidate } of keyed) needed.set(key, candidate.recognise)
    await inTurn(async () => {
      places.choose([...needed].map(([key, patterns]) => ({ key, patterns })))
      const lists = [...needed].map(([key, patterns]) => placed(key, patterns))
      await places.compile(lane, lists)
      await places.setApart(lane, lists)
    })
  }
  return keyed.map(({ candidate, key }) => ({
    ...candidate,
    recognise: places.spelled(key, candidate.recognise),
  }))
}

function placed(key: string, patterns: readonly string[]): PlacedList {
  const match = () =>
    `multiMatchAny(materialize('x'), [${places.spelled(key, patterns).map(literal).join(', ')}])`
  return { key, patterns, match }
}

const keys = new WeakMap<readonly string[], string>()

/** Parsers stay the same objects: their patterns are hashed once. */
function keyOf(patterns: readonly string[]): string {
  const key = keys.get(patterns) ?? patternKey(patterns)
  keys.set(patterns, key)
  return key
}
