// What reading from providers says to the operator.

import { wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'
import type { AccountProblem } from './account.ts'
import type { CloudEvent } from './start-cloud.ts'
import type { CloudTrouble } from './trouble.ts'

export function cloudSentence(event: CloudEvent, language: Language): string {
  const { cloud } = wordsOf(language).collect
  switch (event.kind) {
    case 'account':
      return cloud.account({ file: event.file, problem: problemSentence(event.problem, language) })
    case 'trouble':
      return cloud.trouble({
        source: event.source,
        sentence: troubleSentence(event.trouble, language),
      })
    case 'recovered':
      return cloud.recovered(event)
    case 'started':
      return cloud.started(event)
    default:
      return event satisfies never
  }
}

function problemSentence(problem: AccountProblem, language: Language): string {
  const { cloud } = wordsOf(language).collect
  switch (problem.code) {
    case 'open_to_others':
      return cloud.open_to_others()
    case 'bad_name':
      return cloud.bad_name()
    case 'unreadable':
      return cloud.account_unreadable(problem)
    case 'unknown_collector':
      return cloud.unknown_collector(problem)
    case 'unknown_stream':
      return cloud.unknown_stream(problem)
    case 'missing':
      return cloud.missing(problem)
    case 'unknown':
      return cloud.unknown(problem)
    case 'not_fitting':
      return cloud.not_fitting(problem)
    default:
      return problem satisfies never
  }
}

export function troubleSentence(trouble: CloudTrouble, language: Language): string {
  const { cloud } = wordsOf(language).collect
  switch (trouble.code) {
    case 'refused':
      return cloud.refused(trouble)
    case 'throttled':
      return cloud.throttled()
    case 'unreachable':
      return cloud.unreachable(trouble)
    case 'answered':
      return cloud.answered(trouble)
    case 'unreadable':
      return cloud.unreadable(trouble)
    case 'too_large':
      return cloud.too_large(trouble)
    case 'leads_elsewhere':
      return cloud.leads_elsewhere(trouble)
    case 'repeats':
      return cloud.repeats()
    case 'gap':
      return cloud.gap(trouble)
    case 'object':
      return cloud.object(trouble)
    default:
      return trouble satisfies never
  }
}
