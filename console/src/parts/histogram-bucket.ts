// What a histogram shows.

export type Bucket = { readonly from: number; readonly count: number }

/** Selected bars, both ends included. */
export type Selected = { readonly start: number; readonly end: number }
