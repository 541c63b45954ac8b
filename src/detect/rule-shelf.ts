// The book in use. A book that is replaced stays until the last judging with it has ended.

/** Called when nobody uses a replaced book any more. */
type Retire = () => Promise<void>

export class RuleShelf<Book> {
  #current: Book
  readonly #users = new Map<Book, number>()
  readonly #retiring = new Map<Book, Retire>()

  constructor(first: Book) {
    this.#current = first
  }

  get current(): Book {
    return this.#current
  }

  /** Works with the book of this moment; it stays whole until the work ends. */
  async use<T>(work: (book: Book) => Promise<T>): Promise<T> {
    const book = this.#current
    this.#users.set(book, (this.#users.get(book) ?? 0) + 1)
    try {
      return await work(book)
    } finally {
      await this.#leave(book)
    }
  }

  async replace(next: Book, retire: (old: Book) => Promise<void>): Promise<void> {
    const old = this.#current
    this.#current = next
    this.#retiring.set(old, () => retire(old))
    if (!this.#users.has(old)) await this.#retire(old)
  }

  async #leave(book: Book): Promise<void> {
    const left = (this.#users.get(book) ?? 1) - 1
    if (left > 0) {
      this.#users.set(book, left)
      return
    }
    this.#users.delete(book)
    await this.#retire(book)
  }

  async #retire(book: Book): Promise<void> {
    const retire = this.#retiring.get(book)
    this.#retiring.delete(book)
    await retire?.()
  }
}
