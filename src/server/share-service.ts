// What the server asks of a station about sharing.

import type { z } from 'zod'
import type {
  AcceptanceAsk,
  BlindBudgetAsk,
  BlindState,
  BlindSwitch,
  ConsentAsk,
  ConsentsSchema,
  ContentDecision,
  JoinAnswer,
  JoinAsk,
  OutboxSchema,
  PassedOn,
  PeerInviteSchema,
  PeerInvitedSchema,
  MispFeed,
  MispPreview,
  Preview,
  PublishAsk,
  Published,
  ReceivedListSchema,
  RenewalAsk,
  RollUpState,
  RollUpSwitch,
  Seen,
  SensitiveAdded,
  SensitiveAsk,
  ShareState,
  SharedContentState,
  ReportsReceived,
  ThresholdGroup,
  ThresholdIndicator,
  ThresholdOffer,
  ThresholdShown,
  ThresholdState,
  ThresholdSwitch,
  Trace,
} from '../model/index.ts'

export type ShareService = {
  readonly state: () => Promise<ShareState>
  /** Throws BAD_REQUEST: no hub, or the name has joined. */
  readonly invite: (
    ask: z.infer<typeof PeerInviteSchema>,
  ) => Promise<z.infer<typeof PeerInvitedSchema>>
  /** Offers a member another agreement; the one that holds goes on until it is accepted. False when no such member is joined. Throws BAD_REQUEST: no hub. */
  readonly renew: (name: string, ask: RenewalAsk) => Promise<boolean>
  /** Accepts what a hub offers. Throws NOT_FOUND, BAD_REQUEST for another agreement than the one read, HUB_UNREACHABLE. */
  readonly acceptRenewal: (name: string, ask: AcceptanceAsk, who: string) => Promise<void>
  /** Ends it for both sides. False when there is no such peer. */
  readonly revoke: (name: string) => Promise<boolean>
  /** Throws HUB_CODE_INVALID, HUB_CODE_REFUSED, STATION_NOT_TRUSTED, HUB_UNREACHABLE, BAD_REQUEST. */
  readonly join: (ask: JoinAsk, who: string) => Promise<JoinAnswer>
  /** STIX, MISP, CSV or plain lines. Throws BAD_REQUEST. */
  readonly publish: (
    bytes: AsyncIterable<Uint8Array>,
    ask: PublishAsk,
    who: string,
  ) => Promise<Published>
  /** Who would see what; nothing leaves. */
  readonly preview: (
    bytes: AsyncIterable<Uint8Array>,
    ask: PublishAsk,
    who: string,
  ) => Promise<Preview>
  /** Throws NOT_FOUND, BAD_REQUEST. */
  readonly withdraw: (id: string, who: string) => Promise<void>
  readonly outbox: (
    state: string | undefined,
    limit: number,
  ) => Promise<z.infer<typeof OutboxSchema>>
  /** How many were decided. */
  readonly decide: (seqs: readonly number[], approve: boolean, who: string) => Promise<number>
  readonly received: (filter: {
    readonly state?: string | undefined
    readonly limit: number
  }) => Promise<z.infer<typeof ReceivedListSchema>>
  /** What this hub gives in the name of other hubs. */
  readonly passedOn: () => Promise<PassedOn>
  readonly seen: () => Promise<Seen>
  /** Rules, analytics and checks: those that hubs sent, and those that this hub gave out with what members say of them. */
  readonly content: () => Promise<SharedContentState>
  /** Throws NOT_FOUND for a version that does not wait, or is not in use. */
  readonly decideContent: (decision: ContentDecision, who: string) => Promise<void>
  /** Throws NOT_FOUND. */
  readonly trace: (object: string) => Promise<Trace>
  readonly consents: () => Promise<z.infer<typeof ConsentsSchema>>
  readonly consent: (ask: ConsentAsk, who: string) => Promise<string>
  /** False when there is none that still holds. */
  readonly revokeConsent: (id: string) => Promise<boolean>
  /** What a member would get as a MISP feed, and the feed. Throw BAD_REQUEST for what is no member, and at what is no hub. */
  readonly mispPreview: (peer: string) => Promise<MispPreview>
  readonly mispFeed: (peer: string) => Promise<MispFeed>
  /** Which hubs are told of readiness, and what members told this one. */
  readonly rollUps: () => Promise<RollUpState>
  /** Throws BAD_REQUEST for what is no joined hub. */
  readonly switchRollUp: (ask: RollUpSwitch, who: string) => Promise<void>
  /** What members reported to this hub. */
  readonly reports: () => Promise<ReportsReceived>
  /** Throws NOT_FOUND. */
  readonly acknowledgeReport: (reference: string, who: string) => Promise<void>
  readonly threshold: () => Promise<ThresholdState>
  /** What a hub offers now. Throws BAD_REQUEST for what is no joined hub, offers none or cannot be asked. */
  readonly showThreshold: (peer: string) => Promise<ThresholdShown>
  /** Throws BAD_REQUEST as above, and where other terms were read than are offered. */
  readonly switchThreshold: (ask: ThresholdSwitch, who: string) => Promise<void>
  /** The digest of what is offered. Throws BAD_REQUEST: no hub, or a holder that is none. */
  readonly offerThreshold: (ask: ThresholdOffer, who: string) => Promise<string>
  /** Throws NOT_FOUND, BAD_REQUEST. */
  readonly groupMember: (ask: ThresholdGroup) => Promise<void>
  /** An opened address becomes an indicator of this hub. Throws NOT_FOUND, BAD_REQUEST. */
  readonly giveOpened: (ask: ThresholdIndicator, who: string) => Promise<Published>
  readonly blind: () => Promise<BlindState>
  /** Throws BAD_REQUEST for what is no joined hub. */
  readonly switchBlind: (ask: BlindSwitch, who: string) => Promise<void>
  /** How many were decided. */
  readonly decideBlind: (hits: readonly number[], tell: boolean, who: string) => Promise<number>
  /** Plain lines, CSV or MISP. Throws BAD_REQUEST. */
  readonly addSensitive: (
    bytes: AsyncIterable<Uint8Array>,
    ask: SensitiveAsk,
    who: string,
  ) => Promise<SensitiveAdded>
  /** Throws NOT_FOUND, BAD_REQUEST. */
  readonly removeSensitive: (id: string, who: string) => Promise<void>
  /** Throws BAD_REQUEST: no hub. */
  readonly rotateBlind: (who: string) => Promise<void>
  /** Throws NOT_FOUND, BAD_REQUEST. */
  readonly setBlindBudget: (ask: BlindBudgetAsk, who: string) => Promise<void>
}
