// A hand on the tap: a person stops all mail, in every process, and lets it go again.

import type { Alerts } from '../deliveries/alerts.ts'
import type { HeldMessages } from '../deliveries/held.ts'
import type { Permits, Shut } from '../deliveries/permits.ts'
import { HOW_TO_HOLD, HOW_TO_RELEASE, listing, minuteOf, type Said, said } from './words.ts'

type TapParts = {
  permits: Pick<Permits, 'hold' | 'release' | 'shut'>
  held: Pick<HeldMessages, 'list'>
  /** The kind of a message; `null` where there is no such message. */
  kindOf: (messageId: string) => Promise<string | null>
  tell: Alerts['tell']
}

export const heldBy = (shut: Shut) => (shut && 'held' in shut ? shut.held : null)

export const createTap = ({ permits, held, kindOf, tell }: TapParts) => {
  const open = async (): Promise<string[]> => {
    const by = heldBy(await permits.shut())
    if (await permits.release('command')) {
      tell({ event: 'deliveries_released', by: 'command' })
      const again = by === 'setting' ? ['A start with SEND_MODE=hold holds it again.'] : []
      return ['All mail is released: what waited goes out now.', ...again, HOW_TO_HOLD]
    }
    const shut = await permits.shut()
    return [
      'All mail was not held; nothing has changed.',
      ...(shut && 'until' in shut
        ? [`It is paused until ${minuteOf(shut.until)} (${shut.because}), and goes on by itself.`]
        : []),
    ]
  }

  return {
    hold: async (): Promise<Said> => {
      const by = heldBy(await permits.shut())
      if (by === 'command') return said('All mail was held already, and stays so.', HOW_TO_RELEASE)
      await permits.hold('command')
      if (by === 'setting') {
        return said(
          'All mail was held already, by SEND_MODE=hold. Now it stays held whatever mode a process starts in.',
          HOW_TO_RELEASE,
        )
      }
      tell({ event: 'deliveries_held', by: 'command' })
      return said(
        'All mail is held. From now on no process hands anything to Resend; what is on its way may still arrive.',
        'Events are taken and messages decided as ever, and wait: through restarts too, whatever SEND_MODE says.',
        HOW_TO_RELEASE,
      )
    },
    /** Messages that are held by themselves stay so, and are listed. */
    release: async (): Promise<Said> => {
      const lines = await open()
      return said(...lines, '', ...(await listing(await held.list(), kindOf)))
    },
  }
}
