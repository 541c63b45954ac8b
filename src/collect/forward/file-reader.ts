// Reads files one after another into the same memory: a sensor has little, and the collector is slow to give it back.

import { open } from 'node:fs/promises'

const USUAL_BYTES = 4 * 1024 * 1024

export class FileReader {
  #buffer: Buffer | undefined

  /** The bytes of a file: a view that is valid until the next call. */
  async read(file: string): Promise<Buffer> {
    const handle = await open(file)
    try {
      const { size } = await handle.stat()
      const buffer = this.#room(size)
      let at = 0
      while (at < size) {
        const { bytesRead } = await handle.read(buffer, at, size - at, at)
        if (bytesRead === 0) break
        at += bytesRead
      }
      return buffer.subarray(0, at)
    } finally {
      await handle.close()
    }
  }

  #room(bytes: number): Buffer {
    if (bytes > USUAL_BYTES) return Buffer.allocUnsafeSlow(bytes)
    this.#buffer ??= Buffer.allocUnsafeSlow(USUAL_BYTES)
    return this.#buffer
  }
}
