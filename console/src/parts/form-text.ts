// The text of one field of a form, or its files; a file is no text.

export function formText(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name)
  return typeof value === 'string' ? value : ''
}

/** An empty file where none was chosen: the station says what is wrong with it. */
export function formFile(form: HTMLFormElement, name: string): File {
  return formFiles(form, name)[0] ?? new File([], '')
}

/** A browser gives one nameless file where none was chosen. */
export function formFiles(form: HTMLFormElement, name: string): readonly File[] {
  return new FormData(form)
    .getAll(name)
    .filter((value) => value instanceof File)
    .filter((file) => file.name !== '')
}
