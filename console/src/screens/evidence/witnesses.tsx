// Who signs this log beside the station and how that stands to the quorum; and whose logs the station signs.

import type { EvidenceState } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { ActForm } from '../../parts/act-form.tsx'
import { Facts } from '../../parts/facts.tsx'
import { AreaField, TextField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import { StateMark } from '../../parts/state-mark.tsx'
import { Table } from '../../parts/table.tsx'
import {
  EVIDENCE,
  confirmWitness,
  removeWitness,
  setQuorum,
  stopSigning,
  switchWitnessing,
} from './evidence-api.ts'

type Witnessing = EvidenceState['witnessing']
type Props = { is: Witnessing }

export function Witnesses({ is }: Props) {
  const words = useRoomWords().evidence.witnesses
  return (
    <section className={layout.section}>
      <h2>{words.title}</h2>
      <p className="quiet">{words.how}</p>
      <Quorum is={is} />
      <Hubs is={is} />
      <Signing is={is} />
      {is.witnesses.length > 0 && <Compare />}
      <QuorumOfCompared is={is} />
      <Logs is={is} />
    </section>
  )
}

const TONES = { none: 'partly', met: 'good', 'not met': 'bad' } as const

function Quorum({ is: { key, fingerprint, quorum } }: Props) {
  const words = useRoomWords().evidence.witnesses
  const format = useFormat()
  const { state, size, met, since, setBy } = quorum
  const last =
    met === null || size === null ? null : words.metAt(format.number(size), format.full(met))
  return (
    <>
      <StateMark tone={TONES[state]}>{words.states[state]}</StateMark>
      <Facts
        facts={[
          [words.met, last],
          [words.since, since === null || state !== 'not met' ? null : format.full(since)],
          [words.setBy, setBy],
          [
            words.fingerprint,
            <span key="fingerprint" className="mono">
              {fingerprint}
            </span>,
          ],
          [
            words.own,
            <span key="own" className="mono">
              {key}
            </span>,
          ],
        ]}
      />
    </>
  )
}

function Hubs({ is: { hubs } }: Props) {
  const words = useRoomWords().evidence.witnesses
  if (hubs.length === 0) return <p className="quiet">{words.noHubs}</p>
  return (
    <ul>
      {hubs.map(({ peer, isOn, by }) => (
        <li key={peer}>
          {peer} – {isOn ? words.onBy(by ?? '') : words.isOff}{' '}
          <ActButton
            label={isOn ? words.off(peer) : words.on(peer)}
            refreshes={EVIDENCE}
            act={() => switchWitnessing({ peer, isOn: !isOn })}
          />
        </li>
      ))}
    </ul>
  )
}

function Signing({ is: { witnesses } }: Props) {
  const words = useRoomWords().evidence.witnesses
  const format = useFormat()
  return (
    <Table
      title={words.table}
      none={words.none}
      columns={words.columns}
      rows={witnesses.map(
        ({ key, name, organisation, isHub, isInQuorum, size, signed, problem, ...more }) => ({
          key,
          cells: [
            isHub ? `${organisation} (${words.hub})` : organisation,
            <code key="name">{name}</code>,
            signed === null ? '–' : words.metAt(format.number(size), format.full(signed)),
            <Standing
              key="state"
              problem={problem}
              isSigned={signed !== null}
              isInQuorum={isInQuorum}
              {...more}
            />,
            more.removed === null && !isInQuorum && (
              <ActButton
                key="remove"
                label={words.remove(organisation)}
                refreshes={EVIDENCE}
                act={() => removeWitness(key)}
              />
            ),
          ],
        }),
      )}
    />
  )
}

type StandingProps = {
  problem: Witnessing['witnesses'][number]['problem']
  isSigned: boolean
  isInQuorum: boolean
} & Pick<Witnessing['witnesses'][number], 'confirmed' | 'removed'>

function Standing({ problem, isSigned, isInQuorum, confirmed, removed }: StandingProps) {
  const words = useRoomWords().evidence.witnesses
  if (removed !== null) return <StateMark tone="partly">{words.say.removed(removed.by)}</StateMark>
  const counts = isInQuorum ? `, ${words.say.inQuorum}` : ''
  const compared = confirmed === null ? words.say.notCompared : words.say.compared(confirmed.by)
  if (problem !== null)
    return (
      <StateMark tone="bad">{`${words.say.problems[problem.code](problem.about)}${counts}`}</StateMark>
    )
  const [tone, said] =
    isSigned && confirmed !== null
      ? (['good', words.goodWitness] as const)
      : (['partly', words.waiting] as const)
  return <StateMark tone={tone}>{`${said}${counts}, ${compared}`}</StateMark>
}

/** Only witnesses whose keys were compared can be asked for. */
function QuorumOfCompared({ is: { witnesses } }: Props) {
  const most = witnesses.filter(({ confirmed }) => confirmed !== null).length
  return most === 0 ? null : <SetQuorum most={most} />
}

function Compare() {
  const words = useRoomWords().evidence.witnesses.compare
  const send = (form: HTMLFormElement) =>
    confirmWitness({ fingerprint: formText(form, 'fingerprint'), by: formText(form, 'by').trim() })
  return (
    <ActForm
      title={words.title}
      action={words.go}
      refreshes={EVIDENCE}
      send={send}
      said={({ name }) => words.done(name)}
    >
      <p className="quiet">{words.how}</p>
      <TextField label={words.fingerprint} name="fingerprint" required maxLength={100} />
      <TextField label={words.by} name="by" required maxLength={200} />
    </ActForm>
  )
}

function SetQuorum({ most }: { most: number }) {
  const words = useRoomWords().evidence.witnesses
  const send = (form: HTMLFormElement) => {
    const policy = formText(form, 'policy').trim()
    const least = Number(formText(form, 'least'))
    return setQuorum(policy === '' ? { least } : { policy: `${policy}\n` })
  }
  return (
    <ActForm
      title={words.set}
      action={words.set}
      refreshes={EVIDENCE}
      send={send}
      said={() => words.done}
    >
      <TextField
        label={words.least}
        name="least"
        type="number"
        min={1}
        max={most}
        defaultValue={most}
      />
      <AreaField label={words.policy} name="policy" maxLength={65_536} />
    </ActForm>
  )
}

function Logs({ is: { logs } }: Props) {
  const words = useRoomWords().evidence.witnesses
  const format = useFormat()
  return (
    <Table
      title={words.logs}
      none={words.noLogs}
      columns={words.logColumns}
      rows={logs.map(({ origin, organisation, size, signed, flaw, stopped }) => ({
        key: origin,
        cells: [
          organisation,
          <code key="log">{origin}</code>,
          signed === null ? '–' : words.metAt(format.number(size), format.full(signed)),
          flaw === null ? (
            <StateMark key="state" tone={signed === null ? 'partly' : 'good'}>
              {signed === null ? words.waiting : words.good}
            </StateMark>
          ) : (
            <StateMark key="state" tone="bad">
              {words.say.flaws[flaw.kind]}
            </StateMark>
          ),
          <ActButton
            key="stop"
            label={stopped === null ? words.stop(organisation) : words.resume(organisation)}
            refreshes={EVIDENCE}
            act={() => stopSigning(origin, stopped === null)}
          />,
        ],
      }))}
    />
  )
}
