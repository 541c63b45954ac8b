// What reading from queues says to the operator.

import { wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'
import type { QueueTrouble } from './reading.ts'
import type { QueueEvent } from './start-queues.ts'

export function queueSentence(event: QueueEvent, language: Language): string {
  const { queues } = wordsOf(language).collect
  if (event.kind !== 'trouble') return queues[event.kind](event)
  const sentence = queueTroubleSentence(event.trouble, language)
  return queues.trouble({ source: event.source, sentence })
}

export function queueTroubleSentence(trouble: QueueTrouble, language: Language): string {
  const { queues } = wordsOf(language).collect
  switch (trouble.code) {
    case 'unreachable':
      return queues.unreachable(trouble)
    case 'refused':
      return queues.refused(trouble)
    case 'too_large':
      return queues.too_large(trouble)
    default:
      return trouble satisfies never
  }
}
