// A page of the station to keep or print: as it is, and as PDF.

type Props = {
  label: string
  /** With its language in the query. */
  address: string
  /** Of the file, without its ending. */
  name: string
}

export function PageLinks({ label, address, name }: Props) {
  return (
    <span>
      <a href={address} download={`${name}.html`}>
        {label}
      </a>{' '}
      <a href={`${address}&as=pdf`} download={`${name}.pdf`} aria-label={`${label}, PDF`}>
        (PDF)
      </a>
    </span>
  )
}
