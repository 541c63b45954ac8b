// French is set as it is in Canada, wherever it is read: terminal, console, report, answer of the API.

import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { loadAll } from 'js-yaml'
import { expect, test } from 'vitest'

const FILES = globSync(join(import.meta.dirname, 'fr/*.ts'))

/** What stands between quotes on one line, and between quotes in values that are put into it. */
function textsOf(line: string): readonly string[] {
  const inner: string[] = []
  let code = line.replace(/^\s*(?:\/\/|\/?\*).*$/u, '')
  for (let left = ''; left !== code;) {
    left = code
    code = code.replaceAll(/\$\{([^{}]*)\}/gu, (_, value: string) => {
      inner.push(value)
      return '#'
    })
  }
  const quoted = [code, ...inner].flatMap((text) => [...text.matchAll(QUOTED)])
  return quoted.map(([, text, template]) => text ?? template ?? '')
}

const QUOTED = /'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`/gu

const isWrong = (text: string): boolean =>
  / :(?![\w-])|« | »|[ \u00a0\u202f][;!?](?!\S)|\p{L}'\p{L}/u.test(text)

test('the search tells texts from code', () => {
  expect(textsOf("say: (n) => (n > 1 ? `${n} : lus` : 'un'), // « a »")).toEqual(['# : lus', 'un'])
  expect(textsOf("say: (n) => `lu${n > 1 ? ` : ${n}` : ''}`,")).toEqual(['lu#', ' : #', ''])
  expect(textsOf('// « a » : b')).toEqual([])
  expect(isWrong('# : lus')).toBe(true)
  expect(isWrong('#\u202f: lus')).toBe(false)
  expect(isWrong('« a »')).toBe(true)
  expect(isWrong('quoi ?')).toBe(true)
})

test('a no-break space before the colon and inside guillemets, none before ; ! ?', () => {
  expect(FILES.length).toBeGreaterThan(40)
  const wrong = FILES.flatMap((file) =>
    readFileSync(file, 'utf8')
      .replaceAll('\\u202f', '\u202f')
      .split('\n')
      .flatMap((line, at) =>
        textsOf(line)
          .filter(isWrong)
          .map((text) => `${relative(import.meta.dirname, file)}:${at + 1} ${text}`),
      ),
  )
  expect(wrong).toEqual([])
})

/** Texts under `fr`, however deep. */
function frenchOf(value: unknown, isFrench = false): readonly string[] {
  if (typeof value === 'string') return isFrench ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => frenchOf(inner, isFrench || key === 'fr'))
}

test('so are the texts of rules, checks, analytics and playbooks', () => {
  const content = join(import.meta.dirname, '../../content')
  const files = globSync(join(content, '**/*.yml')).filter((file) => !/golden/u.test(file))
  const texts = files.flatMap((file) =>
    frenchOf(loadAll(readFileSync(file, 'utf8'))).map(
      (text) => [relative(content, file), text] as const,
    ),
  )
  expect(texts.length).toBeGreaterThan(1000)
  expect(texts.filter(([, text]) => isWrong(text))).toEqual([])
})
