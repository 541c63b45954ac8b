// How far a compressed file may grow. Logs compress well, but not without end.

export type UnpackLimits = {
  /** Unpacked bytes of one file with all its members. */
  readonly totalBytes: number
  /** Unpacked to packed, looked at once a member is larger than `ratioFromBytes`. */
  readonly ratio: number
  readonly ratioFromBytes: number
}

export const SCAN_LIMITS: UnpackLimits = {
  totalBytes: 64 * 1024 ** 3,
  ratio: 1000,
  ratioFromBytes: 1024 ** 3,
}

/** Shared by all members of one file. */
export class Budget {
  readonly limits: UnpackLimits
  #left: number

  constructor(limits: UnpackLimits) {
    this.limits = limits
    this.#left = limits.totalBytes
  }

  /** False when this is more than is left. */
  take(bytes: number): boolean {
    this.#left -= bytes
    return this.#left >= 0
  }
}
