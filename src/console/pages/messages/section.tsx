// The messages: the list, one message with its email, and what an operator does with it.

import { Hono } from 'hono'
import { kinds, type Language } from '../../../../emails/index.ts'
import type { DeliveryStore } from '../../../deliveries/store.ts'
import type { EventStore } from '../../../events/store.ts'
import type { createRevokedLinks } from '../../../links/revoked-links.ts'
import type { LinkStore } from '../../../links/store.ts'
import type { Message } from '../../../messages/message.ts'
import { messageIn } from '../../../messages/store.ts'
import type { NoteAct } from '../../../operator/actions.ts'
import {
  CLICKS,
  filtersIn,
  MESSAGE_STATES,
  type MessageList,
} from '../../../operator/message-list.ts'
import type { Releasing } from '../../../operator/release.ts'
import type { SendingAgain } from '../../../operator/send-again.ts'
import type { Listed } from '../../../records/list.ts'
import { partsOfMessageId } from '../../../records/message-id.ts'
import type { PauseState } from '../../../resend/pause.ts'
import type { Clock } from '../../../runtime/clock.ts'
import type { Suppressions } from '../../../suppressions/store.ts'
import type { ConsoleContext, ConsoleEnv } from '../../access.ts'
import type { Frame } from '../../frame.ts'
import { EMAIL_DOCUMENT, inertHtml } from '../../ui/email.ts'
import { messagePath } from '../../ui/links.tsx'
import { ListPage } from '../../ui/listing.tsx'
import { viewIn } from './email.tsx'
import { messagePage } from './page.tsx'
import { MessageTable } from './table.tsx'

const LIST = '/console/messages'
const ONE = `${LIST}/:id`

const CHOICES = [
  { name: 'state', label: 'State', options: MESSAGE_STATES },
  { name: 'kind', label: 'Kind', options: kinds },
  { name: 'clicked', label: 'Clicked', options: CLICKS },
]

const RELOAD = 'Reload to see how far it has come.'

type MessagesParts = {
  frame: Frame
  /** The language of customers who name none. */
  language: Language
  list: MessageList
  /** `null` where there is no such message, or the text is no message id. */
  load: (id: string) => Promise<Listed | null>
  deliveries: Pick<DeliveryStore, 'frozen'>
  events: Pick<EventStore, 'load'>
  sendAgain: SendingAgain
  /** The id of the latest message by which a message was sent again, or its own. */
  latestOf: (message: Message) => Promise<string>
  release: Releasing
  revoke: LinkStore['revoke']
  revokedLinks: ReturnType<typeof createRevokedLinks>
  pauseState: () => Promise<PauseState>
  suppressions: Pick<Suppressions, 'isSuppressed'>
  note: NoteAct
  clock: Pick<Clock, 'now'>
}

const noMessage = {
  title: 'There is no such message',
  section: 'Messages' as const,
  parent: { path: LIST, name: 'Messages' },
  body: 'Its id may be wrong, or the message has grown older than RETAIN_RECORDS_DAYS and is gone.',
}

export const messagesSection = (parts: MessagesParts) => {
  const {
    frame,
    language,
    list,
    load,
    deliveries,
    events,
    sendAgain,
    latestOf,
    release,
    revoke,
    revokedLinks,
    pauseState,
    suppressions,
    note,
    clock,
  } = parts

  const listPage = async (c: ConsoleContext) => {
    const query = c.req.query()
    const filters = filtersIn(query, clock.now())
    const [found, pause] = await Promise.all([
      'problem' in filters ? filters : list(filters, { cursor: query.cursor }),
      pauseState(),
    ])
    const page = {
      title: 'Messages',
      section: 'Messages' as const,
      lead: 'Every email that was decided, newest first. Days are in UTC.',
      body: (
        <ListPage
          {...{ path: LIST, query, choices: CHOICES, found, name: 'message' }}
          table={(rows) => <MessageTable {...{ rows, pause }} />}
          empty="The first event from Polar that means an email will bring one."
        />
      ),
    }
    return frame.show(c, page, 'problem' in found ? 400 : 200)
  }

  /** Answers for a message that there is; or says that there is none. */
  const forMessage =
    (answer: (c: ConsoleContext, listed: Listed) => Response | Promise<Response>) =>
    async (c: ConsoleContext) => {
      const listed = await load(c.req.param('id') ?? '')
      return listed ? answer(c, listed) : frame.show(c, noMessage, 404)
    }

  const emailDocument = forMessage(async (c, { id }) => {
    const email = await deliveries.frozen(id)
    return email ? c.html(inertHtml(email.html)) : c.text('This email is not kept.', 404)
  })

  const onePage = forMessage(async (c, listed) => {
    const message = messageIn(listed.id, listed.record)
    const [email, event, latest, revoked, pause, suppression] = await Promise.all([
      deliveries.frozen(listed.id),
      message.eventId ? events.load(message.eventId) : null,
      latestOf(message),
      revokedLinks(listed.id, listed.record),
      pauseState(),
      suppressions.isSuppressed(message.recipient.address),
    ])
    const view = viewIn(c.req.query('view'))
    const parts = { listed, event, email, view, latest, revoked, language, pause, suppression }
    return frame.show(c, messagePage(parts))
  })

  const refused = (c: ConsoleContext, id: string, text: string) =>
    frame.goOn(c, messagePath(id), { tone: 'bad', text })

  const again =
    (same: boolean) =>
    async (c: ConsoleContext, { id }: Listed) => {
      const { after } = c.get('form')
      const sent = await sendAgain(id, { same, ...(after && { after }) })
      if ('problem' in sent) return refused(c, id, sent.problem)
      const text = same
        ? `The same email goes out again, as this message of its own. ${RELOAD}`
        : `It is sent again, as this message of its own. ${RELOAD}`
      return frame.goOn(c, messagePath(sent.as), { tone: 'good', text })
    }

  return new Hono<ConsoleEnv>()
    .get(LIST, listPage)
    .get(ONE, onePage)
    .get(ONE + EMAIL_DOCUMENT, emailDocument)
    .post(`${ONE}/send-again`, forMessage(again(false)))
    .post(`${ONE}/send-same`, forMessage(again(true)))
    .post(
      `${ONE}/release`,
      forMessage(async (c, { id }) => {
        const released = await release(id)
        if ('problem' in released) return refused(c, id, released.problem)
        const text = `It is released, and waits for its turn as any other. ${RELOAD}`
        return frame.goOn(c, messagePath(id), { tone: 'good', text })
      }),
    )
    .post(
      `${ONE}/revoke-links`,
      forMessage(async (c, { id }) => {
        await note.perform({ action: 'links revoked', message: id }, async () => {
          await revoke(partsOfMessageId(id).customer, { message: id }, 'by_operator')
          await note.result({ act: 'links revoked', message: id })
        })
        const text = 'Its links are revoked: nobody gets in by them any more.'
        return frame.goOn(c, messagePath(id), { tone: 'good', text })
      }),
    )
}
