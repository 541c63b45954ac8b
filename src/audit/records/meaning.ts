// What a configuration says, in one digest: volatile lines, comments and order that says nothing aside.

import { createHash } from 'node:crypto'
import { canonical } from '../diff/apply-changes.ts'
import type { ConfigView } from '../diff/view-node.ts'

export function meaningDigest({ root }: ConfigView): string {
  return digest(JSON.stringify(canonical(root)))
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
