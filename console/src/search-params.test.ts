import { expect, test } from 'vitest'
import { listOf, parseSearch, stringifySearch, toggled, validateHunt } from './search-params.ts'

test('the address of a hunt comes back as it was', () => {
  const search = { q: 'src_ip:10.0.0.1 -action:"a b&c=d"', last: '24h', cols: 'time,src_ip' }
  expect(validateHunt(parseSearch(stringifySearch(search)))).toEqual(search)
})

test('the address stays readable', () => {
  expect(stringifySearch({ q: 'src_ip:10.0.0.1', cols: 'a,b' })).toBe('?q=src_ip:10.0.0.1&cols=a,b')
})

test('what a screen does not know is left out', () => {
  expect(validateHunt({ q: 'a', evil: 'x', sql: 7, cols: 'x'.repeat(20_001) })).toEqual({ q: 'a' })
})

test('a list holds only choices there are', () => {
  expect(listOf('high,nonsense,low', ['low', 'high'])).toEqual(['low', 'high'])
  expect(listOf(undefined, ['low'])).toEqual([])
})

test('the last choice taken away clears the parameter', () => {
  expect(toggled(['a'], 'a')).toBeUndefined()
  expect(toggled(['a'], 'b')).toBe('a,b')
})
