// A check of another station that would hold this one up is stopped while it matches, and for good.

import { expect, test } from 'vitest'
import { auditDevice } from '../audit-device.ts'
import { read } from '../reference.test-helper.ts'
import { parseCheck } from './read-checks.ts'

const text = (pattern: string) => `
id: hub-made
covers: []
kind: state
severity: high
title: { en: A tunnel nobody ordered, fr: Un tunnel que personne n’a demandé }
why: { en: It leads out., fr: Il mène dehors. }
do: { en: [Ask who made it.], fr: [Demandez qui l’a fait.] }
falsePositives: { en: None known., fr: Aucun connu. }
attack: [{ id: T1572 }]
references: [https://example.org/]
when: [{ dialects: [any], present: ${JSON.stringify(pattern)} }]
`

function boundedCheck(pattern: string) {
  const reasons: string[] = []
  const breaker = {
    isOpen: () => reasons.length > 0,
    open: (reason: string) => void reasons.push(reason),
  }
  return { check: { ...parseCheck(text(pattern), 'check.yml'), breaker }, reasons }
}

const config = read(`hostname r1\ninterface Tunnel7\n description ${'a'.repeat(60)}!\nend\n`)
const findingsOf = ({ check }: ReturnType<typeof boundedCheck>) =>
  auditDevice({ source: 'r1', now: config }, [check]).findings.map((one) => one.check)

test('a sound check is met as any other', () => {
  const sound = boundedCheck('^interface Tunnel\\d+$')
  expect(findingsOf(sound)).toEqual(['hub-made'])
  expect(sound.reasons).toEqual([])
})

test('one that never ends is stopped, says so, and is not run again', () => {
  const endless = boundedCheck('(a+)+$')
  const startedMs = performance.now()
  expect(findingsOf(endless)).toEqual([])
  expect(performance.now() - startedMs).toBeLessThan(5000)
  expect(endless.reasons).toEqual([expect.stringContaining('took more than 500 ms')])
  const againMs = performance.now()
  expect(findingsOf(endless)).toEqual([])
  expect(performance.now() - againMs).toBeLessThan(400)
})
