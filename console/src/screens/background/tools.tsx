// Tools that intruders use as they are: which lists are loaded, and which tools this organisation allows.

import type { ToolState } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import { ActForm } from '../../parts/act-form.tsx'
import { SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { formFiles, formText } from '../../parts/form-text.ts'
import { Reference } from '../../parts/reference.tsx'
import { Table } from '../../parts/table.tsx'
import { BACKGROUND, allowTool, disallowTool, loadList } from './background-api.ts'

export function Tools({ state: { lists, allowed } }: { state: ToolState }) {
  return (
    <>
      <Lists lists={lists} />
      <ListForm />
      <Allowed allowed={allowed} />
      <AllowForm />
    </>
  )
}

function Lists({ lists }: Pick<ToolState, 'lists'>) {
  const words = useRoomWords().background.tools
  const { number } = useFormat()
  return (
    <Table
      title={words.title}
      none={words.none}
      columns={words.columns}
      rows={lists.map(({ list, dated, tools, values, passedOver, licence, source, loadedBy }) => ({
        key: list,
        cells: [
          words.lists[list],
          dated.slice(0, 10),
          passedOver === 0 ? number(tools) : words.passedOver(passedOver, `${number(tools)}.`),
          number(values),
          <span key={source}>
            {licence} · <Reference address={source} />
          </span>,
          loadedBy,
        ],
      }))}
    />
  )
}

function ListForm() {
  const { list: words, tools } = useRoomWords().background
  return (
    <ActForm
      title={words.title}
      action={words.go}
      refreshes={BACKGROUND}
      send={(form) => loadList(formText(form, 'list'), formFiles(form, 'files'))}
    >
      <p className="quiet">{words.how}</p>
      <SelectField label={words.list} name="list" options={optionsOf(tools.lists)} />
      <TextField label={words.files} name="files" type="file" multiple required />
    </ActForm>
  )
}

function Allowed({ allowed }: Pick<ToolState, 'allowed'>) {
  const words = useRoomWords().background.allowed
  const { time } = useFormat()
  return (
    <Table
      title={words.title}
      none={words.none}
      columns={words.columns}
      rows={allowed.map(({ tool, because, who, at }) => ({
        key: tool,
        cells: [
          tool,
          because,
          who,
          time(at),
          <ActButton
            key={tool}
            label={words.takeBack}
            refreshes={BACKGROUND}
            act={() => disallowTool(tool)}
          />,
        ],
      }))}
    />
  )
}

function AllowForm() {
  const words = useRoomWords().background.allow
  return (
    <ActForm
      title={words.title}
      action={words.go}
      refreshes={BACKGROUND}
      send={(form) =>
        allowTool({
          tool: formText(form, 'tool').trim(),
          because: formText(form, 'because').trim(),
        })
      }
    >
      <TextField label={words.tool} name="tool" required maxLength={200} autoComplete="off" />
      <TextField label={words.because} name="because" required minLength={3} maxLength={500} />
    </ActForm>
  )
}
