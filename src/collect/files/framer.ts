// What all framers of files share: bytes are pushed in, lines come out as places in a buffer.

/** Takes one line. The bytes are valid during the call only. */
export type LineSink = (bytes: Buffer, start: number, end: number) => void

export type Framer = {
  readonly push: (chunk: Buffer) => void
  /** The input ended: what is held is the last line. */
  readonly end: () => void
  /** Bytes taken that belong to a line not handed on yet. */
  readonly heldBytes: number
}

export const LF = 10
export const CR = 13
export const TAB = 9
export const SPACE = 32
