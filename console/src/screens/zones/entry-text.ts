// What the fields of zones and conduits share.

export type Editing<T> = { change: (to: Partial<T>) => void; remove: () => void }

export const wordsIn = (text: string): string[] =>
  text.split(/[\s,]+/).filter((word) => word !== '')
