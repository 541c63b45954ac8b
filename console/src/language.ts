// The language of the interface: what the person chose, else what the session or the browser says.

import { use, useCallback, useEffect } from 'react'
import type { RoomWords, Words } from '../../src/words/index.ts'
import { usePreferences } from './preferences.ts'
import type { Language } from './preferences.ts'

export type ConsoleWords = Words['console']
export type { RoomWords }

export function useLanguage(): Language {
  return languageOf(usePreferences().language)
}

export function languageOf(chosen: Language | null): Language {
  return chosen ?? (navigator.language.toLowerCase().startsWith('fr') ? 'fr' : 'en')
}

/** Words are fetched a language at a time: nobody reads both at once. */
class Shelf<W> {
  readonly #fetch: (language: Language) => Promise<W>
  readonly #here = new Map<Language, W>()
  readonly #coming = new Map<Language, Promise<W>>()

  constructor(fetch: (language: Language) => Promise<W>) {
    this.#fetch = fetch
  }

  get isOpen(): boolean {
    return this.#here.size > 0
  }

  here(language: Language): W | undefined {
    return this.#here.get(language)
  }

  load(language: Language): Promise<W> {
    const words = this.#coming.get(language) ?? this.#bring(language)
    this.#coming.set(language, words)
    return words
  }

  async #bring(language: Language): Promise<W> {
    const words = await this.#fetch(language)
    this.#here.set(language, words)
    return words
  }
}

const everywhere = new Shelf<ConsoleWords>(async (language) => {
  const { consoleWords } =
    language === 'fr'
      ? await import('../../src/words/fr/console.ts')
      : await import('../../src/words/en/console.ts')
  return consoleWords
})

const inRooms = new Shelf<RoomWords>(async (language) => {
  const { consoleRooms } =
    language === 'fr'
      ? await import('../../src/words/fr/console-rooms.ts')
      : await import('../../src/words/en/console-rooms.ts')
  return consoleRooms
})

/** Resolves when what is shown can be shown in the language. */
export async function loadWords(language: Language): Promise<void> {
  await Promise.all([
    everywhere.load(language),
    inRooms.isOpen ? inRooms.load(language) : undefined,
  ])
}

/** Words of the frame, and of the way from an alert to its events. */
export function useWords(): ConsoleWords {
  const language = useLanguage()
  return everywhere.here(language) ?? use(everywhere.load(language))
}

/** Words of all other places; waits for them where none was opened yet. */
export function useRoomWords(): RoomWords {
  const language = useLanguage()
  return inRooms.here(language) ?? use(inRooms.load(language))
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
