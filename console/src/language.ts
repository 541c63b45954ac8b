// The language of the interface: what the person chose, else what the session or the browser says.

import { use, useCallback, useEffect } from 'react'
import type { Words } from '../../src/words/index.ts'
import { usePreferences } from './preferences.ts'
import type { Language } from './preferences.ts'

export type ConsoleWords = Words['console']

export function useLanguage(): Language {
  return languageOf(usePreferences().language)
}

export function languageOf(chosen: Language | null): Language {
  return chosen ?? (navigator.language.toLowerCase().startsWith('fr') ? 'fr' : 'en')
}

const here = new Map<Language, ConsoleWords>()
const coming = new Map<Language, Promise<ConsoleWords>>()

/** Words are fetched a language at a time: nobody reads both at once. */
export function loadWords(language: Language): Promise<ConsoleWords> {
  const words = coming.get(language) ?? fetchWords(language)
  coming.set(language, words)
  return words
}

async function fetchWords(language: Language): Promise<ConsoleWords> {
  const { consoleWords } =
    language === 'fr'
      ? await import('../../src/words/fr/console.ts')
      : await import('../../src/words/en/console.ts')
  here.set(language, consoleWords)
  return consoleWords
}

export function useWords(): ConsoleWords {
  const language = useLanguage()
  return here.get(language) ?? use(loadWords(language))
}

/** Picks one side of a text the station gives in both languages. */
export function useSide(): <T>(text: { readonly en: T; readonly fr: T }) => T {
  const language = useLanguage()
  return useCallback((text) => text[language], [language])
}

/** Sets `lang`, which assistive technology reads aloud by (WCAG 3.1.1), and the title of the tab. */
export function useDocumentLanguage(title: string): void {
  const language = useLanguage()
  useEffect(() => {
    document.documentElement.lang = language === 'fr' ? 'fr-CA' : 'en-CA'
    document.title = title
  }, [language, title])
}
