// Devices that are asked over SSH: how it goes, and the host key that waits for somebody to compare it.

import type { DevicePull, DevicePulls, PullAsk } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { ActForm } from '../../parts/act-form.tsx'
import { AreaField, SelectField, TextField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import { StateMark } from '../../parts/state-mark.tsx'
import tables from '../../parts/wide-table.module.css'
import { DEVICES, addPull, confirmPullKey, pullNow, removePull } from './device-api.ts'

export function Pulls({ data: { pulls, platforms } }: { data: DevicePulls }) {
  const { collection: words } = useRoomWords().devices
  return (
    <section className={layout.section}>
      <h2>{words.pulls}</h2>
      <AddPull platforms={platforms} />
      {pulls.length === 0 ? <p>{words.noPulls}</p> : <Table pulls={pulls} />}
    </section>
  )
}

function Table({ pulls }: { pulls: readonly DevicePull[] }) {
  const { collection: words } = useRoomWords().devices
  return (
    <section className={tables.wide} tabIndex={0} aria-label={words.pulls}>
      <table className={`${tables.table} ${tables.named}`}>
        <thead>
          <tr>
            <th scope="col">{words.device}</th>
            <th scope="col">{words.host}</th>
            <th scope="col">{words.state}</th>
            <th scope="col">{words.taken}</th>
            <th scope="col">{words.next}</th>
            <th scope="col" aria-label={words.now} />
          </tr>
        </thead>
        <tbody>
          {pulls.map((pull) => (
            <Row key={pull.device} pull={pull} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row({ pull }: { pull: DevicePull }) {
  const { collection: words } = useRoomWords().devices
  const format = useFormat()
  const { device, host, port, platform, taken, next, hostKey, hostKeyBy } = pull
  return (
    <tr>
      <th scope="row">{device}</th>
      <td>
        {host}:{port} <span className="quiet">{platform}</span>
        {hostKey !== null && (
          <p className="quiet">
            <code>{hostKey}</code> {words.confirmed(hostKeyBy)}
          </p>
        )}
      </td>
      <td>
        <State pull={pull} />
      </td>
      <td>{taken === null ? words.never : format.time(taken)}</td>
      <td>{format.time(next)}</td>
      <td>
        <ActButton label={words.now} refreshes={DEVICES} act={() => pullNow(device)} />
        <ActButton label={words.remove} refreshes={DEVICES} act={() => removePull(device)} />
      </td>
    </tr>
  )
}

function State({ pull: { device, state, problem, hostKeyMet } }: { pull: DevicePull }) {
  const { collection: words, pullStates } = useRoomWords().devices
  const side = useSide()
  const tone = state === 'ok' || state === 'new' ? 'good' : 'bad'
  return (
    <>
      <StateMark tone={tone}>{pullStates[state]}</StateMark>
      {problem && <p>{side(problem)}</p>}
      {hostKeyMet !== null && (
        <>
          <p className="quiet">{words.confirmHow}</p>
          <ActButton
            label={words.confirm}
            refreshes={DEVICES}
            act={() => confirmPullKey(device, hostKeyMet)}
          />
        </>
      )}
    </>
  )
}

function AddPull({ platforms }: Pick<DevicePulls, 'platforms'>) {
  const { collection: words } = useRoomWords().devices
  const options = platforms.map(({ name, title }) => ({ value: name, label: title }))
  return (
    <ActForm
      title={words.add}
      action={words.addGo}
      refreshes={DEVICES}
      send={(form) => addPull(askOf(form))}
    >
      <TextField label={words.device} name="device" required maxLength={200} />
      <TextField label={words.host} name="host" required maxLength={253} />
      <TextField
        label={words.port}
        name="port"
        type="number"
        min={1}
        max={65_535}
        defaultValue={22}
      />
      <SelectField label={words.platform} name="platform" options={options} />
      <TextField label={words.account} name="account" required maxLength={100} autoComplete="off" />
      <TextField
        label={words.password}
        name="password"
        type="password"
        autoComplete="new-password"
      />
      <AreaField label={words.key} name="key" autoComplete="off" spellCheck={false} />
      <TextField
        label={words.passphrase}
        name="passphrase"
        type="password"
        autoComplete="new-password"
      />
      <TextField label={words.enable} name="enable" type="password" autoComplete="new-password" />
      <TextField label={words.hostKey} name="hostKey" maxLength={60} />
    </ActForm>
  )
}

/** What is left empty is not given. */
function askOf(form: HTMLFormElement): Omit<PullAsk, 'every'> {
  const given = (name: 'password' | 'key' | 'passphrase' | 'enable' | 'hostKey') => {
    const text = formText(form, name)
    return text.trim() === '' ? {} : { [name]: name === 'hostKey' ? text.trim() : text }
  }
  return {
    device: formText(form, 'device').trim(),
    host: formText(form, 'host').trim(),
    port: Number(formText(form, 'port')),
    platform: formText(form, 'platform'),
    account: formText(form, 'account').trim(),
    ...given('password'),
    ...given('key'),
    ...given('passphrase'),
    ...given('enable'),
    ...given('hostKey'),
  }
}
