// The text of one field of a form, or its file; a file is no text.

export function formText(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name)
  return typeof value === 'string' ? value : ''
}

/** An empty blob where no file was chosen: the station says what is wrong with it. */
export function formFile(form: HTMLFormElement, name: string): File {
  const value = new FormData(form).get(name)
  return value instanceof File ? value : new File([], '')
}
