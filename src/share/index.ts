// In: what policy lets out, what peers send. Out: STIX, TAXII, patterns as SQL, decisions, blind matches.
// Bytes from peers are checked here before anything else sees them.
// Never: sends what was not approved.

export { compilePattern } from './pattern/compile-pattern.ts'
export { parsePattern } from './pattern/parse-pattern.ts'
export { pathsOf } from './pattern/pattern-paths.ts'
export { patternSql } from './pattern/pattern-sql.ts'
export type * from './pattern/pattern-tree.ts'
export { checkBundle, readBundle } from './stix/check-bundle.ts'
export { checkObject, isUsable } from './stix/check-object.ts'
export { observableId } from './stix/observable-id.ts'
export { pathText } from './stix/problem.ts'
export type { JsonObject, StixProblem } from './stix/problem.ts'
export { labelOfMarking, markingOfLabel, tlpDefinition } from './stix/tlp.ts'
export { arrivalOf, nextVersion, revoke } from './stix/versions.ts'
export {
  TaxiiClientError,
  addRemote,
  discover,
  remoteCollections,
  remoteStatus,
  walkManifest,
  walkObjects,
} from './taxii/client.ts'
export type { TaxiiPeer } from './taxii/client.ts'
export { saveCollection, saveRoot } from './taxii/collections.ts'
export { handleTaxii } from './taxii/handle.ts'
export type { TaxiiAnswer, TaxiiClient, TaxiiRequest, TaxiiServer } from './taxii/asked.ts'
export { decide } from './policy/decide.ts'
export type * from './policy/policy-types.ts'
export { itemOfStix, redact } from './policy/stix-item.ts'
export type { BlindStation } from './blind/round.ts'
export { switchAsking } from './blind/asking-records.ts'
export { setBudget } from './blind/budgets.ts'
export { Crunch } from './blind/crunch.ts'
export { rotateEpoch } from './blind/epochs.ts'
export type { BlindHub, BlindSeal } from './blind/epochs.ts'
export { decideHits } from './blind/hits.ts'
export { addSensitive, removeSensitive } from './blind/sensitive.ts'
export { blindState } from './blind/state.ts'
export { MEMBER_PACE, openHub } from './hub/open-hub.ts'
export type { RunningHub } from './hub/open-hub.ts'
export { figures } from './hub/figures.ts'
export { previewOf } from './hub/preview.ts'
export {
  audienceOf,
  prepareObjects,
  prepareValues,
  publishObjects,
  publishValues,
} from './hub/publish.ts'
export { readPassedOn } from './hub/passed-on.ts'
export { withdraw } from './hub/withdraw.ts'
export type { ListedValue, Publication } from './hub/publish.ts'
export { traceOf } from './hub/trace.ts'
export type { Watch } from './member/answering.ts'
export type { Sightings } from './member/sightings.ts'
export { sightingsOf } from './hub/places.ts'
export { hubLink } from './member/hub-link.ts'
export type { HubLink } from './member/hub-link.ts'
export { joinHub } from './member/join-hub.ts'
export { openMember } from './member/open-member.ts'
export type { Member } from './member/open-member.ts'
export { decideOutgoing, readOutbox, reconsiderAll } from './member/outbox.ts'
export { readReceived } from './member/received.ts'
export { acceptRenewal } from './member/renew.ts'
export { draftAgreement } from './peer/agreement.ts'
export { readConsents, recordConsent, revokeConsent } from './peer/consents.ts'
export { decodeHubCode, encodeHubCode } from './peer/hub-code.ts'
export { peerList } from './peer/peer-list.ts'
export { endPeer, findPeer, invite, listPeers } from './peer/peers.ts'
export { offerRenewal } from './peer/renewal.ts'
export { changeSelf, openSelf, readSelf } from './peer/self.ts'
export { openStationKey } from './peer/station-key.ts'
export type { StationKey } from './peer/station-key.ts'
export { registerOwn, readOwnRegistration } from './member/own-registration.ts'
export { answerTold, listTold } from './member/told.ts'
export { answerByCode, answerNotice, findCode, noteCall } from './notices/answers.ts'
export { callSheet } from './notices/call-sheet.ts'
export { noticeEffect } from './notices/effect.ts'
export { importReport } from './notices/import-report.ts'
export { openDkimKey } from './notices/dkim.ts'
export type { DkimKey } from './notices/dkim.ts'
export { openMailer } from './notices/mail.ts'
export type { PlainMail } from './notices/mail.ts'
export { listNotices } from './notices/notice-records.ts'
export { openNotices } from './notices/open-notices.ts'
export type { RunningNotices } from './notices/open-notices.ts'
export {
  confirmHoldings,
  enterOrganisation,
  listOrganisations,
  organisationId,
  removeOrganisation,
} from './notices/organisations.ts'
export { PermanentRefusal } from './notices/send.ts'
export type { Senders } from './notices/send.ts'
export { listUnplaced, placeAgain, settleUnplaced } from './notices/unplaced.ts'
export { upSender } from './notices/up-sender.ts'
export { postSigned, webhookSender } from './notices/webhook.ts'
export type { SignedPost } from './notices/webhook.ts'
export { actOnCampaign, undoCampaignAct } from './campaigns/acts.ts'
export { campaignPage, scopeLines } from './campaigns/campaign-page.ts'
export { joinNew, listCampaigns } from './campaigns/campaign-records.ts'
export type { CommonPlaces } from './campaigns/campaign-records.ts'
export { campaignDetail } from './campaigns/detail.ts'
export { gatherSightings, keepIncident } from './campaigns/gather.ts'
export { readIncident } from './campaigns/read-incident.ts'
export { sumsOf } from './roll-up/roll-ups-at-hub.ts'
export { switchRollUp, toldHubs } from './roll-up/tell-roll-up.ts'
export { switchWitnessing, witnessingHubs } from './witness/ask-hub.ts'
export type { WitnessPort } from './witness/witness-port.ts'
export { acknowledgeReport, listReportsReceived } from './report-up/reports-at-hub.ts'
export type { TakenReport } from './report-up/reports-at-hub.ts'
export { hubsOfReport, sendReport } from './report-up/send-report.ts'
export type { TellReports } from './report-up/send-report.ts'
export { showTerms, switchReporting } from './threshold/reporting-records.ts'
export type { ThresholdStation } from './threshold/round.ts'
export { isOpened, thresholdState } from './threshold/state.ts'
export { offerTerms, setGroup, termsDigest } from './threshold/terms.ts'
export type { Opened } from './threshold/open-shares.ts'
export { mispFeed, mispPreview } from './misp/serve-feed.ts'
export type { ContentDesk, OfferedContent } from './content/content-desk.ts'
export type { UsedContent } from './content/used-content.ts'
export { readGivenContent } from './content/content-at-hub.ts'
export { MOST_CONTENT_CHARACTERS, contentOf } from './content/content-object.ts'
export type { SharedContent } from './content/content-object.ts'
export {
  contentAnswered,
  contentInUse,
  readReceivedContent,
  usedOf,
} from './content/content-records.ts'
export { decideContent } from './content/content-round.ts'
