// The heading of a column as it is compared: no accents, no signs, no capitals.

/** `Nom d’hôte`, `nom_d'hote` and `NOM D HÔTE` are one. */
export function foldHeading(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase()
}
