// Suppressions: who is not mailed any more, and why; an operator lets an address be mailed again.

import { Hono } from 'hono'
import type { Named, OperatorSuppressions, ShownSuppression } from '../../operator/suppressions.ts'
import { countText, inWords, SUPPRESSED } from '../../operator/words.ts'
import { isMessageId } from '../../records/message-id.ts'
import { InvalidCursorError } from '../../redis/record-index.ts'
import { mailAddress } from '../../runtime/address.ts'
import type { AtResend } from '../../suppressions/lift.ts'
import type { ConsoleEnv } from '../access.ts'
import type { Frame } from '../frame.ts'
import type { Notice } from '../sessions.ts'
import { customerPath, messagePath, SUPPRESSIONS } from '../ui/links.tsx'
import {
  Action,
  Badge,
  Card,
  CarefulAction,
  Empty,
  Pages,
  Table,
  Time,
  WholeAddress,
} from '../ui/parts.tsx'

const PATH = SUPPRESSIONS

const RELEASE = `${PATH}/release`

const HASH = /^[\w-]{43}$/

const BY_HAND = 'Remove the address from the list of suppressions at Resend yourself.'

const AT_RESEND: Record<AtResend, string> = {
  removed: 'It is removed from the list that Resend keeps, too.',
  not_listed: 'It was not on the list that Resend keeps.',
  not_permitted: `RESEND_API_KEY may only send, so Resend still refuses it. ${BY_HAND}`,
  not_asked: `Resend was not asked, and may still refuse it. ${BY_HAND}`,
  failed: `Resend did not answer, and may still refuse it. ${BY_HAND}`,
}

const isDone = (atResend: AtResend) => atResend === 'removed' || atResend === 'not_listed'

const Reason = () => (
  <label>
    Reason
    <input name="reason" required maxLength={200} autoComplete="off" />
  </label>
)

type ReleaseParts = ShownSuppression & {
  /** The message whose page the operator came from. */
  of: string | undefined
}

const Release = ({ hash, suppression, of }: ReleaseParts) => (
  <CarefulAction
    path={RELEASE}
    label="Mail it again"
    summary="Release"
    because={
      suppression.because === 'complained'
        ? 'The owner marked mail as spam. Mail the address again only if they ask for that.'
        : 'The address is mailed again, here and at Resend. Messages that were not sent stay so.'
    }
  >
    <input type="hidden" name="hash" value={hash} />
    {of && <input type="hidden" name="of" value={of} />}
    <Reason />
  </CarefulAction>
)

const Who = ({ recipient, suppression }: ShownSuppression) => {
  if (recipient)
    return (
      <a href={customerPath(recipient.customerId)}>
        <WholeAddress of={recipient.address} />
      </a>
    )
  return (
    <span className="quiet">
      {suppression.origin.message ? 'Its message has aged' : 'Not mailed by Postern'}
    </span>
  )
}

const Message = ({ kind, suppression: { origin } }: ShownSuppression) =>
  origin.message ? (
    <a href={messagePath(origin.message)}>{kind ? inWords(kind) : 'A message that has aged'}</a>
  ) : (
    <span className="quiet">An email of another system</span>
  )

type ListParts = { rows: readonly ShownSuppression[]; of?: string }

const List = ({ rows, of }: ListParts) => (
  <Table
    caption="Suppressions"
    rows={rows}
    keyOf={({ hash }) => hash}
    columns={[
      { name: 'Address', cell: (row) => <Who {...row} /> },
      {
        name: 'Because',
        cell: (row) => (
          <>
            <Badge tone={row.suppression.because === 'suppressed' ? 'warn' : 'bad'}>
              {SUPPRESSED[row.suppression.because]}
            </Badge>
            <div className="small">
              <Message {...row} />
            </div>
            {row.isOver && <div className="quiet small">Over: the next message is tried</div>}
          </>
        ),
      },
      { name: 'Since', cell: ({ suppression: { at } }) => <Time at={at} /> },
      { name: 'Action', cell: (row) => (row.isOver ? null : <Release {...{ ...row, of }} />) },
    ]}
  />
)

const ByAddress = () => (
  <Card title="Release an address">
    <div className="body">
      <Action path={RELEASE} label="Release">
        <label>
          Address
          <input name="address" type="email" required autoComplete="off" />
        </label>
        <Reason />
      </Action>
      <p className="quiet small">
        Postern keeps only a hash of each address, so an address whose message has aged can be
        released but not shown.
      </p>
    </div>
  </Card>
)

/** The suppression of the address that the message `of` was for. */
const OfMessage = ({ of, found }: { of: string; found: ShownSuppression | null }) => (
  <Card title="The address of one message" aside={<a href={PATH}>All suppressions</a>}>
    {found ? (
      <List rows={[found]} of={of} />
    ) : (
      <Empty title="This address is not suppressed">
        It was released, or there is no such message any more.
      </Empty>
    )}
  </Card>
)

const HEAD = {
  title: 'Suppressions',
  section: 'Suppressions' as const,
  lead: 'Addresses that are not mailed any more, and why.',
}

const badCursor = {
  title: 'There is no such page',
  section: 'Suppressions' as const,
  parent: { path: PATH, name: 'Suppressions' },
  body: 'The list has no page at this place. Go back to its first page.',
}

const namedIn = ({ hash, address }: Record<string, string>): Named | null => {
  if (hash !== undefined) return HASH.test(hash) ? { hash } : null
  const mailed = mailAddress(address ?? '')
  return mailed === null ? null : { address: mailed }
}

const bad = (text: string): Notice => ({ tone: 'bad', text })

type SuppressionsParts = { frame: Frame; suppressions: OperatorSuppressions }

export const suppressionsSection = ({ frame, suppressions }: SuppressionsParts) => {
  const release = async (form: Record<string, string>): Promise<Notice> => {
    const named = namedIn(form)
    if (!named) return bad('This is not an address. Nothing was released.')
    const reason = form.reason?.trim()
    if (!reason) return bad('Say why. Nothing was released.')
    const lifted = await suppressions.release(named, reason)
    if (!lifted) return bad('This address is not suppressed. Nothing was released.')
    const { atResend } = lifted
    const text = `The address is mailed again. ${AT_RESEND[atResend]}`
    return { tone: isDone(atResend) ? 'good' : 'bad', text }
  }

  return new Hono<ConsoleEnv>()
    .get(PATH, async (c) => {
      const of = c.req.query('of')
      if (of !== undefined) {
        const found = await suppressions.ofMessage(of)
        return frame.show(c, { ...HEAD, body: <OfMessage of={of} found={found} /> })
      }
      const cursor = c.req.query('cursor')
      const page = await suppressions.page(cursor).catch((error: unknown) => {
        if (error instanceof InvalidCursorError) return null
        throw error
      })
      if (!page) return frame.show(c, badCursor, 400)
      return frame.show(c, {
        ...HEAD,
        body: (
          <>
            <Card>
              {page.total > 0 && <p className="aside">{countText(page.total, 'suppression')}</p>}
              {page.rows.length === 0 ? (
                <Empty title="No address is suppressed">
                  An address appears here when its mail bounces for good, or its owner complains.
                </Empty>
              ) : (
                <List rows={page.rows} />
              )}
              <Pages path={PATH} isFirst={cursor === undefined} cursor={page.cursor} />
            </Card>
            <ByAddress />
          </>
        ),
      })
    })
    .post(RELEASE, async (c) => {
      const { of, ...form } = c.get('form')
      const path = of && isMessageId(of) ? messagePath(of) : PATH
      return frame.goOn(c, path, await release(form))
    })
}
