// What is asked of a process that reckons, and what it answers.

import type { Asked, Evaluation, KeyPair } from './voprf.ts'

export type Job =
  | { readonly kind: 'blind'; readonly inputs: readonly Uint8Array[] }
  | { readonly kind: 'evaluate'; readonly key: KeyPair; readonly blinded: readonly Uint8Array[] }
  | {
      readonly kind: 'finalize'
      readonly asked: readonly Asked[]
      readonly evaluation: Evaluation
      readonly publicKey: Uint8Array
    }
  | {
      readonly kind: 'direct'
      readonly secretKey: Uint8Array
      readonly inputs: readonly Uint8Array[]
    }

export type JobDone =
  | { readonly kind: 'blind'; readonly asked: readonly Asked[] }
  | { readonly kind: 'evaluate'; readonly evaluation: Evaluation }
  | { readonly kind: 'outputs'; readonly outputs: readonly Uint8Array[] }

export type JobAnswer = { readonly id: number; readonly done: JobDone | undefined }
