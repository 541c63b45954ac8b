// What the server asks of a station about its cases.

import type { Readable } from 'node:stream'
import type {
  Case,
  CaseAsk,
  CaseChange,
  CaseDetail,
  CaseEntry,
  CaseEntryAsk,
  CaseFile,
  CaseFileAsk,
  CaseProof,
  CaseTask,
  CaseTaskAsk,
  CaseTaskChange,
  Cases,
  Playbook,
  ReportText,
  ReportSent,
  ReportView,
  StatedReport,
} from '../model/index.ts'
import type { Language } from '../words/index.ts'

/** All throw NOT_FOUND for what is not here. */
export type CaseService = {
  /** `alert`: only those it belongs to. */
  readonly list: (filter: { readonly alert?: string | undefined }) => Promise<Cases>
  readonly get: (number: number) => Promise<CaseDetail>
  readonly open: (ask: CaseAsk, who: string) => Promise<Case>
  /** Throws BAD_REQUEST when it is closed without saying as what and why. */
  readonly change: (number: number, change: CaseChange, who: string) => Promise<Case>
  readonly addAlert: (number: number, alert: string, who: string) => Promise<void>
  readonly note: (number: number, ask: CaseEntryAsk, who: string) => Promise<CaseEntry>
  readonly addTask: (number: number, ask: CaseTaskAsk, who: string) => Promise<CaseTask>
  readonly changeTask: (
    number: number,
    task: string,
    change: CaseTaskChange,
    who: string,
  ) => Promise<CaseTask>
  readonly playbooks: () => readonly Playbook[]
  /** Gives how many tasks were added. */
  readonly startPlaybook: (
    number: number,
    start: { readonly playbook: string; readonly language: Language },
    who: string,
  ) => Promise<number>
  readonly takeFile: (
    number: number,
    bytes: AsyncIterable<Uint8Array>,
    ask: CaseFileAsk,
    who: string,
  ) => Promise<CaseFile>
  readonly readFile: (
    number: number,
    file: string,
    who: string,
  ) => Promise<{ readonly file: CaseFile; readonly bytes: Readable }>
  /** Reads every file again. */
  readonly prove: (number: number) => Promise<CaseProof>
  readonly report: (number: number, language: Language) => Promise<ReportView>
  readonly stateReport: (number: number, stated: StatedReport, who: string) => Promise<void>
  /** Throws BAD_REQUEST when it holds what must not leave, or is another text than the one that was looked at. */
  readonly approveReport: (
    number: number,
    approved: { readonly digest: string; readonly language: Language },
    who: string,
  ) => Promise<void>
  readonly reportSent: (number: number, sent: ReportSent, who: string) => Promise<void>
  /** Throws BAD_REQUEST for JSON and STIX while it is not approved. */
  readonly reportAs: (number: number, format: ReportText, language: Language) => Promise<string>
}
