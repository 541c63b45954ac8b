// A package of content under the signature of the station's authority. Both sides read it by the same rules.

import { X509Certificate, sign, verify } from 'node:crypto'
import type { KeyLike } from 'node:crypto'
import type { SensorContent } from '../../model/index.ts'
import { SealedContentSchema, SensorContentSchema } from '../../model/sensor-content.ts'

/** In front of what is signed: the authority's key signs certificates too, and no certificate begins so. */
const PURPOSE = 'vigie sensor content 1\n'

export type ContentProblem = 'damaged' | 'not_signed' | 'older'

export type OpenedContent =
  | { readonly ok: true; readonly content: SensorContent }
  | { readonly ok: false; readonly problem: ContentProblem }

export function sealContent(content: SensorContent, authorityKey: KeyLike): string {
  const text = JSON.stringify(content)
  const signature = sign('sha256', Buffer.from(PURPOSE + text), authorityKey).toString('base64')
  return JSON.stringify({ content: text, signature })
}

/** `authority` is the PEM certificate that the sensor was enrolled with. Nothing is read before the signature holds. */
export function openContent(sealed: string, authority: string): OpenedContent {
  const outer = SealedContentSchema.safeParse(jsonOf(sealed))
  if (!outer.success) return { ok: false, problem: 'damaged' }
  const { content: text, signature } = outer.data
  const { publicKey } = new X509Certificate(authority)
  const signed = Buffer.from(PURPOSE + text)
  if (!verify('sha256', signed, publicKey, Buffer.from(signature, 'base64')))
    return { ok: false, problem: 'not_signed' }
  const content = SensorContentSchema.safeParse(jsonOf(text))
  return content.success ? { ok: true, content: content.data } : { ok: false, problem: 'damaged' }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
