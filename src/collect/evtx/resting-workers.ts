// Worker threads between two event logs. One that nobody wants for a while ends; none keeps the process alive.

import { Worker } from 'node:worker_threads'

type Resting = { readonly worker: Worker; readonly end: () => void }

const REST_MS = 10_000
const resting: Resting[] = []

/** A thread that is ready, or a new one. */
export function takeWorker(): Worker {
  const rested = resting.pop()
  if (rested === undefined) return new Worker(new URL('./worker.ts', import.meta.url))
  rested.end()
  rested.worker.ref()
  return rested.worker
}

/** Gives back a thread that has answered all it was asked. */
export function rest(worker: Worker): void {
  const leave = () => {
    const at = resting.findIndex((one) => one.worker === worker)
    if (at !== -1) resting.splice(at, 1)
    end()
  }
  const timer = setTimeout(() => {
    leave()
    void worker.terminate()
  }, REST_MS).unref()
  const end = () => {
    clearTimeout(timer)
    worker.off('exit', leave).off('error', leave)
  }
  worker.on('exit', leave).on('error', leave)
  worker.unref()
  resting.push({ worker, end })
}
