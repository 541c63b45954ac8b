// Every sentence a person reads stands in src/words. A test, because a quoted sentence is easily left behind.

import { globSync, readFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { consoleRooms as enRooms } from '../../src/words/en/console-rooms.ts'
import { consoleWords as enWords } from '../../src/words/en/console.ts'
import { consoleRooms as frRooms } from '../../src/words/fr/console-rooms.ts'
import { consoleWords as frWords } from '../../src/words/fr/console.ts'

const en = { ...enWords, ...enRooms }
const fr = { ...frWords, ...frRooms }

const HERE = dirname(fileURLToPath(import.meta.url))
const SCREENS = globSync(`${HERE}/{screens,parts,frame}/**/*.tsx`).map((path) =>
  relative(HERE, path),
)

/** Text between tags, and quoted text in the attributes that people hear or see. */
const BETWEEN_TAGS = />\s*([^<>{}=;()|&]*\p{L}{2,}[^<>{}=;()|&]*)<\//gu
const READ_OUT = /(?:aria-label|title|placeholder|alt|label|aria-description)="([^"]*\p{L}[^"]*)"/gu
/** Capital first, then more words: a sentence, whatever holds it. */
const SENTENCE = /['"`](\p{Lu}\p{Ll}+ [^'"`\n]*\p{Ll}{2,}[^'"`\n]*)['"`]/gu

function sentencesIn(source: string): readonly string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gmu, '')
  return [BETWEEN_TAGS, READ_OUT, SENTENCE].flatMap((pattern) =>
    [...code.matchAll(pattern)].map((match) => match[1]?.trim() ?? ''),
  )
}

test('the search finds sentences', () => {
  expect(sentencesIn('<p>Hello there</p>')).toEqual(['Hello there'])
  expect(sentencesIn('<a title="Open"></a>')).toEqual(['Open'])
  expect(sentencesIn("say('No alert fits')")).toEqual(['No alert fits'])
})

test('there are screens to search', () => {
  expect(SCREENS.length).toBeGreaterThan(30)
})

test.each(SCREENS)('%s holds no sentence of its own', (path) => {
  expect(sentencesIn(readFileSync(`${HERE}/${path}`, 'utf8'))).toEqual([])
})

/** Every text with where it stands; functions are called with samples. */
function textsOf(words: object, at = ''): readonly (readonly [string, string])[] {
  return Object.entries(words).flatMap(([name, value]: [string, unknown]) => {
    const place = `${at}.${name}`
    if (typeof value === 'string') return [[place, value] as const]
    if (typeof value === 'function') return [[place, String(value(2, 'x', 'y'))] as const]
    return typeof value === 'object' && value !== null ? textsOf(value, place) : []
  })
}

test.each(textsOf(fr))('French %s is set as in Canada: %s', (place, text) => {
  // A no-break space before the colon and inside guillemets, none before ; ! ?, and the curved apostrophe.
  const isSyntax = /queryHelp|queryExample|sqlHelp/u.test(place)
  // `TLP:AMBER` is written by FIRST's standard, whatever the language.
  expect(isSyntax ? '' : text.replaceAll('TLP:', 'TLP')).not.toMatch(
    / :|[^\u202f\d]:(?!\/\/)|« | »|[ \u00a0\u202f][;!?]|'/u,
  )
})

test('no sentence is the same in both languages by forgetting', () => {
  const english = new Map(textsOf(en))
  const same = textsOf(fr).filter(
    ([place, text]) => text.includes(' ') && english.get(place) === text,
  )
  expect(same.map(([place]) => place)).toEqual(['.frame.version'])
})
