// What a make is called: its system, and its maker where that is no part of the system's name.

/** Empty where the make is not recognised. */
export function makeName({
  vendor,
  title,
}: {
  readonly vendor: string
  readonly title: string
}): string {
  return title.includes(vendor.split(' ')[0] ?? '') ? title : `${vendor} ${title}`.trim()
}
