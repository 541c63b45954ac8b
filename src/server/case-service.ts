// What the server asks of a station about its cases.

import type { Readable } from 'node:stream'
import type {
  CacaoPlaybook,
  CacaoTaken,
  Case,
  CaseAsk,
  CaseChange,
  CaseDetail,
  CaseEntry,
  CaseEntryAsk,
  CaseFile,
  CaseFileAsk,
  CaseProof,
  CaseRoleAsk,
  CaseTask,
  CaseTaskAsk,
  CaseTaskChange,
  Cases,
  Playbook,
  RecipientAsk,
  ReportFormat,
  ReportRuleAsk,
  ReportSending,
  ReportText,
  ReportSent,
  ReportView,
  SealedReport,
  StatedReport,
} from '../model/index.ts'
import type { Language } from '../words/index.ts'

/** All throw NOT_FOUND for what is not here. */
export type CaseService = {
  /** `alert`: only those it belongs to. */
  readonly list: (filter: {
    readonly alert?: string | undefined
    readonly seer: CaseSeer
  }) => Promise<Cases>
  /** Whether somebody may know of a case: where people are named in it, they alone. */
  readonly maySee: (number: number, seer: CaseSeer) => Promise<boolean>
  /** Throws BAD_REQUEST for whoever does not lead where somebody leads. */
  readonly changeRole: (number: number, ask: CaseRoleAsk, seer: CaseSeer) => Promise<void>
  /** Gives the id by which it is taken back. Throws BAD_REQUEST. */
  readonly merge: (
    number: number,
    ask: { readonly into: number },
    seer: CaseSeer,
  ) => Promise<string>
  readonly undoMerge: (id: string, seer: CaseSeer) => Promise<void>
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
  readonly playbooks: () => Promise<readonly Playbook[]>
  /** A CACAO 2.0 playbook. Throws BAD_REQUEST with the place that is wrong. */
  readonly importPlaybook: (bytes: AsyncIterable<Uint8Array>, who: string) => Promise<CacaoTaken>
  /** As CACAO 2.0; with a case, how far each step got there. */
  readonly exportPlaybook: (
    id: string,
    as: { readonly language: Language; readonly number?: number | undefined },
  ) => Promise<CacaoPlaybook>
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
    approved: {
      readonly digest: string
      readonly language: Language
      /** By a rule that was recorded beforehand. */
      readonly rule?: string | undefined
    },
    who: string,
  ) => Promise<void>
  readonly reportSent: (number: number, sent: ReportSent, who: string) => Promise<void>
  /** Throws BAD_REQUEST for JSON and STIX while it is not approved. */
  readonly reportAs: (number: number, format: ReportText, language: Language) => Promise<string>
  /** Whom reports may be encrypted for, and what was approved beforehand. */
  readonly sending: () => Promise<ReportSending>
  /** Throws BAD_REQUEST with what is wrong with the key. */
  readonly setRecipient: (ask: RecipientAsk, who: string) => Promise<void>
  readonly removeRecipient: (name: string) => Promise<boolean>
  readonly addRule: (ask: ReportRuleAsk, who: string) => Promise<string>
  readonly revokeRule: (id: string) => Promise<boolean>
  /** Sends the approved report to a joined hub. Throws BAD_REQUEST while it is not approved, and with why it may not go there. */
  readonly reportToHub: (
    number: number,
    ask: { readonly peer: string; readonly digest: string; readonly language: Language },
    who: string,
  ) => Promise<void>
  /** The approved report for one recipient alone. Throws BAD_REQUEST while it is not approved. */
  readonly sealReport: (
    number: number,
    ask: { readonly recipient: string; readonly format: ReportFormat; readonly language: Language },
    who: string,
  ) => Promise<SealedReport>
}

/** Who asks: an account, or a program of this machine. */
export type CaseSeer = { readonly name: string; readonly isMachine: boolean }
