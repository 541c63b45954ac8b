// For whom a report is encrypted, and rules by which it may be approved beforehand.

import { useQuery } from '@tanstack/react-query'
import type { ReportSending as Sending, ReportView } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useLanguage, useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { ActForm } from '../../parts/act-form.tsx'
import { AreaField, SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import {
  CASES,
  addRule,
  approveReport,
  endRule,
  removeRecipient,
  sealReport,
  sendingQuery,
  setRecipient,
} from './case-api.ts'

export function ReportSending({ view }: { view: ReportView }) {
  const words = useRoomWords().cases.sending
  const { data } = useQuery(sendingQuery)
  if (!data) return null
  const { recipients, rules } = data
  return (
    <section className={layout.section}>
      <h2>{words.title}</h2>
      {recipients.length === 0 && <p className="quiet">{words.noRecipient}</p>}
      <Recipients recipients={recipients} view={view} />
      <KeepRecipient />
      <Rules rules={rules} view={view} />
      {recipients.length > 0 && <RecordRule recipients={recipients} />}
    </section>
  )
}

function Recipients({
  recipients,
  view: { report, approval },
}: Pick<Sending, 'recipients'> & { view: ReportView }) {
  const words = useRoomWords().cases.sending
  const language = useLanguage()
  const isFor = (name: string) =>
    approval !== null && (approval.rule === null || approval.rule.recipient === name)
  return (
    <ul>
      {recipients.map(({ name, fingerprint, users }) => (
        <li key={name}>
          {words.fingerprint(name, users.join(', '))} <code>{fingerprint}</code>{' '}
          {isFor(name) && (
            <ActButton
              label={words.seal(name)}
              refreshes={CASES}
              act={() => download(report.case, { recipient: name, language })}
            />
          )}{' '}
          <ActButton
            label={words.remove(name)}
            refreshes={CASES}
            act={() => removeRecipient(name)}
          />
        </li>
      ))}
    </ul>
  )
}

async function download(
  number: number,
  asked: { recipient: string; language: 'en' | 'fr' },
): Promise<void> {
  const { name, message } = await sealReport(number, { ...asked, format: 'pdf' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([message], { type: 'application/pgp-encrypted' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

function KeepRecipient() {
  const words = useRoomWords().cases.sending
  return (
    <ActForm
      title={words.recipient}
      action={words.keep}
      refreshes={CASES}
      send={(form) => setRecipient({ name: formText(form, 'name'), key: formText(form, 'key') })}
    >
      <p className="quiet">{words.recipientHow}</p>
      <TextField label={words.name} name="name" required maxLength={40} />
      <AreaField label={words.key} name="key" required rows={6} />
    </ActForm>
  )
}

function Rules({ rules, view }: Pick<Sending, 'rules'> & { view: ReportView }) {
  const words = useRoomWords().cases
  const language = useLanguage()
  const format = useFormat()
  const { report, approval, digest } = view
  return (
    <>
      {approval?.rule && <p>{words.sending.byRule(approval.rule.recipient)}</p>}
      <ul>
        {rules.map(({ id, by, recipient, categories, mostMarking, until, revoked }) => (
          <li key={id}>
            {words.sending.covers(
              by,
              recipient,
              words.sending.which(
                categories.map((one) => words.categories[one]).join(', '),
                mostMarking,
                format.full(until),
              ),
            )}{' '}
            {revoked !== null && <span className="quiet">({words.sending.ended})</span>}
            {revoked === null && (
              <>
                {approval === null && (
                  <ActButton
                    label={words.sending.approveBy(by)}
                    refreshes={CASES}
                    act={() => approveReport(report.case, { digest, language, rule: id })}
                  />
                )}{' '}
                <ActButton label={words.sending.end} refreshes={CASES} act={() => endRule(id)} />
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function RecordRule({ recipients }: Pick<Sending, 'recipients'>) {
  const words = useRoomWords().cases
  const send = (form: HTMLFormElement) =>
    addRule({
      by: formText(form, 'by'),
      recipient: formText(form, 'recipient'),
      categories: new FormData(form).getAll('categories'),
      mostMarking: formText(form, 'mostMarking'),
      until: `${formText(form, 'until')}T23:59:59Z`,
    })
  return (
    <ActForm title={words.sending.rule} action={words.sending.record} refreshes={CASES} send={send}>
      <p className="quiet">{words.sending.ruleHow}</p>
      <TextField label={words.sending.by} name="by" required maxLength={200} />
      <SelectField
        label={words.sending.to}
        name="recipient"
        options={recipients.map(({ name }) => ({ value: name, label: name }))}
      />
      <SelectField
        label={words.sending.categories}
        name="categories"
        multiple
        required
        options={optionsOf(words.categories)}
      />
      <SelectField
        label={words.sending.marking}
        name="mostMarking"
        options={optionsOf(words.markings)}
        defaultValue="amber"
      />
      <TextField label={words.sending.until} name="until" type="date" required />
    </ActForm>
  )
}
