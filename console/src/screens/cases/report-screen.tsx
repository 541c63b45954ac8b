// The report of a case: filled in, looked at, approved word for word, and written down as sent.

import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import type { ReportView } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useLanguage, useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { ActForm } from '../../parts/act-form.tsx'
import { TextField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import { RoomFrame, stateOf } from '../../parts/room-frame.tsx'
import { StateMark } from '../../parts/state-mark.tsx'
import { CASES, approveReport, reportQuery, reportSent } from './case-api.ts'
import styles from './cases.module.css'
import { ReportHubs } from './report-hubs.tsx'
import { ReportSending } from './report-sending.tsx'
import { StateReport } from './state-report.tsx'

const route = getRouteApi('/cases/report')

export function ReportScreen() {
  const words = useRoomWords().cases.report
  const { case: number = '0' } = route.useSearch()
  const language = useLanguage()
  const query = useQuery(reportQuery(number, language))
  const { data } = query
  return (
    <RoomFrame title={words.title(Number(number))} links={[]} {...stateOf(query)}>
      <div className={styles.page}>
        <p>
          <Link to="/cases" search={{ case: number, state: 'all' }}>
            {words.back}
          </Link>
        </p>
        <p>{words.how}</p>
        {data && <Report view={data} />}
      </div>
    </RoomFrame>
  )
}

function Report({ view }: { view: ReportView }) {
  const words = useRoomWords().cases.report
  const number = view.report.case
  return (
    <>
      <StateReport key={number} number={number} stated={view.stated} />
      <Standing view={view} />
      <Told view={view} />
      <ReportHubs view={view} />
      <ReportSending view={view} />
      <Send view={view} />
      <h2>{words.sendTitle}</h2>
      <ul>
        {words.send.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  )
}

function Standing({ view }: { view: ReportView }) {
  const words = useRoomWords().cases
  const language = useLanguage()
  const format = useFormat()
  const { report, approval, digest, forbidden, missing } = view
  return (
    <section className={layout.section}>
      <p>
        {approval === null ? (
          <StateMark tone="partly">{words.report.draft}</StateMark>
        ) : (
          <StateMark tone="good">
            {words.report.approved(approval.by, format.full(approval.at))}
          </StateMark>
        )}
      </p>
      {missing.length > 0 && (
        <p>
          {words.report.missing(missing.map((name) => fieldName(name, words.fields)).join(', '))}
        </p>
      )}
      {forbidden.length > 0 && <MustNot forbidden={forbidden} />}
      <Forms view={view} />
      {approval === null && forbidden.length === 0 && (
        <ActButton
          label={words.report.approve}
          act={() => approveReport(report.case, { digest, language })}
          refreshes={CASES}
        />
      )}
    </section>
  )
}

function MustNot({ forbidden }: Pick<ReportView, 'forbidden'>) {
  const words = useRoomWords().cases
  return (
    <div role="alert">
      <p>
        <strong>{words.report.mustNot}</strong>
      </p>
      <ul>
        {forbidden.map(({ kind, place, excerpt }) => (
          <li key={`${kind} ${place} ${excerpt}`}>
            {words.report.found(words.forbidden[kind], excerpt)}{' '}
            <span className="quiet">({fieldName(place, words.fields)})</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** A draft may be looked at; what machines read is given only of what was approved. */
function Forms({ view: { report, approval } }: { view: ReportView }) {
  const words = useRoomWords().cases.report
  const language = useLanguage()
  const page = (as: string): string => `/api/cases/${report.case}/report/${as}?language=${language}`
  return (
    <div className="row">
      <a href={page('html')} className="button" target="_blank" rel="noreferrer">
        {words.look}
      </a>
      <a href={page('pdf')} className="button" download={`case-${report.case}-${language}.pdf`}>
        {words.asPdf}
      </a>
      {approval !== null && approval.rule === null && (
        <>
          <a href={page('json')} className="button" download={`case-${report.case}.json`}>
            {words.asJson}
          </a>
          <a href={page('stix')} className="button" download={`case-${report.case}.stix.json`}>
            {words.asStix}
          </a>
        </>
      )}
    </div>
  )
}

/** The last word of `reporter.phone` in the reader's language. */
function fieldName(place: string, fields: Readonly<Record<string, string>>): string {
  return fields[place.split('.').at(-1) ?? ''] ?? place
}

function Told({ view: { report, withheld } }: { view: ReportView }) {
  const words = useRoomWords().cases
  return (
    <section className={layout.section}>
      <h2>{words.report.told}</h2>
      {report.indicators.length === 0 && <p>{words.report.noIndicators}</p>}
      <ul>
        {report.indicators.map(({ value, context }) => (
          <li key={value}>
            <span className="mono">{value}</span> <span className="quiet">{context}</span>
          </li>
        ))}
      </ul>
      {withheld.length > 0 && <h3>{words.report.notTold}</h3>}
      <ul>
        {withheld.map(({ value, reason }) => (
          <li key={`${value} ${reason}`}>
            <span className="mono">{value}</span>{' '}
            <span className="quiet">({words.withheld[reason]})</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Send({ view: { report, approval, sent } }: { view: ReportView }) {
  const words = useRoomWords().cases.report
  const format = useFormat()
  return (
    <>
      {sent !== null && (
        <p>
          {words.wasSent(sent.by, format.full(sent.at), sent.how)}{' '}
          <span className="mono">{sent.reference}</span>
        </p>
      )}
      {approval !== null && (
        <ActForm
          title={words.sent}
          action={words.sentGo}
          refreshes={CASES}
          send={(form) =>
            reportSent(report.case, {
              how: formText(form, 'how'),
              reference: formText(form, 'reference'),
            })
          }
        >
          <TextField label={words.sentHow} name="how" required maxLength={500} />
          <TextField label={words.reference} name="reference" maxLength={200} />
        </ActForm>
      )}
    </>
  )
}
