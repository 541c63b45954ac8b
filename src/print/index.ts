// In: a page of ours, as HTML. Out: the same as PDF, with tags that a screen reader follows (PDF/UA-1).
// What the page says is data to the typesetter, never markup.
// Never: reads anything but the page; lets a page that breaks it harm the station.

export { pdfOf } from './pdf.ts'
