// At most so many at a time; the others wait their turn.

export class Seats {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(seats: number) {
    this.#free = seats
  }

  async take<Result>(run: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((sit) => this.#waiting.push(sit))
    try {
      return await run()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#free += 1
      else next()
    }
  }
}
