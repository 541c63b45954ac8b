// A member's side of blind matching: its values leave blinded, the hub's answer must prove the pinned key, and what was met is
// known to the member alone.

import { ristretto255_oprf as suite } from '@noble/curves/ed25519.js'
import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import { openRecord, tagOf } from './epoch.ts'
import type { Evaluation, PublishedTag } from './epoch.ts'
import { blindInput } from './values.ts'
import type { BlindValue } from './values.ts'

export type BlindedBatch = {
  /** What goes to the hub. */
  readonly blinded: readonly Uint8Array[]
  /** What stays. */
  readonly kept: readonly {
    readonly of: BlindValue
    readonly input: Uint8Array
    readonly blind: Uint8Array
    readonly blinded: Uint8Array
  }[]
}

/** At most MOST_IN_BATCH values. */
export function blindBatch(values: readonly BlindValue[]): BlindedBatch {
  const kept = values.map((of) => {
    const input = blindInput(of)
    const { blind, blinded } = suite.voprf.blind(input)
    return { of, input, blind, blinded }
  })
  return { blinded: kept.map(({ blinded }) => blinded), kept }
}

export type Tagged = { readonly of: BlindValue; readonly tag: string; readonly key: Buffer }
export type AnswerFlaw = 'another number of answers' | 'not the pinned key'

/** Fails when the proof is not of the pinned key: such a hub would mark its members, or lies. */
export function openAnswer(
  { kept }: BlindedBatch,
  { evaluated, proof }: Evaluation,
  pinned: Uint8Array,
): Result<readonly Tagged[], AnswerFlaw> {
  if (evaluated.length !== kept.length) return failed('another number of answers')
  const items = kept.map(({ input, blind, blinded }, at) => ({
    input,
    blind,
    blinded,
    evaluated: evaluated[at] ?? new Uint8Array(),
  }))
  try {
    const outputs = suite.voprf.finalizeBatch(items, pinned, proof)
    return ok(kept.map(({ of }, at) => ({ of, ...tagOf(outputs[at] ?? new Uint8Array()) })))
  } catch {
    return failed('not the pinned key')
  }
}

export type BlindHit = { readonly of: BlindValue; readonly record: string }

/** What of one's own values stands in the hub's list. A tag without its record is a coincidence of padding. */
export function matchTags(
  tagged: readonly Tagged[],
  published: readonly PublishedTag[],
): readonly BlindHit[] {
  const byTag = new Map(published.map(({ tag, record }) => [tag, record]))
  return tagged.flatMap(({ of, tag, key }) => {
    const sealed = byTag.get(tag)
    const record = sealed === undefined ? undefined : openRecord(sealed, key)
    return record === undefined ? [] : [{ of, record }]
  })
}
