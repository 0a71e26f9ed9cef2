// Finds out after a gap in the heartbeats whether Redis was restored from an older backup: then Resend has accepted emails since
// the last heartbeat of which Redis knows nothing. Each of them is adopted, so that no event, backfill or schedule sends it again.
// All mail is held meanwhile. Safe to repeat at any point.

import type { Notifier } from '../alerts/notify.ts'
import type { RecordList } from '../records/list.ts'
import { isMessageId } from '../records/message-id.ts'
import { retryConflicts } from '../redis/compare-and-set.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import type { Listed, Tagged } from '../resend/client.ts'
import type { Pause } from '../resend/pause.ts'
import type { Log } from '../runtime/log.ts'
import type { Adoptions, Search } from './adoptions.ts'
import { type createAskResend, MAX_PAGES, SKEW } from './ask-resend.ts'
import type { Delivery } from './delivery.ts'
import type { DeliveryStore, Loaded } from './store.ts'

type AdoptParts = {
  adoptions: Adoptions
  ask: ReturnType<typeof createAskResend>
  deliveries: Pick<DeliveryStore, 'load' | 'apply'>
  list: Pick<RecordList, 'load'>
  index: Pick<RecordIndex, 'find'>
  /** The ids of the messages whose genuine links a text has. */
  messagesLinkedIn: (text: string) => readonly string[]
  /** Our sender, in lower case: emails of others are not read. */
  from: string
  pause: Pick<Pause, 'release'>
  notify: Notifier['notify']
  log: Log
}

/** An email of ours at Resend. */
type Ours = { id: string; providerId: string; at: number }

/** How a search ended: `refused` where Resend shows its list to nobody with our key. */
type Ended = 'reached' | 'cut_short' | 'refused'

const isAdopted = ({ history }: Delivery) => history.some(({ what }) => what === 'adopted')

export const createAdopt = (parts: AdoptParts) => {
  const { adoptions, ask, deliveries, list, index, from, pause, notify, log } = parts

  /** The message that Redis knows to be sent as this email. */
  const knownAs = async (providerId: string): Promise<Delivery | null> => {
    const { found } = await index.find(`email:${providerId}`, { limit: 10 })
    for (const listed of await Promise.all(found.map(list.load))) {
      const delivery = listed?.record.parts.delivery as Delivery | undefined
      if (delivery?.state === 'accepted' && delivery.providerId === providerId) return delivery
    }
    return null
  }

  /** Another Postern may send through the same team: its links are not ours. */
  const ours = ({ messageId, text }: Tagged): string | null =>
    messageId && isMessageId(messageId) && parts.messagesLinkedIn(text ?? '').includes(messageId)
      ? messageId
      : null

  /** @returns whether Redis had forgotten that it was sent. A request that a crash cut off is not forgotten. */
  const adopt = async ({ id, providerId, at }: Ours): Promise<boolean> => {
    const apply = (loaded: Loaded) =>
      deliveries.apply(loaded, { what: 'adopted', at, providerId }, { mailedAt: at })
    return retryConflicts(async () => {
      const loaded = await deliveries.load(id)
      if (!loaded) {
        await adoptions.note(id, { providerId, at })
        return true
      }
      const { state } = loaded.delivery
      if (state === 'accepted') return isAdopted(loaded.delivery)
      return (await apply(loaded)) ? state === 'waiting' || state === 'not_sent' : null
    })
  }

  /** @returns whether it was adopted; `null` where Resend refuses to show it. */
  const take = async ({ providerId, at }: Listed, since: number): Promise<boolean | null> => {
    const known = await knownAs(providerId)
    if (known) return isAdopted(known)
    const tagged = await ask.tagsOf(providerId)
    if (!tagged) return null
    const id = ours(tagged)
    if (id === null || !(await adopt({ id, providerId, at }))) return false
    log.warn({ message: id, provider: providerId }, 'email adopted')
    return at > since
  }

  const isOfInterest = ({ from: sender, at }: Listed, since: number) =>
    at >= since - SKEW && sender.toLowerCase().includes(from)

  /** Reads the list from where the search stands back to the last heartbeat. `null` where another process has ended it. */
  const read = async (search: Search): Promise<{ search: Search; ended: Ended } | null> => {
    let now = search
    const { since } = search
    for (let page = 0; page < MAX_PAGES; page++) {
      const found = await ask.pageAfter(now.after)
      if (!found) return { search: now, ended: 'refused' }
      let { adopted } = now
      for (const email of found.emails.filter((one) => isOfInterest(one, since))) {
        const isTaken = await take(email, since)
        if (isTaken === null) return { search: { ...now, adopted }, ended: 'refused' }
        if (isTaken) adopted++
      }
      const oldest = found.emails.at(-1)
      now = { since, adopted, after: oldest?.providerId ?? now.after }
      if (oldest && oldest.at < since - SKEW) return { search: now, ended: 'reached' }
      if (!found.hasMore) return { search: now, ended: 'cut_short' }
      if (!(await adoptions.keep(now))) return null
    }
    return { search: now, ended: 'cut_short' }
  }

  const conclude = async ({ since, adopted }: Search, ended: Ended): Promise<void> => {
    const isWhole = ended === 'reached'
    // A list that ends before the last heartbeat says nothing by itself: a young account has no older emails.
    const goesOn = isWhole || adopted === 0
    if (goesOn) await pause.release('gap')
    // From here on nobody searches again: a crash before this line has the search made once more.
    if (!(await adoptions.end())) return
    const facts = { since: new Date(since), adopted, released: goesOn }
    if (ended === 'refused') log.warn(facts, 'emails since the last heartbeat not checked')
    if (adopted > 0) {
      log.error(facts, 'redis was restored from an older backup')
      notify({ event: 'backup_restored', since, adopted, isReleased: goesOn })
    } else if (ended !== 'refused') log.info(facts, 'no email since the last heartbeat is unknown')
  }

  /**
   * Goes on with the search where it stands, if there is one.
   * @throws {UnansweredError} when Resend does not answer for now: mail stays held.
   */
  return async (): Promise<void> => {
    const search = await adoptions.search()
    const done = search && (await read(search))
    if (done) await conclude(done.search, done.ended)
  }
}
