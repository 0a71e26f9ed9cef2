// npm run suppressions: lists who is not mailed any more, and why. It changes nothing. An operator needs an address to release
// it, so this list alone prints addresses.

import { createOperatorSuppressions, type ShownSuppression } from '../operator/suppressions.ts'
import { countText, inWords, SUPPRESSED } from '../operator/words.ts'
import { InvalidCursorError } from '../redis/record-index.ts'
import { createLift } from '../suppressions/lift.ts'
import { createSuppressionList } from '../suppressions/list.ts'
import { parsed } from './arguments.ts'
import { command } from './command.ts'
import { minuteOf } from './output.ts'
import { createResendList } from './resend-list.ts'

const USAGE = [
  'npm run suppressions                      the newest fifty',
  'npm run suppressions -- --after <place>   those that follow; the list ends with their place',
  'npm run suppressions -- --all             all of them',
]

const lineOf = ({ recipient, kind, isOver, suppression }: ShownSuppression): string => {
  const { because, at, origin } = suppression
  const who = recipient?.address ?? (origin.message ? '(its message has aged)' : '(not ours)')
  const message = origin.message ?? 'an email of another system'
  const about = kind ? `${message} (${inWords(kind)})` : message
  const over = isOver ? ', over: the next message is tried' : ''
  return `${who}  ${SUPPRESSED[because]}, by ${about}, since ${minuteOf(at)}${over}`
}

export const suppressions = command({
  usage: USAGE,
  given: (args) => {
    const found = parsed(args, { all: { type: 'boolean' }, after: { type: 'string' } })
    if (found.positionals.length > 0) return null
    const { all = false, after } = found.values
    return all && after !== undefined ? null : { all, after }
  },
  run: async (context, { all, after }) => {
    const { redis, clock, note, stores } = context
    const suppressions = context.suppressions()
    const { page } = createOperatorSuppressions({
      ...{ suppressions, note, clock, messages: stores().messages },
      list: createSuppressionList(redis),
      lift: createLift({ suppressions, removeAtResend: createResendList(context) }),
    })
    const lines: string[] = []
    let cursor = after
    let count = 0
    try {
      do {
        const { rows, cursor: next, total } = await page(cursor)
        count = total
        lines.push(...rows.map(lineOf))
        cursor = next ?? undefined
      } while (all && cursor !== undefined)
    } catch (error) {
      if (error instanceof InvalidCursorError) return { lines: [], errors: USAGE }
      throw error
    }
    if (lines.length === 0) return { lines: ['No address is suppressed.'], errors: [] }
    const more =
      cursor === undefined ? [] : [`More follow: npm run suppressions -- --after ${cursor}`]
    const inAll = count > lines.length ? [`${countText(count, 'suppression')} in all.`] : []
    const release = 'To mail one again: npm run release -- --suppression <address>'
    return { lines: [...lines, '', ...inAll, ...more, release], errors: [] }
  },
})
