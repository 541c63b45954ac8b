// One piece of arithmetic, wherever it is done.

import type { Job, JobDone } from './jobs.ts'
import { blindInput, evaluateBatch, evaluateInput, finalizeBatch } from './voprf.ts'

/** Undefined where an element is none, or a proof is not of the key. */
export function work(job: Job): JobDone | undefined {
  try {
    return doneOf(job)
  } catch {
    // A point that is none, or the identity: RFC 9497 section 2.1 has it refused.
    return undefined
  }
}

function doneOf(job: Job): JobDone | undefined {
  switch (job.kind) {
    case 'blind':
      return { kind: 'blind', asked: job.inputs.map((input) => ({ input, ...blindInput(input) })) }
    case 'evaluate':
      return { kind: 'evaluate', evaluation: evaluateBatch(job.key, job.blinded) }
    case 'finalize': {
      const outputs = finalizeBatch(job.asked, job.evaluation, job.publicKey)
      return outputs === undefined ? undefined : { kind: 'outputs', outputs }
    }
    case 'direct':
      return {
        kind: 'outputs',
        outputs: job.inputs.map((input) => evaluateInput(job.secretKey, input)),
      }
    default:
      return job satisfies never
  }
}
