// The words of a notice in its reader's language, as plain text: no pictures, no markup, nothing to click but one address.

import type { Notice } from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'

export type Sender = {
  /** As the hub is called. */
  readonly hub: string
  /** Where a code is answered; null = by telephone or console alone. */
  readonly answerAddress: string | null
}
export type Text = { readonly subject: string; readonly body: string }

export function noticeText(
  notice: Notice,
  {
    hub,
    answerAddress,
    code,
    language,
  }: Sender & { readonly code: string; readonly language: Language },
): Text {
  const words = wordsOf(language).notices
  const say = words.message
  const head = (text: string) => `${text}${language === 'fr' ? '\u202f' : ''}:`
  const sections = [
    [say.from(hub)],
    [head(say.seen), ...seenLines(notice, language).map((line) => `- ${line}`)],
    [head(say.first), ...say.steps[notice.class].map((line, at) => `${at + 1}. ${line}`)],
    [
      head(say.answer),
      ...(notice.answerBy === null ? [] : [say.by(shortTime(notice.answerBy))]),
      say.code(code),
      ...(answerAddress === null ? [] : [say.link(answerAddress)]),
      say.console,
      say.phone,
    ],
    [say.genuine],
  ]
  return {
    subject: say.subject(words.classes[notice.class], notice.id),
    body: sections.map((lines) => lines.join('\n')).join('\n\n'),
  }
}

export function seenLines(notice: Notice, language: Language): readonly string[] {
  const say = wordsOf(language).notices.message
  const lines = notice.observations.map(({ what, about, detail, count, first, last }) => {
    const to = `${shortTime(last)} UTC`
    const from = shortTime(first) === shortTime(last) ? to : shortTime(first)
    return say.line(what, about, detail, count, from, to)
  })
  return notice.more === 0 ? lines : [...lines, say.more(notice.more)]
}

function shortTime(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}
