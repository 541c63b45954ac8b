// The process that does the arithmetic of blind matching: asked, it answers, and it ends with whoever asked.

import { work } from './crunch-work.ts'
import type { Job, JobAnswer } from './jobs.ts'
import { readyVoprf } from './voprf.ts'

process.on('message', ({ id, job }: { readonly id: number; readonly job: Job }) => {
  void answer(id, job)
})
process.once('disconnect', () => process.exit())
// A terminal's Ctrl-C reaches both: whoever asked ends this one.
process.on('SIGINT', () => undefined)

async function answer(id: number, job: Job): Promise<void> {
  await readyVoprf()
  const told: JobAnswer = { id, done: work(job) }
  if (process.connected) process.send?.(told)
}
