import { createReadStream } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { sendRead } from './hand-in.ts'

const readAll = async (bytes: AsyncIterable<Uint8Array>) => {
  for await (const piece of bytes) void piece
}

test.each([tmpdir(), `${tmpdir()}/vigie-nowhere`])('%s is no file to read', async (path) => {
  await expect(sendRead(createReadStream(path), readAll)).rejects.toMatchObject({
    code: 'NOTHING_TO_READ',
    details: { path },
  })
})
