// What lies in a sensor's inbox and is no log: a sensor keeps no exposure, so the file is for its station.

import type { Claim } from '../../collect/forward/index.ts'
import type { Language } from '../../words/index.ts'
import { wordsOf } from '../../words/index.ts'

export function sensorClaims(language: Language): Claim {
  const sentence = wordsOf(language).sensors.noLog
  return async ({ head }) => {
    // Loaded with the first file: most sensors never meet one, and are small.
    const { recogniseFile } = await import('../../exposure/recognise/index.ts')
    return recogniseFile(head) === undefined ? undefined : { kind: 'refused', sentence }
  }
}
