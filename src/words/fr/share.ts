// Ce qui se dit du partage.

import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

export const share: Words['share'] = {
  brief: 'Partager avec d’autres, et vérifier ce qui doit être partagé',
  check: {
    brief:
      'Vérifier un paquet STIX 2.1\u202f: ce qui enfreint la norme, et ce sur quoi d’autres buteront',
    usable: (count) => `${plural('fr', count, 'objet utilisable', 'objets utilisables')}.`,
    error: 'erreur',
    advice: 'conseil',
  },
  pattern: {
    brief: 'Montrer la requête que devient un motif STIX, ou pourquoi il ne peut pas être posé',
  },
}
