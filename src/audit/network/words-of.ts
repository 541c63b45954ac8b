// A statement in words: quoted values are one word, brackets of a list fall away.

const WORD = /"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s[\]]+)|[[\]]/g

export function wordsIn(text: string): readonly string[] {
  return [...text.matchAll(WORD)].flatMap(([, double, single, bare]) => {
    const word = double ?? single ?? bare
    return word === undefined ? [] : [word]
  })
}
