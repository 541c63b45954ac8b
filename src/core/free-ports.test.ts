import { expect, test } from 'vitest'
import { freePorts } from './free-ports.ts'

test('each is another, and none is one that a program may be given that names no port', async () => {
  const ports = await freePorts(50)
  expect(new Set(ports).size).toBe(50)
  expect(Math.min(...ports)).toBeGreaterThanOrEqual(1024)
  expect(Math.max(...ports)).toBeLessThan(32_768)
})
