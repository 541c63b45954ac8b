// Campagnes au centre.

import type { LinkReason } from '../../model/index.ts'
import type { Words } from '../en.ts'
import { plural } from '../plural.ts'

export const campaigns: Words['campaigns'] = {
  brief: 'Ce que plusieurs organismes ont rencontré et qui va ensemble (au centre)',
  states: { proposed: 'proposée', confirmed: 'confirmée', dismissed: 'écartée', merged: 'réunie' },
  features: {
    certificate: 'certificat',
    file: 'fichier',
    domain: 'domaine',
    address: 'adresse',
    account: 'compte',
    provider: 'fournisseur',
    device: 'appareil',
    vulnerability: 'faille',
    asn: 'numéro d’AS',
    malware: 'maliciel',
    technique: 'technique',
  },
  acts: {
    confirm: 'confirmée',
    dismiss: 'écartée',
    rename: 'renommée',
    merge: 'réunie',
    split: 'séparée',
  },
  why: (kind: string, { value, weight, reports }: LinkReason) =>
    `${kind} ${value}\u202f: poids ${String(weight).replace('.', ',')}, dans ${plural('fr', reports, 'rapport', 'rapports')}`,
  badSplit: {
    met: (named: number, all: number) => `${named} rapports sur ${all}`,
    expected: 'une partie des rapports de la campagne, pas tous',
  },
  laterAct: {
    met: (act: string) => `un acte plus récent sur la même campagne (${act})`,
    expected: 'd’annuler d’abord celui-là',
  },
  page: {
    many: 'Combien',
    known: (count: number) =>
      `${plural('fr', count, 'organisme est connu comme touché', 'organismes sont connus comme touchés')}.`,
    hidden: 'Moins d’organismes qu’on ne peut en dire sont connus comme touchés.',
    estimate: (likely: string, least: string, most: string, looked: number, all: number) =>
      `Estimation\u202f: ${likely} (intervalle à 95 % de ${least} à ${most}), d’après ${looked} organismes sur ${all} qui ont cherché.`,
    noEstimate: 'Pas d’estimation\u202f: personne n’a encore cherché.',
    unsearched: (count: number) =>
      `${plural('fr', count, 'organisme', 'organismes')} de secteurs où personne n’a cherché\u202f: dans aucun chiffre.`,
    recapture: (likely: string, one: number, other: number, both: number) =>
      `Borne inférieure par capture-recapture (Chapman)\u202f: ${likely}; ${one} par observations, ${other} par rapports, ${both} par les deux.`,
    method:
      'Part des touchés parmi ceux qui ont cherché, par secteur, intervalle de Wilson. Valable si ceux qui ont cherché ressemblent aux autres.',
    where: 'Où',
    sectors: 'Secteurs',
    regions: 'Provinces et territoires',
    since: (first: string, last: string) => `Vu du ${first} au ${last} (UTC).`,
    now: 'Que faire maintenant',
    ask: (count: number) =>
      `Demander à ${plural('fr', count, 'membre', 'membres')} qui n’ont pas cherché.`,
    tell: 'Voir que tous les touchés ont été avisés et ont répondu (Avis).',
    confirm:
      'Confirmer la campagne ou la séparer, une fois qu’une personne a lu pourquoi elle va ensemble.',
    few: (floor: number) => `moins de ${floor}`,
    shared: 'Ce qu’ils partagent',
  },
  cli: {
    list: 'Montrer les campagnes',
    show: 'Montrer l’étendue d’une campagne et pourquoi elle va ensemble',
    act: 'Confirmer, écarter, renommer, réunir ou séparer une campagne',
    undo: 'Annuler un acte',
    incident: 'Noter un incident dont un organisme a fait part\u202f: JSON',
    import: 'Reprendre le rapport d’incident d’une organisation : JSON ou STIX',
    taken: (features, left) =>
      `Repris et comparé selon ${features} valeurs${left === 0 ? '' : `; ${left} de plus qu’un rapport n’en contient ont été laissées`}.`,
    page: 'Imprimer en HTML la page pour les décideurs; --for-others cache les chiffres sous le seuil',
    others: 'Pour d’autres que les gens de ce centre\u202f: les chiffres sous le seuil sont cachés',
    none: 'Aucune campagne.',
    columns: ['campagne', 'état', 'organismes', 'rapports', 'début (UTC)', 'fin (UTC)', 'nom'],
    similar: (id: string, name: string) => `Peut-être la même que ${id} ${name}`,
    done: (act: string, campaign: string) =>
      `Fait\u202f: ${campaign}. Pour annuler\u202f: vigie campaigns undo ${act}`,
    undone: 'Annulé.',
  },
}
