// What commands see of the world: output, environment, language. Tests pass their own.

import type { CommandContext } from '@stricli/core'
import { wordsOf } from '../words/index.ts'
import type { Language, Words } from '../words/index.ts'

export type CliProcess = Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env' | 'on' | 'off'>

export type Context = CommandContext & {
  readonly process: CliProcess
  readonly language: Language
  readonly words: Words
}

/** VIGIE_LANGUAGE, else the locale's language, else English. */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const asked =
    environment['VIGIE_LANGUAGE'] ??
    environment['LC_ALL'] ??
    environment['LC_MESSAGES'] ??
    environment['LANG'] ??
    ''
  return asked.toLowerCase().startsWith('fr') ? 'fr' : 'en'
}

/** The flag says it for what is printed too, before any command has read its flags. */
export function contextOf(process: CliProcess, inputs: readonly string[] = []): Context {
  const language = flagOf(inputs) ?? languageOf(process.env)
  return { process, language, words: wordsOf(language) }
}

function flagOf(inputs: readonly string[]): Language | undefined {
  const at = inputs.findIndex((input) => /^--language(?:=|$)/.test(input))
  const said = inputs[at]?.split('=')[1] ?? inputs[at + 1]
  return at >= 0 && (said === 'fr' || said === 'en') ? said : undefined
}
