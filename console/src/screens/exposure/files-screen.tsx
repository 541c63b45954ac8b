// What is handed in: reports of scanners and inventories, knowledge of vulnerabilities, and how old that is.

import { useQuery } from '@tanstack/react-query'
import type { Feed, KnowledgeList, ScanImported } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { CheckField, TextField } from '../../parts/fields.tsx'
import { formFile, formText } from '../../parts/form-text.ts'
import { stateOf } from '../../parts/room-frame.tsx'
import tables from '../../parts/wide-table.module.css'
import { EXPOSURE, feedsQuery, importScan, loadKnowledge } from './exposure-api.ts'
import { ExposureFrame } from './exposure-frame.tsx'

export function FilesScreen() {
  const query = useQuery(feedsQuery)
  const { data } = query
  return (
    <ExposureFrame {...stateOf(query)}>
      <div>
        <ScanForm />
        <KnowledgeForm />
        {data && <Feeds feeds={data.feeds} asOf={data.asOf} />}
      </div>
    </ExposureFrame>
  )
}

function ScanForm() {
  const { scan } = useRoomWords().exposure.files
  return (
    <ActForm
      title={scan.title}
      action={scan.go}
      refreshes={EXPOSURE}
      send={(form) =>
        importScan(formFile(form, 'file'), {
          complete: formText(form, 'complete') !== '',
          external: formText(form, 'external') !== '',
        })
      }
      said={(imported) => <Imported is={imported} />}
    >
      <p className="quiet">{scan.how}</p>
      <TextField label={scan.file} name="file" type="file" required />
      <CheckField label={scan.complete} name="complete" />
      <CheckField label={scan.external} name="external" />
    </ActForm>
  )
}

function Imported({ is }: { is: ScanImported }) {
  const { scan } = useRoomWords().exposure.files
  const { number } = useFormat()
  return (
    <>
      <p>
        {scan.said(is.tool, number(is.findings), number(is.assets))}{' '}
        {scan.changed(number(is.created), number(is.same), number(is.closed), number(is.reopened))}
      </p>
      <Pressing is={is} />
      <Sentences are={is.problems} />
    </>
  )
}

function Pressing({ is: { pressing, triage } }: { is: { pressing: number; triage: number } }) {
  const { files } = useRoomWords().exposure
  const { number } = useFormat()
  if (pressing === 0 && triage === 0) return null
  return (
    <p>
      <strong>{files.pressing(number(pressing), number(triage))}</strong>
    </p>
  )
}

function Sentences({ are }: { are: ScanImported['problems'] }) {
  const side = useSide()
  if (are.length === 0) return null
  return (
    <ul>
      {are.map((one) => (
        <li key={one.en}>{side(one)}</li>
      ))}
    </ul>
  )
}

function KnowledgeForm() {
  const { knowledge } = useRoomWords().exposure.files
  return (
    <ActForm
      title={knowledge.title}
      action={knowledge.go}
      refreshes={EXPOSURE}
      send={(form) => loadKnowledge(formFile(form, 'file'))}
      said={(list) => <Loaded is={list} />}
    >
      <p className="quiet">{knowledge.how}</p>
      <TextField label={knowledge.file} name="file" type="file" required />
    </ActForm>
  )
}

function Loaded({ is }: { is: KnowledgeList }) {
  const { knowledge } = useRoomWords().exposure.files
  const { number } = useFormat()
  return (
    <ul>
      {is.loaded.map(({ feed, read, exposures, unchanged, problems, ...more }) => (
        <li key={feed.name}>
          {unchanged
            ? knowledge.unchanged(feed.name)
            : knowledge.said(feed.name, number(read), number(exposures))}
          <Pressing is={more} />
          <Sentences are={problems} />
        </li>
      ))}
    </ul>
  )
}

function Feeds({ feeds, asOf }: { feeds: readonly Feed[]; asOf: string }) {
  const words = useRoomWords().exposure
  const { files } = words
  if (feeds.length === 0) return <p>{words.noFeeds}</p>
  return (
    <section className={tables.wide} tabIndex={0} aria-label={files.feeds}>
      <h2>{files.feeds}</h2>
      <table className={`${tables.table} ${tables.named}`}>
        <thead>
          <tr>
            <th scope="col">{files.feed}</th>
            <th scope="col">{files.dated}</th>
            <th scope="col">{files.age}</th>
            <th scope="col">{files.loaded}</th>
            <th scope="col" className="number">
              {files.entries}
            </th>
            <th scope="col">{files.by}</th>
          </tr>
        </thead>
        <tbody>
          {feeds.map((feed) => (
            <Row key={feed.name} feed={feed} asOf={asOf} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row({ feed, asOf }: { feed: Feed; asOf: string }) {
  const format = useFormat()
  return (
    <tr>
      <th scope="row">{feed.name}</th>
      <td>{format.time(feed.dated)}</td>
      <td>{format.span(Date.parse(asOf) - Date.parse(feed.dated))}</td>
      <td>{format.time(feed.loaded)}</td>
      <td className="number">{format.number(feed.entries)}</td>
      <td>{feed.by}</td>
    </tr>
  )
}
