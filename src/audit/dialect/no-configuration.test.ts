import { expect, test } from 'vitest'
import { read } from '../reference.test-helper.ts'
import { noConfiguration } from './no-configuration.ts'

test.each([
  ['<!DOCTYPE html><html><head><title>401</title></head></html>', 'web_page'],
  ['<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">\n<html/>', 'web_page'],
  ['\n% Authorization failed.\n', 'refusal'],
  ["                ^\n% Invalid input detected at '^' marker.", 'refusal'],
  ['ERROR: % Invalid input detected', 'refusal'],
  ['Command fail. Return code -61', 'refusal'],
  ['-bash: show: command not found', 'refusal'],
  ['cat: /conf/config.xml: Permission denied', 'refusal'],
  ['ssh: connect to host 10.0.0.1 port 22: Connection refused', 'refusal'],
  ['CLINFR0771  Config lock is owned by admin.', 'refusal'],
])('%j is %s', (text, kind) => {
  expect(noConfiguration(text.split('\n'))?.kind).toBe(kind)
})

test('a text of a make that nobody knows is none of these', () => {
  expect(noConfiguration(['hostname s1', '% kept by hand', 'port 1 up'])).toBeUndefined()
  expect(noConfiguration(['', ''])).toBeUndefined()
})

test('of a make that nobody knows no line is understood', () => {
  expect(read('port 1 up\n\nport 2 down\n').coverage).toEqual({
    significant: 2,
    understood: 0,
    unparsed: [1, 3],
  })
})
