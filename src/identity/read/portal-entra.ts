// What the console of Entra saves, brought to the shape Microsoft Graph answers in.

import { readGraph } from './graph.ts'
import { folded, moment, said, source } from './portal-cells.ts'
import type { Cells } from './portal-cells.ts'
import type { Export } from './row.ts'

/** Methods as the console shows them, by the names of the API, which policies of the tenant speak in. */
const METHODS: ReadonlyMap<string, string> = new Map([
  ['mobilephone', 'mobilePhone'],
  ['téléphonemobile', 'mobilePhone'],
  ['alternatemobilephone', 'alternateMobilePhone'],
  ['autretéléphonemobile', 'alternateMobilePhone'],
  ['officephone', 'officePhone'],
  ['téléphonedebureau', 'officePhone'],
  ['microsoftauthenticatorapp', 'microsoftAuthenticatorPush'],
  ['applicationmicrosoftauthenticator', 'microsoftAuthenticatorPush'],
  ['microsoftpasswordlessphonesignin', 'microsoftAuthenticatorPasswordless'],
  ['softwareoathtoken', 'softwareOneTimePasscode'],
  ['jetonoathlogiciel', 'softwareOneTimePasscode'],
  ['hardwareoathtoken', 'hardwareOneTimePasscode'],
  ['jetonoathmatériel', 'hardwareOneTimePasscode'],
  ['fido2securitykey', 'fido2SecurityKey'],
  ['clédesécuritéfido2', 'fido2SecurityKey'],
  ['windowshelloforbusiness', 'windowsHelloForBusiness'],
  ['windowshelloentreprise', 'windowsHelloForBusiness'],
  ['temporaryaccesspass', 'temporaryAccessPass'],
  ['passedaccèstemporaire', 'temporaryAccessPass'],
  ['securityquestions', 'securityQuestion'],
  ['questionsdesécurité', 'securityQuestion'],
  ['email', 'email'],
  ['courriel', 'email'],
])

const YES = /^(?:true|vrai|yes|oui|1|enabled|activée?|capable)$/iu

export function registrations(rows: readonly Cells[]): Export {
  const value = rows.map((cells) => {
    const yes = (name: string) => {
      const text = said(cells, name)
      return text === undefined ? undefined : YES.test(text)
    }
    return source({
      id: said(cells, 'id', 'userid', 'objectid') ?? said(cells, 'userprincipalname'),
      userPrincipalName: said(cells, 'userprincipalname'),
      userDisplayName: said(cells, 'userdisplayname', 'displayname'),
      userType: said(cells, 'usertype')?.toLowerCase(),
      isAdmin: yes('isadmin'),
      isMfaCapable: yes('ismfacapable'),
      isMfaRegistered: yes('ismfaregistered'),
      methodsRegistered: (said(cells, 'methodsregistered') ?? '')
        .split(/[;,|]/u)
        .map((method) => METHODS.get(folded(method)) ?? method.trim())
        .filter((method) => method !== ''),
    })
  })
  return readGraph({
    '@odata.context': '$metadata#reports/authenticationMethods/userRegistrationDetails',
    value,
  })
}

export function entraUsers(rows: readonly Cells[]): Export {
  const value = rows.map((cells) => {
    const enabled = said(cells, 'accountenabled')
    const synced = said(cells, 'onpremisessyncenabled', 'dirsyncenabled')
    return source({
      id: said(cells, 'objectid', 'id') ?? said(cells, 'userprincipalname'),
      userPrincipalName: said(cells, 'userprincipalname'),
      displayName: said(cells, 'displayname'),
      mail: said(cells, 'mail', 'email'),
      userType: said(cells, 'usertype')?.replace(/^invitée?$/iu, 'Guest'),
      accountEnabled: enabled === undefined ? undefined : YES.test(enabled),
      onPremisesSyncEnabled: synced === undefined ? undefined : YES.test(synced),
      createdDateTime: moment(said(cells, 'createddatetime', 'creationdate')),
      employeeId: said(cells, 'employeeid'),
      department: said(cells, 'department'),
    })
  })
  return readGraph({ '@odata.context': '$metadata#users', value })
}

/** Sign-in logs, as the console saves them. */
export function signIns(rows: readonly Cells[]): Export {
  const value = rows.map((cells) => {
    const status = said(cells, 'status')
    const code = Number(
      said(cells, 'signinerrorcode') ?? (/^success$/iu.test(status ?? '') ? 0 : 1),
    )
    const requirement = said(cells, 'authenticationrequirement')
    return source({
      id: said(cells, 'requestid'),
      createdDateTime: moment(said(cells, 'date', 'createddatetime')),
      userId: said(cells, 'userid'),
      userPrincipalName: said(cells, 'username', 'userprincipalname'),
      appDisplayName: said(cells, 'application'),
      appId: said(cells, 'applicationid'),
      clientAppUsed: said(cells, 'clientapp'),
      ipAddress: said(cells, 'ipaddress'),
      authenticationProtocol: said(cells, 'authenticationprotocol'),
      // `Single-factor authentication` is `singleFactorAuthentication` to the API.
      authenticationRequirement:
        requirement === undefined
          ? undefined
          : /^single/iu.test(requirement)
            ? 'singleFactorAuthentication'
            : 'multiFactorAuthentication',
      status: status === undefined ? undefined : { errorCode: Number.isNaN(code) ? 1 : code },
    })
  })
  return readGraph({ '@odata.context': '$metadata#auditLogs/signIns', value })
}
