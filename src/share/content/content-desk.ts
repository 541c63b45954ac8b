// What a station can do with rules, analytics and checks of others; filled by whoever wires the rooms.

import type { Sightings } from '../member/sightings.ts'
import type { SharedContent } from './content-object.ts'
import type { UsedContent } from './used-content.ts'

export type OfferedContent = SharedContent & {
  readonly peer: string
  /** Id of the indicator it came as. */
  readonly object: string
}

export type Begun =
  | { readonly kind: 'looking'; readonly search: string }
  /** Asked again soon: it is being put in place, or another search is under way. */
  | { readonly kind: 'not yet' }
  | { readonly kind: 'cannot'; readonly reason: string }

export type Looked =
  | { readonly kind: 'running' }
  /** The process that looked ended: begun anew. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'failed'; readonly reason: string }
  | {
      readonly kind: 'done'
      readonly met: Sightings | undefined
      /** What was looked through; undefined where nothing is stored. */
      readonly span: { readonly fromMs: number; readonly toMs: number } | undefined
    }

export type ContentDesk = {
  /** As the station checks its own files, and stricter where another's could harm. A reason with its place; undefined = usable. */
  readonly check: (content: OfferedContent) => Promise<string | undefined>
  /** Puts in place what the records say is in use, and takes out the rest. Again is no error. */
  readonly put: () => Promise<void>
  /** Begins to look through what is stored, for all of one kind and hub at once; by object. */
  readonly look: (contents: readonly UsedContent[]) => Promise<ReadonlyMap<string, Begun>>
  readonly looked: (content: UsedContent, search: string) => Promise<Looked>
  /** What of a hub's content was met since it is in use, by object. */
  readonly met: (peer: string) => Promise<ReadonlyMap<string, Sightings>>
}
