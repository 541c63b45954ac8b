// What an answer to a hub says was seen.

export type Sightings = {
  readonly count: number
  readonly firstMs: number
  readonly lastMs: number
}
