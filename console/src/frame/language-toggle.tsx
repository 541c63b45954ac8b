// The other language, by its own name. The address stays.

import { loadWords, useLanguage, useWords } from '../language.ts'
import { setPreferences } from '../preferences.ts'

export function LanguageToggle() {
  const language = useLanguage()
  const words = useWords()
  const other = language === 'fr' ? 'en' : 'fr'
  return (
    <button
      type="button"
      className="bare"
      lang={`${other}-CA`}
      onClick={() => void loadWords(other).then(() => setPreferences({ language: other }))}
    >
      {words.otherLanguage}
    </button>
  )
}
