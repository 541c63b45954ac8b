// Content of a hub that is in use.

import type { ContentKind } from '../../model/index.ts'

export type UsedContent = {
  readonly peer: string
  readonly object: string
  readonly version: string
  readonly kind: ContentKind
  readonly name: string
  readonly text: string
}
