// Incident reports that members sent to this hub, the newest first.

import { useQuery } from '@tanstack/react-query'
import type { ReportsReceived } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { Facts } from '../../parts/facts.tsx'
import { stateOf } from '../../parts/room-frame.tsx'
import { SHARING, acknowledgeReport, reportsQuery } from './share-api.ts'
import { ShareFrame } from './share-frame.tsx'

export function ReportsScreen() {
  const words = useRoomWords().sharing.reports
  const query = useQuery(reportsQuery)
  const { data } = query
  return (
    <ShareFrame {...stateOf(query)}>
      {data && (
        <div>
          <p className="quiet">{words.how}</p>
          {data.reports.length === 0 && <p>{words.none}</p>}
          {data.reports.map((report) => (
            <Report key={report.reference} report={report} />
          ))}
        </div>
      )}
    </ShareFrame>
  )
}

function Report({ report: sent }: { report: ReportsReceived['reports'][number] }) {
  const words = useRoomWords().sharing.reports
  const cases = useRoomWords().cases
  const format = useFormat()
  const { reference, organisation, title, marking, approvedBy, received, acknowledged, report } =
    sent
  return (
    <article aria-label={reference}>
      <h2>
        {organisation}: {title} <span className="quiet">TLP:{marking.toUpperCase()}</span>
      </h2>
      <Facts
        facts={[
          [words.facts.reference, reference],
          [words.facts.received, format.full(received)],
          [words.facts.category, cases.categories[report.category]],
          [words.facts.approvedBy, approvedBy],
          [
            words.facts.reporter,
            [report.reporter.name, report.reporter.phone, report.reporter.email]
              .filter((one) => one !== '')
              .join(', '),
          ],
          [
            words.facts.read,
            acknowledged === null
              ? null
              : words.readBy(acknowledged.by, format.full(acknowledged.at)),
          ],
        ]}
      />
      {report.narrative !== '' && <p>{report.narrative}</p>}
      <Indicators of={report.indicators} />
      {acknowledged === null && (
        <ActButton
          label={words.acknowledge(reference)}
          refreshes={SHARING}
          act={() => acknowledgeReport(reference)}
        />
      )}
    </article>
  )
}

function Indicators({ of }: { of: ReportsReceived['reports'][number]['report']['indicators'] }) {
  const words = useRoomWords().sharing.reports
  if (of.length === 0) return null
  return (
    <details>
      <summary>{words.indicators(of.length)}</summary>
      <ul>
        {of.map(({ value, context }) => (
          <li key={value}>
            <span className="mono">{value}</span> <span className="quiet">{context}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
