// Holding all mail, in every process; looking at what waits and why; and releasing it. Looking changes nothing.

import type { Notifier } from '../alerts/notify.ts'
import type { HeldMessages } from '../deliveries/held.ts'
import type { OperatorActions } from '../deliveries/operator-actions.ts'
import type { Rehearsals } from '../deliveries/rehearsals.ts'
import type { Permits, Shut } from '../resend/rate-limiter.ts'
import { countOf, HOW_TO_HOLD, heldOneByOne, minuteOf, type Said, said } from './output.ts'
import { rehearsed } from './rehearsed.ts'

type MailParts = {
  permits: Pick<Permits, 'hold' | 'release' | 'shut'>
  held: Pick<HeldMessages, 'list'>
  rehearsals: Pick<Rehearsals, 'list'>
  /** The ids of messages that wait to be sent, for whatever reason. */
  waiting: () => Promise<string[]>
  /** The kind of a message; `null` where there is no such message. */
  kindOf: (messageId: string) => Promise<string | null>
  tell: Notifier['tell']
  note: OperatorActions['note']
}

const RELEASE = 'npm run release -- all'

export const heldBy = (shut: Shut) => (shut && 'held' in shut ? shut.held : null)

const stateOf = (shut: Shut): string => {
  if (!shut) return 'Mail is not on hold.'
  if ('until' in shut)
    return `Mail is not on hold. It is paused until ${minuteOf(shut.until)} (${shut.because}), and goes on by itself.`
  return shut.held === 'command'
    ? `All mail is on hold, by npm run hold. Nothing is sent until ${RELEASE}.`
    : `All mail is on hold, by SEND_MODE=hold. Nothing is sent until a start in another mode, or ${RELEASE}.`
}

const waitingOf = (ids: readonly string[]) =>
  ids.length === 0
    ? 'No message waits to be sent.'
    : `${countOf(ids)} ${ids.length === 1 ? 'waits' : 'wait'} to be sent.`

export const createMail = ({
  permits,
  held,
  rehearsals,
  waiting,
  kindOf,
  tell,
  note,
}: MailParts) => ({
  hold: async (): Promise<Said> => {
    const by = heldBy(await permits.shut())
    if (by === 'command') return said('All mail was on hold already, and stays so.')
    await permits.hold('command')
    await note({ act: 'all mail held' })
    if (by === 'setting') {
      return said(
        'All mail was on hold already, by SEND_MODE=hold. Now it stays on hold whatever mode a process starts in.',
        `To release it: ${RELEASE}`,
      )
    }
    tell({ event: 'deliveries_held', by: 'command' })
    return said(
      'All mail is on hold. From now on no process hands anything to Resend; what is on its way may still arrive.',
      'Events are taken and messages decided as ever, and wait: through restarts too, whatever SEND_MODE says.',
      `To see what waits: npm run held. To release it: ${RELEASE}`,
    )
  },

  /** What waits and why, and to how many people. */
  list: async (): Promise<string[]> => [
    stateOf(await permits.shut()),
    waitingOf(await waiting()),
    '',
    ...(await heldOneByOne(await held.list(), kindOf)),
    ...(await rehearsed(await rehearsals.list(), kindOf)),
  ],

  /** Lets all mail go out that is on hold. Messages that are held one by one stay so. */
  releaseAll: async (): Promise<string[]> => {
    const by = heldBy(await permits.shut())
    if (!(await permits.release('command')))
      return [stateOf(await permits.shut()), 'Nothing has changed.']
    await note({ act: 'all mail released' })
    tell({ event: 'deliveries_released', by: 'command' })
    const ids = await waiting()
    return [
      ids.length === 0
        ? 'All mail is released. No message waited.'
        : `All mail is released: ${countOf(ids)} ${ids.length === 1 ? 'goes' : 'go'} out now.`,
      ...(by === 'setting' ? ['A start with SEND_MODE=hold holds it again.'] : []),
      HOW_TO_HOLD,
    ]
  },
})

export type Mail = ReturnType<typeof createMail>
