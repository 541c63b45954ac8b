// Where the arithmetic of blind matching is done: in processes of its own, begun when there is much to do and ended when there is
// nothing, so that a station goes on answering. They run without the flag of a station that keeps WebAssembly slow (and small): it
// is two and a half times faster.

import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { work } from './crunch-work.ts'
import type { Job, JobDone, JobAnswer } from './jobs.ts'
import { readyVoprf } from './voprf.ts'
import type { Asked, Evaluation, KeyPair } from './voprf.ts'

/** More of them gain nothing on machines of two processors, and each takes some 60 MB. */
const MOST_CHILDREN = 2
/** Done here: a process takes longer to begin. */
const FEW = 32
const IDLE_MS = 20_000
const CHILD = join(import.meta.dirname, 'crunch-child.ts')

export class Crunch {
  readonly #children = new Set<Child>()
  readonly #most = Math.min(MOST_CHILDREN, availableParallelism())
  #isClosed = false

  /** Blinds, each in bytes of its one spelling. */
  async blind(inputs: readonly Uint8Array[]): Promise<readonly Asked[]> {
    const done = await this.#do({ kind: 'blind', inputs }, inputs.length)
    return done?.kind === 'blind' ? done.asked : []
  }

  /** Undefined where an element is none. */
  async evaluate(key: KeyPair, blinded: readonly Uint8Array[]): Promise<Evaluation | undefined> {
    const done = await this.#do({ kind: 'evaluate', key, blinded }, blinded.length)
    return done?.kind === 'evaluate' ? done.evaluation : undefined
  }

  /** Undefined where the answer does not prove the key. */
  async finalize(
    asked: readonly Asked[],
    evaluation: Evaluation,
    publicKey: Uint8Array,
  ): Promise<readonly Uint8Array[] | undefined> {
    const done = await this.#do({ kind: 'finalize', asked, evaluation, publicKey }, asked.length)
    return done?.kind === 'outputs' ? done.outputs : undefined
  }

  /** What a member gets for each input, for whoever holds the key. */
  async direct(
    secretKey: Uint8Array,
    inputs: readonly Uint8Array[],
  ): Promise<readonly Uint8Array[]> {
    const done = await this.#do({ kind: 'direct', secretKey, inputs }, inputs.length)
    return done?.kind === 'outputs' ? done.outputs : []
  }

  close(): void {
    this.#isClosed = true
    for (const child of this.#children) child.end()
  }

  async #do(job: Job, size: number): Promise<JobDone | undefined> {
    if (size > FEW && !this.#isClosed) return this.#child().ask(job)
    await readyVoprf()
    return work(job)
  }

  #child(): Child {
    const [idlest] = [...this.#children].toSorted((one, other) => one.waiting - other.waiting)
    if (idlest !== undefined && (idlest.waiting === 0 || this.#children.size >= this.#most))
      return idlest
    const child: Child = new Child(() => this.#children.delete(child))
    this.#children.add(child)
    return child
  }
}

type Waiting = {
  readonly resolve: (done: JobDone | undefined) => void
  readonly reject: (cause: Error) => void
}

class Child {
  readonly #process: ChildProcess
  readonly #waiting = new Map<number, Waiting>()
  #next = 0
  #idle: NodeJS.Timeout | undefined

  constructor(onEnd: () => void) {
    this.#process = fork(CHILD, { serialization: 'advanced', execArgv: [] })
    this.#process.on('message', ({ id, done }: JobAnswer) => {
      this.#waiting.get(id)?.resolve(done)
      this.#waiting.delete(id)
      if (this.#waiting.size === 0) this.#idle = setTimeout(() => this.end(), IDLE_MS).unref()
    })
    const fail = () => {
      onEnd()
      for (const { reject } of this.#waiting.values())
        reject(new Error('the process that computes blind matches ended'))
      this.#waiting.clear()
    }
    this.#process.once('exit', fail)
    this.#process.once('error', fail)
  }

  get waiting(): number {
    return this.#waiting.size
  }

  ask(job: Job): Promise<JobDone | undefined> {
    clearTimeout(this.#idle)
    this.#next += 1
    const id = this.#next
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#process.send({ id, job }, (cause) => {
        if (cause !== null && this.#waiting.delete(id)) reject(cause)
      })
    })
  }

  end(): void {
    clearTimeout(this.#idle)
    this.#process.kill('SIGKILL')
  }
}
