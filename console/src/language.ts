// The language of the interface: what the person chose, else what the session or the browser says.

import { useCallback, useEffect } from 'react'
import { consoleWords as en } from '../../src/words/en/console.ts'
import { consoleWords as fr } from '../../src/words/fr/console.ts'
import type { Words } from '../../src/words/index.ts'
import { usePreferences } from './preferences.ts'
import type { Language } from './preferences.ts'

export type ConsoleWords = Words['console']

export function useLanguage(): Language {
  const { language } = usePreferences()
  return language ?? (navigator.language.toLowerCase().startsWith('fr') ? 'fr' : 'en')
}

export function useWords(): ConsoleWords {
  return useLanguage() === 'fr' ? fr : en
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
