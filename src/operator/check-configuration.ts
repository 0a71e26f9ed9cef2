// Checks the configuration for an operator, as the doctor does: each check asks Polar and Resend, so one a minute is enough.

import type { Finding } from '../doctor/finding.ts'
import type { NoteAct } from './actions.ts'

/** `wait`: the seconds until the next check may begin. */
export type Checked = { findings: number } | { wait: number }

type CheckParts = {
  /** Finds what is wrong, and keeps it. */
  check: () => Promise<readonly Finding[]>
  /** @returns the seconds until the next check may begin; `null` where it may begin now. */
  take: () => Promise<number | null>
  note: NoteAct
}

export const createCheckConfiguration =
  ({ check, take, note }: CheckParts) =>
  async (): Promise<Checked> => {
    const wait = await take()
    if (wait !== null) return { wait }
    return note.perform({ action: 'configuration checked' }, async () => {
      const findings = (await check()).length
      await note.result({ act: 'configuration checked', findings })
      return { findings }
    })
  }

export type CheckConfiguration = ReturnType<typeof createCheckConfiguration>
