// A rule's reference: a link only where it is a web address (rules come from outside: `javascript:` and such stay text).

export function Reference({ address }: { address: string }) {
  if (!/^https?:\/\/[^\s]+$/u.test(address)) return <>{address}</>
  return (
    <a href={address} target="_blank" rel="noreferrer noopener">
      {address}
    </a>
  )
}
