// What is said of incident reports that go to a hub.

export const reportUp = {
  expected: 'a report that its marking, the agreement and recorded consents let go to this hub',
  alertTitle: (organisation: string) => `Incident report of ${organisation}`,
  alertWhy: (organisation: string, title: string, reference: string) =>
    `${organisation} sent an approved report: “${title}” (${reference}). Read it and acknowledge it (Sharing, Reports).`,
  how: (peer: string) => `to the hub ${peer}`,
  brief: 'Reports that members sent to this hub',
  list: 'Show reports, the newest first',
  acknowledge: 'Say that a report was read; its maker hears so',
  acknowledged: (reference: string) => `${reference} acknowledged.`,
  none: 'No report.',
  columns: ['reference', 'received (UTC)', 'organisation', 'TLP', 'title', 'read by'],
  send: 'Send the approved report to a hub that was joined',
  sent: (peer: string) => `It goes to ${peer}. What comes back: vigie cases report`,
  hub: {
    none: (peer: string) => `${peer}: not sent`,
    ready: (peer: string) => `${peer}: on its way`,
    taken: (peer: string, reference: string, at: string) =>
      `${peer}: taken ${at}, reference ${reference}`,
    acknowledged: (peer: string, reference: string, by: string) =>
      `${peer}: read by ${by}, reference ${reference}`,
    refused: (peer: string, reason: string) => `${peer}: refused: ${reason}`,
    earlier: 'an earlier text',
  },
}
