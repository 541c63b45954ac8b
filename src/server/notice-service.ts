// What the server asks of a station about notices: on a hub, whom to tell; at a member, what was told.

import type {
  ConfirmAsk,
  NoticeAnswer,
  NoticeAnswerAsk,
  NoticeEffect,
  NoticeList,
  OwnRegistration,
  Registered,
  RegisterAsk,
  Registration,
  ReportAsk,
  ReportTaken,
  ToldNotice,
} from '../model/index.ts'
import type { Language } from '../words/index.ts'

export type CodeState = 'open' | 'answered' | 'unknown'

export type NoticeService = {
  readonly list: (filter: {
    readonly state?: string | undefined
    readonly limit: number
  }) => Promise<NoticeList>
  /** By the hub's people. False when there is none such. */
  readonly answer: (id: string, ask: NoticeAnswerAsk, who: string) => Promise<boolean>
  /** False when nobody is to be called. */
  readonly called: (
    id: string,
    call: { readonly reached: boolean; readonly comment: string },
    who: string,
  ) => Promise<boolean>
  readonly settle: (id: string, who: string) => Promise<boolean>
  /** A table. Throws BAD_REQUEST: no hub, too large. */
  readonly report: (bytes: AsyncIterable<Uint8Array>, ask: ReportAsk) => Promise<ReportTaken>
  readonly effect: () => Promise<NoticeEffect>
  /** HTML; undefined when there is no such notice. */
  readonly sheet: (id: string, language: Language) => Promise<string | undefined>
  readonly told: () => Promise<{ readonly asOf: string; readonly told: ToldNotice[] }>
  readonly answerTold: (id: string, ask: NoticeAnswerAsk, who: string) => Promise<boolean>
  readonly own: () => Promise<OwnRegistration>
  /** Throws BAD_REQUEST with the holding that cannot be held. */
  readonly register: (registration: Registration, who: string) => Promise<void>
  readonly organisations: () => Promise<{
    readonly asOf: string
    readonly organisations: Registered[]
  }>
  /** The id. Throws BAD_REQUEST, NOT_FOUND for a member that is not here. */
  readonly enter: (ask: RegisterAsk, who: string) => Promise<string>
  readonly confirm: (ask: ConfirmAsk, who: string) => Promise<number>
  readonly remove: (id: string) => Promise<boolean>
  /** By the code in a message, from whoever has it. */
  readonly codeState: (code: string) => Promise<CodeState>
  readonly answerCode: (code: string, answer: NoticeAnswer, comment: string) => Promise<CodeState>
  /** The host by which answers come from outside; undefined = from here alone. */
  readonly answerHost: string | undefined
}
