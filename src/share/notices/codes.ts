// The code in a message by which it is answered. It follows from the hub's key and the message, so a message that is made again
// after a crash carries the same one; only its digest is kept.

import { createHash, createHmac } from 'node:crypto'

/** Without letters and digits that are taken for one another. 12 of them: 58 bits. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ2345678'
const LENGTH = 12

export function answerCode(secret: string, delivery: string): string {
  const digest = createHmac('sha256', secret).update(`vigie notice answer\n${delivery}`).digest()
  const letters = [...digest.subarray(0, LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length])
  return letters.join('').replace(/(.{4})(.{4})(.{4})/, '$1-$2-$3')
}

/** As people type it. */
export function codeHash(typed: string): string {
  return createHash('sha256')
    .update(typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
    .digest('hex')
}
