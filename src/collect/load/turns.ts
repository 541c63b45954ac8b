// Work beside other work, and work that needs the engine's memory for itself.

export class Turns {
  #beside = 0
  #quiet: (() => void)[] = []
  #alone: Promise<unknown> = Promise.resolve()
  #wanted = 0

  /** Runs with others; behind those that wait to be alone. */
  async beside<Result>(run: () => Promise<Result>): Promise<Result> {
    while (this.#wanted > 0) await this.#alone
    this.#beside += 1
    try {
      return await run()
    } finally {
      this.#beside -= 1
      if (this.#beside === 0) for (const go of this.#quiet.splice(0)) go()
    }
  }

  /** Runs when nothing else does. */
  async alone<Result>(run: () => Promise<Result>): Promise<Result> {
    this.#wanted += 1
    const turn = this.#alone.then(async () => {
      if (this.#beside > 0) await new Promise<void>((go) => this.#quiet.push(go))
      return run()
    })
    this.#alone = turn.catch(() => undefined)
    try {
      return await turn
    } finally {
      this.#wanted -= 1
    }
  }
}
