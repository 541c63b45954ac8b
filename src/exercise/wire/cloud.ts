// Sign-ins as Entra exports them, and records of the Microsoft 365 audit log.

import { networkOfAddress } from '../country/address-plan.ts'
import type { Estate } from '../country/estate.ts'
import { numberOf } from './record.ts'
import type { LogLine } from './record.ts'

const tenantOf = ({ domain }: Estate) =>
  `00000000-0000-0000-0000-${String(numberOf(domain, 1_000_000)).padStart(12, '0')}`

export type SignIn = {
  readonly user: string
  readonly from: string
  readonly application: string
  readonly agent: string
  readonly isRight: boolean
  readonly hasSecondFactor: boolean
  /** A provider's person in its client's directory. */
  readonly isProvider?: boolean
}

export function signIn(estate: Estate, timeMs: number, one: SignIn): LogLine {
  const id = numberOf(`${one.user}${timeMs}`, 0xfffffff).toString(16)
  const errorCode = one.isRight ? 0 : 50126
  const body = {
    time: new Date(timeMs + 17_000).toISOString(),
    resourceId: `/tenants/${tenantOf(estate)}/providers/Microsoft.aadiam`,
    operationName: 'Sign-in activity',
    operationVersion: '1.0',
    category: 'SignInLogs',
    tenantId: tenantOf(estate),
    resultType: String(errorCode),
    callerIpAddress: one.from,
    correlationId: id,
    Level: 4,
    properties: {
      id,
      createdDateTime: new Date(timeMs).toISOString().replace('Z', '+00:00'),
      userPrincipalName: one.user.includes('@') ? one.user : `${one.user}@${estate.domain}`,
      userId: String(numberOf(one.user, 1_000_000)),
      appDisplayName: one.application,
      clientAppUsed: 'Browser',
      ipAddress: one.from,
      status: { errorCode },
      conditionalAccessStatus: one.isRight ? 'success' : 'notApplied',
      location: { countryOrRegion: 'CA' },
      authenticationRequirement: one.hasSecondFactor
        ? 'multiFactorAuthentication'
        : 'singleFactorAuthentication',
      autonomousSystemNumber: networkOfAddress(one.from)?.asn ?? 64502,
      userAgent: one.agent,
      ...(one.isProvider === true ? { crossTenantAccessType: 'serviceProvider' } : {}),
    },
  }
  return { log: 'sign-ins', timeMs, source: 'cloud/entra', text: JSON.stringify(body) }
}

export type Audited = {
  readonly user: string
  readonly from: string
  readonly operation: 'FileAccessed' | 'FileDownloaded' | 'MailItemsAccessed' | 'FileUploaded'
  readonly object: string
}

export function audited(estate: Estate, timeMs: number, one: Audited): LogLine {
  const isMail = one.operation === 'MailItemsAccessed'
  const user = `${one.user}@${estate.domain}`
  const body = {
    CreationTime: new Date(timeMs).toISOString().slice(0, 19),
    Id: numberOf(`${one.object}${timeMs}`, 0xfffffff).toString(16),
    Operation: one.operation,
    OrganizationId: tenantOf(estate),
    RecordType: isMail ? 50 : 6,
    ResultStatus: 'Succeeded',
    UserKey: 'k',
    UserType: 0,
    Version: 1,
    Workload: isMail ? 'Exchange' : 'SharePoint',
    ClientIP: one.from,
    UserId: user,
    ...(isMail
      ? {
          OperationProperties: [
            { Name: 'MailAccessType', Value: 'Bind' },
            { Name: 'IsThrottled', Value: 'False' },
          ],
          ClientInfoString: 'Client=OWA;Action=ViaProxy',
          LogonType: 0,
          MailboxOwnerUPN: user,
        }
      : {
          ObjectId: `https://${estate.domain}/records/${one.object}`,
          SourceFileName: one.object,
          SourceRelativeUrl: 'records',
          ItemType: 'File',
        }),
  }
  return { log: 'mail-and-files', timeMs, source: 'cloud/m365', text: JSON.stringify(body) }
}
