import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { exerciseResult, keepExercise } from '../../../test/exercise-result.ts'
import { dataFolders } from '../../core/index.ts'
import { openExerciseRoom } from './room.ts'

const ASK = { organisation: 'town', days: 14, stealth: 1, seed: 1 } as const
const clock = { nowMs: () => Date.UTC(2026, 10, 30) }
const data = mkdtempSync(join(tmpdir(), 'vigie-exercise-room-'))
afterAll(() => rmSync(data, { recursive: true, force: true }))

test('one is played at a time, and nothing is kept of one that is stopped', async () => {
  const room = openExerciseRoom({ data, clock })
  expect(room.state()).toMatchObject({ running: null, newest: null, problem: null })
  expect(room.start(ASK, 'ann').running).toMatchObject({ ask: ASK, who: 'ann', day: 0 })
  expect(() => room.start(ASK, 'bob')).toThrow(expect.objectContaining({ code: 'EXERCISE_BUSY' }))
  expect(room.stop().running).toBeNull()
  await room.close()
  expect(room.state()).toMatchObject({ running: null, newest: null, problem: null })
  expect(existsSync(dataFolders(data).exercise)).toBe(false)
})

test('the newest is there after a start; one that cannot be read is none', async () => {
  const result = exerciseResult()
  keepExercise(data, result)
  expect(openExerciseRoom({ data, clock }).state().newest).toEqual(result)
  writeFileSync(join(dataFolders(data).exercise, 'newest.json'), '{"moments": [')
  expect(openExerciseRoom({ data, clock }).state().newest).toBeNull()
})
