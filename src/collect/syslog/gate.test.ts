import { expect, test } from 'vitest'
import { recordingIntake } from '../files/recording-intake.test-helper.ts'
import type { OriginHandle } from '../intake.ts'
import { Gate } from './gate.ts'

function setUp() {
  const said: string[] = []
  const drains: (() => void)[] = []
  const drained = () => new Promise<void>((resolve) => drains.push(resolve))
  const gate = new Gate({ ...recordingIntake(), drained })
  const way = (queue: string): OriginHandle => ({
    origin: { kind: 'syslog', source: 'syslog/x', context: '' },
    encoded: Buffer.alloc(0),
    queue,
  })
  const waiter = (name: string) => ({
    pause: () => void said.push(`${name} waits`),
    resume: () => void said.push(`${name} goes on`),
  })
  return { gate, way, waiter, said, drains }
}

test('connections of a way wait together, and the one read longest ago goes on first', async () => {
  const { gate, way, waiter, said, drains } = setUp()
  const [a, b, other] = [waiter('a'), waiter('b'), waiter('other')]
  gate.join(way('normal'), a)
  const leave = gate.join(way('normal'), b)
  gate.join(way('priority'), other)
  gate.close(way('normal'))
  gate.wasRead(way('normal'), a)
  gate.close(way('normal'))
  expect(said.splice(0)).toEqual(['a waits', 'b waits'])
  gate.join(way('normal'), waiter('late'))
  expect(said.splice(0)).toEqual(['late waits'])
  expect(drains.length).toBe(1)
  drains[0]?.()
  await Promise.resolve()
  await Promise.resolve()
  expect(said.splice(0)).toEqual(['b goes on', 'a goes on', 'late goes on'])
  leave()
  gate.close(way('normal'))
  expect(said).not.toContain('b waits')
})
