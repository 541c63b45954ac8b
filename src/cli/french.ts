// The command line library's own words, in French.

import { formatMessageForArgumentScannerError, ArgumentScannerError, text_en } from '@stricli/core'
import type { ApplicationText } from '@stricli/core'
import { reasonOf } from '../core/index.ts'

export const stricliFrench: ApplicationText = {
  ...text_en,
  headers: {
    usage: 'UTILISATION',
    aliases: 'ALIAS',
    commands: 'COMMANDES',
    flags: 'OPTIONS',
    arguments: 'ARGUMENTS',
  },
  keywords: { default: 'par défaut =', separator: 'séparateur =' },
  briefs: {
    help: 'Afficher l’aide et quitter',
    helpAll: 'Afficher l’aide complète et quitter',
    version: 'Afficher la version et quitter',
    argumentEscapeSequence: 'Tout ce qui suit est un argument',
  },
  noCommandRegisteredForInput: ({ input, corrections }) =>
    corrections.length === 0
      ? `Aucune commande ne s’appelle « ${input} ».`
      : `Aucune commande ne s’appelle « ${input} ». Vouliez-vous dire ${corrections.join(', ')}?`,
  exceptionWhileParsingArguments: (thrown) =>
    `Ces arguments ne conviennent pas : ${
      thrown instanceof ArgumentScannerError
        ? formatMessageForArgumentScannerError(thrown, {})
        : reasonOf(thrown)
    }`,
}
