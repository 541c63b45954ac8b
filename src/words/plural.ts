// Plurals. In French 0 and 1 are singular; in English only 1 is.

type Language = 'en' | 'fr'

const RULES = { en: new Intl.PluralRules('en-CA'), fr: new Intl.PluralRules('fr-CA') }

/** `plural('en', 3, 'alert', 'alerts')` → `3 alerts`, with the number grouped as the language does. */
export function plural(language: Language, count: number, one: string, many: string): string {
  const shown = new Intl.NumberFormat(language === 'fr' ? 'fr-CA' : 'en-CA').format(count)
  return `${shown} ${RULES[language].select(count) === 'one' ? one : many}`
}
