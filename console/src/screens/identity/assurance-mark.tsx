// How well an account is guarded: by the weakest factor that still lets in.

import { useRoomWords } from '../../language.ts'
import type { RoomWords } from '../../language.ts'
import { StateMark } from '../../parts/state-mark.tsx'
import type { Tone } from '../../parts/state-mark.tsx'

const TONES = new Map<string, Tone>([
  ['bypass', 'bad'],
  ['none', 'bad'],
  ['unknown', 'unknown'],
  ['weak', 'bad'],
  ['strong', 'partly'],
  ['synced', 'good'],
  ['device', 'good'],
])

export function AssuranceMark({ is }: { is: string }) {
  const words = useRoomWords().identity
  return <StateMark tone={TONES.get(is) ?? 'unknown'}>{assuranceOf(words, is)}</StateMark>
}

export function assuranceOf({ terms }: RoomWords['identity'], is: string): string {
  return new Map(Object.entries(terms.assurance)).get(is) ?? is
}

export function kindOf({ terms }: RoomWords['identity'], is: string): string {
  return new Map(Object.entries(terms.kinds)).get(is) ?? is
}
