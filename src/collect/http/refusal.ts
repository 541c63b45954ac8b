// A request that is not taken, as its sender is told: HTTP status, HEC code, sentence.

/** Codes of the HTTP Event Collector, which its clients decide by. */
export const HEC = {
  success: 0,
  tokenRequired: 2,
  tokenWrong: 4,
  noData: 5,
  invalidData: 6,
  internal: 8,
  busy: 9,
  eventRequired: 12,
  eventBlank: 13,
  healthy: 17,
  tooLarge: 27,
} as const

export type HecCode = (typeof HEC)[keyof typeof HEC]

export class Refusal extends Error {
  readonly status: number
  readonly code: HecCode

  constructor(status: number, code: HecCode, sentence: string) {
    super(sentence)
    this.status = status
    this.code = code
  }
}
