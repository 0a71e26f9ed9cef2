// A fault that is planted into a sound configuration, and the small changes of which faults are made.

import { randomBytes } from 'node:crypto'
import type { DoctorParts } from '../../../src/doctor/doctor.ts'
import type { Reached } from '../../../src/doctor/reach.ts'
import type { PosternProcess } from '../../../src/processes/store.ts'
import { MINUTE } from '../../../src/runtime/clock.ts'
import type { HealthyConfiguration } from '../doctor.ts'
import { onlyRunning } from '../processes.ts'

export type Fault = {
  plant?: (world: HealthyConfiguration) => unknown
  settings?: Record<string, string> | ((world: HealthyConfiguration) => Record<string, string>)
  parts?: Omit<DoctorParts, 'environment'>
  /** The status at the end. */
  status: 0 | 1
  mend: RegExp
}

/** The name of its finding, what is wrong, and how. */
export type FaultRow = [name: string, fault: string, Fault]

export const answering = (reached: Partial<Extract<Reached, { status: number }>>) => ({
  reach: async () => ({ status: 200, location: null, body: '', ...reached }),
})

export const clockBy = (ms: number) => ({ clock: { now: () => Date.now() + ms } })

export const configured = (name: string, value: string) => (world: HealthyConfiguration) =>
  world.redis.config('SET', name, value)

export const lacking = (scope: string) => (world: HealthyConfiguration) => {
  world.polar.missingScopes = [scope, scope.replace(':read', ':write')]
}

export const switched = (isOn: boolean, ...toggles: string[]) => {
  const change = Object.fromEntries(toggles.map((toggle) => [toggle, isOn]))
  return ({ polar: { world } }: HealthyConfiguration) => {
    const { customer_email_settings } = world.organization
    world.changeOrganization({ customer_email_settings: { ...customer_email_settings, ...change } })
  }
}

export const endpoint =
  (change: Parameters<HealthyConfiguration['polar']['webhooks']['change']>[0]) =>
  ({ polar }: HealthyConfiguration) =>
    polar.webhooks.change(change)

export const reports =
  (change: Parameters<HealthyConfiguration['resend']['webhooks']['change']>[1]) =>
  ({ resend }: HealthyConfiguration) => {
    for (const { id } of resend.webhooks.list()) resend.webhooks.change(id, change)
  }

export const attempt = (minutesAgo: number) => ({
  ...{ id: `attempt ${minutesAgo}`, created_at: new Date(Date.now() - minutesAgo * MINUTE) },
  ...{ succeeded: false, http_code: 502 },
  webhook_event: { id: 'event', type: 'order.paid', succeeded: null, skipped: false },
})

export const running =
  (...processes: Partial<PosternProcess>[]) =>
  ({ redis }: HealthyConfiguration) =>
    onlyRunning(redis, ...processes)

export const otherSecret = () => `whsec_${randomBytes(24).toString('base64')}`
