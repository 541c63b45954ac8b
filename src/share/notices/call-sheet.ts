// The sheet for a call: whom, what was seen, what to say, in the language of whoever is called. One page that prints well.

import type { HubNotice, NoticeContact } from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'
import { seenLines } from './message.ts'
import { escapeHtml, page } from './page.ts'

export type Sheet = {
  readonly notice: HubNotice
  readonly contacts: readonly NoticeContact[]
  readonly hub: string
  readonly language: Language
}

export function callSheet({ notice, contacts, hub, language }: Sheet): string {
  const words = wordsOf(language).notices
  const { sheet: say, message } = words
  const list = (lines: readonly string[], tag: 'ul' | 'ol') =>
    `<${tag}>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</${tag}>`
  const people = contacts
    .filter(({ phone }) => phone !== '')
    .toSorted((one, other) => Number(other.always) - Number(one.always))
    .map(({ name, role, phone, always }) => {
      const who = [name, role].filter((part) => part !== '').join(', ')
      return `<tr><th scope="row">${escapeHtml(who)}</th><td><strong>${escapeHtml(phone)}</strong></td><td>${always ? escapeHtml(say.always) : ''}</td></tr>`
    })
  const title = say.title(notice.organisationName)
  const body = [
    `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(message.subject(words.classes[notice.class], notice.id))}</p>`,
    `<h2>${escapeHtml(say.who)}</h2>`,
    people.length === 0
      ? `<p>${escapeHtml(words.reasons['no contact'])}</p>`
      : `<table>${people.join('')}</table>`,
    `<h2>${escapeHtml(say.say)}</h2><p>${escapeHtml(say.opening(hub))}</p>`,
    `<h2>${escapeHtml(message.seen)}</h2>${list(seenLines(notice, language), 'ul')}`,
    `<h2>${escapeHtml(message.first)}</h2>${list(message.steps[notice.class], 'ol')}`,
    `<p class="fill">${escapeHtml(say.fill)}</p><p>${escapeHtml(say.after(notice.id))}</p>`,
  ]
  return page(language, title, body.join('\n'))
}
