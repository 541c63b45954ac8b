// Where whoever got a message answers by its code, without an account. Opening the page changes nothing: mail scanners open what
// they find. Tries are counted as those of signing in.

import { z } from 'zod'
import { NOTICE_ANSWERS } from '../model/index.ts'
import { wordsOf } from '../words/index.ts'
import type { Language } from '../words/index.ts'
import type { ApiApp } from './api-app.ts'
import type { CodeState, NoticeService } from './notice-service.ts'
import type { RateLimit } from './rate-limit.ts'
import { remoteAddress } from './remote-address.ts'

const PATH = '/answer'
const MOST_FORM_BYTES = 16 * 1024
const FormSchema = z.object({
  code: z.string().max(40),
  answer: z.enum(NOTICE_ANSWERS),
  comment: z.string().max(1000).catch(''),
})

export function addAnswerPage(app: ApiApp, notices: NoticeService, tries: RateLimit): void {
  app.get(PATH, (c) => c.html(pageOf(FORM), 200, NO_STORE))
  app.post(PATH, async (c) => {
    if (tries.take(remoteAddress(c)) > 0) return c.html(pageOf(say('slow')), 429, NO_STORE)
    if (Number(c.req.header('content-length') ?? MOST_FORM_BYTES + 1) > MOST_FORM_BYTES)
      return c.html(pageOf(FORM), 413, NO_STORE)
    const read = FormSchema.safeParse(Object.fromEntries(new URLSearchParams(await c.req.text())))
    if (!read.success) return c.html(pageOf(FORM), 400, NO_STORE)
    const { code, answer, comment } = read.data
    const state = await notices.answerCode(code, answer, comment)
    return c.html(pageOf(say(SAID[state])), state === 'unknown' ? 404 : 200, NO_STORE)
  })
}

const NO_STORE = { 'cache-control': 'no-store' }
const SAID = { open: 'done', answered: 'answered', unknown: 'unknown' } as const satisfies Record<
  CodeState,
  string
>
const LANGUAGES = ['en', 'fr'] as const

function say(key: 'slow' | 'done' | 'answered' | 'unknown'): string {
  return LANGUAGES.map((one) => `<p lang="${one}">${wordsOf(one).notices.page[key]}</p>`).join('')
}

function form(language: Language): string {
  const words = wordsOf(language).notices
  const { page } = words
  const options = NOTICE_ANSWERS.map(
    (answer, at) =>
      `<p><label><input type="radio" name="answer" value="${answer}"${at === 0 ? ' checked' : ''}> ${words.answers[answer]}</label></p>`,
  )
  return `<form method="post" action="${PATH}" lang="${language}"><h1>${page.title}</h1>
<p><label>${page.code}<br><input name="code" required maxlength="40" autocomplete="off" autocapitalize="characters"></label></p>
<fieldset><legend>${page.open}</legend>${options.join('')}</fieldset>
<p><label>${page.comment}<br><textarea name="comment" maxlength="1000" rows="3"></textarea></label></p>
<p><button>${page.go}</button></p></form>`
}

const FORM = LANGUAGES.map(form).join('<hr>')

function pageOf(body: string): string {
  return `<!doctype html>\n<html lang="en-CA"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Vigie</title></head>\n<body><main>${body}</main></body></html>\n`
}
