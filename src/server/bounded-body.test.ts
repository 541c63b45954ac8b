import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withFile } from './bounded-body.ts'

function bodyOf(pieces: number, given: number[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      given.push(given.length)
      if (given.length > pieces) controller.close()
      else controller.enqueue(new Uint8Array([given.length]))
    },
  })
}

test('a refused file is read to its end, and the refusal is what is told', async () => {
  const given: number[] = []
  const taken = withFile(bodyOf(50, given), async (bytes) => {
    for await (const _ of bytes) throw new Error('no tool wrote it')
  })
  await expect(taken).rejects.toThrow('no tool wrote it')
  expect(given).toHaveLength(51)
})

test('a file that is taken is given whole; a body that breaks does not hide what was wrong', async () => {
  const sum = await withFile(bodyOf(4, []), async (bytes) => {
    let all = 0
    for await (const [one = 0] of bytes) all += one
    return all
  })
  expect(sum).toBe(1 + 2 + 3 + 4)
  const broken = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.error(new Error('cut'))
    },
  })
  await expect(withFile(broken, () => Promise.reject(new Error('first')))).rejects.toThrow('first')
})

test('every route that takes a file takes it to its end', () => {
  const routes = readdirSync(import.meta.dirname).filter((name) => name.endsWith('-routes.ts'))
  const lines = routes.flatMap((name) =>
    readFileSync(join(import.meta.dirname, name), 'utf8').split('\n'),
  )
  const taken = lines.filter((line) => line.includes('req.raw.body'))
  expect(taken.length).toBeGreaterThan(15)
  expect(taken.filter((line) => !line.includes('withFile(c.req.raw.body,'))).toEqual([])
})
