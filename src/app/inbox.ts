// What lies in the inbox and is no log: reports of scanners and lists of vulnerabilities go where `vigie exposure` takes them.

import type { Claim } from '../collect/index.ts'
import { isVigieError } from '../core/index.ts'
import type { ExposureRoom } from '../exposure/index.ts'
import { recogniseFile } from '../exposure/recognise/index.ts'
import type { Recognised } from '../exposure/recognise/index.ts'
import { ScanAskSchema } from '../model/index.ts'
import type { Language } from '../words/index.ts'
import { describeError, wordsOf } from '../words/index.ts'

type ClaimContext = {
  readonly exposure: Pick<ExposureRoom, 'importScan' | 'loadKnowledge'>
  readonly language: Language
  readonly onNote: (sentence: string) => void
}

/** Whoever it is by in the history of imports: nobody signed in. */
const WHO = 'inbox'
/** Longest name that an import keeps. */
const NAME = 300

/**
 * Nobody said of what lies in the inbox that it looked at everything, or from where: so it closes nothing, and what it reached counts as
 * seen from within.
 */
export function exposureClaims({ exposure, language, onNote }: ClaimContext): Claim {
  const say = wordsOf(language).exposure
  const told = async (kind: Recognised, file: string, bytes: AsyncIterable<Uint8Array>) => {
    if (kind === 'scan') {
      const made = await exposure.importScan(bytes, ScanAskSchema.parse({ file }), WHO)
      const problems = made.problems.map((one) => one[language])
      return [say.imported(made.tool, made.findings, made.assets), ...problems]
    }
    const loaded = await exposure.loadKnowledge(bytes, file, WHO)
    return loaded.map(({ feed: { name, dated }, read, unchanged }) => {
      const day = dated.slice(0, 10)
      return unchanged ? say.unchanged(name, day) : say.loaded(name, day, read)
    })
  }
  return async ({ name, head, bytes }) => {
    const kind = recogniseFile(head)
    if (kind === undefined) return undefined
    const file = name.slice(-NAME)
    try {
      onNote(`inbox/${name}: ${(await told(kind, file, bytes())).join('; ')}`)
      return { kind: 'taken' }
    } catch (cause) {
      if (!isRefused(cause)) throw cause
      const sentence = describeError(cause, language)
      onNote(`inbox/${name}: ${sentence}`)
      return { kind: 'refused', sentence }
    }
  }
}

/** The file's own fault: trying again changes nothing. */
function isRefused(cause: unknown): boolean {
  return isVigieError(cause) && ['EXPOSURE_FILE_REFUSED', 'FEED_GOES_BACK'].includes(cause.code)
}
